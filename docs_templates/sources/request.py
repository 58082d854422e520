"""The facts of what goes up to the city: 请示 for approval, 备案报告 for the record."""

from __future__ import annotations

from collections.abc import Mapping

from docs_templates.facts.parts import Section
from docs_templates.facts.request import UpwardPaper
from docs_templates.models import FrozenPaper
from docs_templates.sources import argument, record
from docs_templates.sources.city import newest_request
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.issuer import addressee, issuer_of, official
from docs_templates.sources.lines import rounds
from docs_templates.sources.wording import paragraphs
from proposals.case import snapshots
from proposals.case.kinds import BY_CODE
from proposals.case.lifecycle import CaseStep
from proposals.models import BasisDocument, Upload
from proposals.vocabulary import Decider

ENDINGS: Mapping[str, str] = {"qingshi": "的请示", "beian": "有关情况的报告"}
PURPOSE: Mapping[str, str] = {"qingshi": "现就有关事项请示如下。", "beian": "现将有关情况报告如下。"}
PARTY = Upload.Purpose.PARTY_COMMITTEE
ANNEXES = (("lunzheng", "机构编制事项论证报告"), ("jielu", "区委编委会议纪要（节录）"))


def upward(dossier: Dossier, slug: str) -> UpwardPaper:
    """Tell the paper that takes the case to the city."""
    case, act = dossier.case, dossier.act
    issuer = issuer_of(slug=slug, case=case, act=act)
    recipient, city = addressee(slug=slug, case=case), case.territory.parent
    copies = city.office_name if city and recipient != city.office_name else ""
    return UpwardPaper(
        **dossier.base(
            issuer=issuer, title=f"{issuer.name}关于{dossier.matter}{ENDINGS[slug]}", times=record.filings(dossier.past)
        ),
        head=official(slug=slug, case=case, act=act, recipient=recipient, copies_to=copies),
        opening=_opening(dossier, slug),
        sections=_sections(dossier),
        changes=dossier.changes,
        procedures=record.procedures(case, dossier.past),
        course=record.course(record.procedures(case, dossier.past)),
        earlier=_earlier(dossier),
        changed_since_last_round=_since_last_filing(dossier),
        **dossier.plan(*_annexes(dossier)),
        contact=case.territory.contact,
        telephone=case.territory.telephone,
    )


def _opening(dossier: Dossier, slug: str) -> str:
    case = dossier.case
    named = [
        f"《{one.title.strip('《》')}》" + (f"（{one.number}）" if one.number else "")
        for one in dossier.read.basis if one.level != BasisDocument.Level.MINISTRY
    ]  # fmt: skip
    basis = f"根据{_enumerated(named[:3])}{'等' if len(named) > 3 else ''}，" if named else ""
    instructed = f"按照{case.leading_instruction}，" if case.leading_instruction else ""
    decided = f"经{Decider(case.decided_by).label}研究同意，" if case.decided_by else ""
    return f"{basis}{instructed}{decided}{PURPOSE[slug]}"


def _enumerated(documents: list[str]) -> str:
    """Return titles in a row: between two 》《 stands no sign (GB/T 15834)."""
    return "、".join(documents).replace("》、《", "》《")


def _sections(dossier: Dossier) -> tuple[Section, ...]:
    case = dossier.case
    situation = paragraphs(dossier.told(case.background), argument.stock(dossier))
    reasons = (*paragraphs(dossier.told(case.reason)), *argument.told(dossier))
    if not situation and not reasons:
        # A small matter is asked for neither: what it is says enough.
        situation = (f"本事项为{BY_CODE[case.kind].label}。",)
    found = (Section(title="基本情况", paragraphs=situation), Section(title="论证情况", paragraphs=reasons))
    return tuple(section for section in found if section.paragraphs)


def _annexes(dossier: Dossier) -> tuple[str, ...]:
    made = set(FrozenPaper.objects.filter(subject_uuid=dossier.case.uuid).values_list("slug", flat=True))
    annexes = [label for slug, label in ANNEXES if slug in made]
    party = [PARTY.label] if dossier.has(PARTY) else []
    return tuple([*annexes, "机构编制事项审批表", *party])


def _earlier(dossier: Dossier) -> str:
    """Name the paper that went up the last time, with its number, and say that the city returned it."""
    sent = record.last(dossier.past, CaseStep.FILE_UPWARD)
    paper = newest_request(dossier.case, until=sent.at) if sent else None
    if sent is None or paper is None:
        return ""
    returned = record.last([one for one in dossier.past if one.seq > sent.seq], CaseStep.CITY_RETURN)
    then = f"，市委编办于{record.in_words(returned.on)}退回" if returned else ""
    return f"前次于{record.in_words(sent.on)}以《{paper.title}》（{paper.head.number}）上报{then}。"


def _since_last_filing(dossier: Dossier) -> tuple[str, ...]:
    """Say what changed since the case went up the last time, field by field."""
    earlier = [one for one in dossier.past if one.step == CaseStep.RECORD_PACKAGE and one.facts["kind"] == "FILING"]
    if record.filings(dossier.past) == 1 or not earlier:
        return ()
    before = dossier.case.rounds.filter(n=earlier[-1].facts["round"]).order_by("id").last()
    if before is None:
        return ()
    return rounds.changes(before.snapshot, snapshots.take(dossier.case)) or ("调整事项和材料未变。",)
