"""The facts of what goes down or sideways: 通知, 批复, 复函, 沟通函, 退回补正通知, 收文登记单."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docs_templates.facts.downward import Letter, Notice, Refusal, ReturnNotice
from docs_templates.facts.lists import IncomingSlip
from docs_templates.sources import recipients, record
from docs_templates.sources.city import newest_request
from docs_templates.sources.dossier import PURPOSES, Dossier
from docs_templates.sources.issuer import addressee, issuer_of, office, official
from docs_templates.sources.record import last
from docs_templates.sources.wording import listed, paragraphs, sentence
from proposals.case.asks import SIX_CHECKS
from proposals.case.lifecycle import CaseStep
from proposals.case.values import titles
from proposals.vocabulary import Decider

CLAUSE = re.compile(r"[^。；;\n]*[。；;\n]?")
OF_POSTS = re.compile(
    r"[0-9〇零一二两三四五六七八九十百]+\s*(?:名|个|人|职)"
)  # such a clause speaks of a number of posts
ENDINGS: Mapping[str, str] = {"tongzhi": "的通知", "pifu": "的批复"}


def notice(dossier: Dossier, slug: str) -> Notice:
    """Tell the paper that founds the register entries: to the bodies concerned, or in reply to the unit that asked."""
    case, act = dossier.case, dossier.act
    issuer = issuer_of(slug=slug, case=case, act=act)
    replies = slug == "pifu"
    told = recipients.concerned(dossier)
    to = case.proposer if replies else recipients.addressed(told)
    return Notice(
        **dossier.base(
            issuer=issuer, title=f"{issuer.name}关于{dossier.matter}{ENDINGS[slug]}", times=record.filings(dossier.past)
        ),
        head=official(
            slug=slug,
            case=case,
            act=act,
            recipient=to,
            copies_to=recipients.copies(dossier, told=told, to=to),
        ),
        answered=dossier.request if replies else "",
        basis=_basis(dossier),
        attitude=_attitude(dossier),
        changes=dossier.changes,
        demands=demands(dossier),
        effective_on=str(act.facts.get("effective_on") or act.happened_on.isoformat()),
        **dossier.plan(),
    )


def _basis(dossier: Dossier) -> str:
    """Say on which decisions the paper rests, in the order in which they were taken."""
    case = dossier.case
    decided = dossier.meeting.title if dossier.meeting else Decider.OFFICE.label
    said = [f"经{decided}研究同意"]
    if case.party_committee:
        said.append(f"{record.party_sitting(case.party_committee['meeting'])}审定")
    reply = case.city_reply
    if reply.get("result") == "批复同意":
        said.append(f"并经{_city(dossier)}批复（{reply['number']}）")
    elif reply.get("result") == "备案":
        said.append(f"并已报{_city(dossier)}备案（{reply['number']}）")
    return "，".join(said)


def demands(dossier: Dossier) -> tuple[str, ...]:
    """Return what the committee asks besides its decision, as its signed minutes say.

    An amendment of values is carried out in the plan, and others may have changed them since: its numbers of posts
    are no demand.
    """
    item, minutes = dossier.item, dossier.meeting.newest_minutes if dossier.meeting else None
    if item is None or minutes is None:
        return ()
    mine = [one for one in minutes.sections["items"] if one["case"] == str(dossier.case.uuid)]
    amended = "".join(one for one in CLAUSE.findall(item.amendment) if not (item.values and OF_POSTS.search(one)))
    return paragraphs(amended, *(one["wording"]["conditions"] for one in mine))


def _city(dossier: Dossier) -> str:
    """Return who answered for the city: whoever was asked."""
    asked, city = newest_request(dossier.case), dossier.case.territory.parent
    return asked.head.recipient if asked else city.office_name if city else "市委编办"


def _attitude(dossier: Dossier) -> str:
    """Say 原则同意 wherever an authority changed what was asked."""
    changed = any(line.course for line in dossier.changes)
    amended = last(dossier.past, CaseStep.RESOLVE_AMENDED)
    return "原则同意" if changed or amended or dossier.case.party_committee.get("result") == "修改后同意" else "同意"


def refusal(dossier: Dossier) -> Refusal:
    """Tell the unit that its matter was not agreed to, by whom and why."""
    case, act = dossier.case, dossier.act
    issuer = office(case.territory)
    decider, on, reasons = _refused(dossier)
    return Refusal(
        **dossier.base(issuer=issuer, title=f"关于{dossier.matter}有关事项的复函", times=record.filings(dossier.past)),
        head=official(slug="fuhan", case=case, act=act, recipient=case.proposer),
        answered=dossier.request,
        matter=dossier.matter,
        decided_by=decider,
        decided_on=on,
        reasons=tuple(f"{sentence(reason)}。" for reason in paragraphs(*reasons)),
        advice=str(act.facts.get("opinion") or ""),
    )


def _refused(dossier: Dossier) -> tuple[str, str, tuple[str, ...]]:
    case = dossier.case
    reply = case.city_reply
    if reply.get("result") == "不予同意":
        return _city(dossier), reply["on"], (reply["text"],)
    one = last(dossier.past, CaseStep.REFUSE_BY_OFFICE, CaseStep.RESOLVE_REJECTED, CaseStep.RECORD_PARTY_REFUSAL)
    deciders: Mapping[str, str] = {
        CaseStep.REFUSE_BY_OFFICE: case.territory.office_name,
        CaseStep.RESOLVE_REJECTED: dossier.meeting.title if dossier.meeting else case.territory.committee_name,
        CaseStep.RECORD_PARTY_REFUSAL: "区委常委会",
    }
    if one is None:
        return "", "", ()
    tally = dossier.item.tally.get("sentence", "") if dossier.item and one.step == CaseStep.RESOLVE_REJECTED else ""
    said = str(one.facts.get("reason") or "") or (f"{sentence(tally)}。" if tally else "")
    return deciders[one.step], one.on.isoformat(), (said,)


def letter(dossier: Dossier) -> Letter:
    """Tell the consultation letter to the city."""
    case, act = dossier.case, dossier.act
    issuer = office(case.territory)
    return Letter(
        **dossier.base(issuer=issuer, title=f"关于商请对{dossier.matter}方案提出意见的函", times=1),
        head=official(slug="goutong", case=case, act=act, recipient=addressee(slug="goutong", case=case)),
        paragraphs=paragraphs(str(act.facts.get("letter", ""))),
        changes=dossier.changes,
        **dossier.plan(*(("机构编制事项论证报告",) if last(dossier.past, CaseStep.FINISH_ARGUMENT) else ())),
        contact=case.territory.contact,
        telephone=case.territory.telephone,
    )


def return_notice(dossier: Dossier) -> ReturnNotice:
    """Tell the unit what is missing or wrong."""
    case, act = dossier.case, dossier.act
    entered = last(dossier.past, CaseStep.REGISTER_INCOMING, CaseStep.SEND_TO_OFFICE, CaseStep.SEND_SMALL)
    checks = dict(SIX_CHECKS)
    failed = listed([checks[one] for one in act.facts.get("checks") or ()])
    return ReturnNotice(
        **dossier.base(issuer=office(case.territory), title="退回补正通知", times=record.sends(dossier.past)),
        recipient=case.proposer,
        received=dossier.request.removeprefix("你单位") or f"《关于{titles.matter(case.title)}的动议》",
        received_on=entered.on.isoformat() if entered else "",
        reasons=(*((f"审查不符合项：{failed}。",) if failed else ()), *paragraphs(str(act.facts.get("reason", "")))),
        officer=act.signed,
    )


def incoming_slip(dossier: Dossier) -> IncomingSlip:
    """Tell the receipt that a unit gets for what it sent."""
    case, act = dossier.case, dossier.act
    files = tuple(f"{PURPOSES[one.purpose]}：{one.name}" for one in dossier.uploads)
    return IncomingSlip(
        **dossier.base(issuer=office(case.territory), title="收文登记单", times=record.sends(dossier.past)),
        sender=case.proposer,
        paper_number=case.paper_number,
        paper_dated=case.paper_dated.isoformat() if case.paper_dated else "",
        matter=case.title,
        received_on=act.happened_on.isoformat(),
        materials=("动议事项表", *files),
        officer=act.signed,
    )
