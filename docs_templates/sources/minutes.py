"""The facts of the 会议纪要 and of the 节录 that goes with each case it decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docs_templates.facts.minutes import Count, Minutes, MinutesItem
from docs_templates.facts.parts import ChangeLine, Remark
from docs_templates.sources import adjustments, record
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.wording import matter, paragraphs, sentence
from proposals.models import AgendaItem, Meeting
from proposals.models.committee import Role
from proposals.states import Decider, Outcome
from proposals.voting_rule import Method

if TYPE_CHECKING:
    from proposals.act import Act
    from proposals.models import RollEntry
    from proposals.models.minutes import Correction

AGREED = (Outcome.APPROVED, Outcome.AMENDED)
RESOLUTIONS = {
    Outcome.APPROVED: "会议同意{matter}。",
    Outcome.AMENDED: "会议原则同意{matter}，按会议意见修改后办理。",
    Outcome.DEFERRED: "会议决定对{matter}暂缓审议。",
    Outcome.RETURNED: "会议决定将{matter}退回，进一步论证后再提请审议。",
    Outcome.REJECTED: "会议不同意{matter}。",
    Outcome.PUT_OVER: "{matter}顺延至下次会议审议。",
}
NOTED = {
    AgendaItem.Type.HEARING: "会议听取了关于{matter}的汇报。",
    AgendaItem.Type.STUDY: "会议传达学习了{matter}。",
    AgendaItem.Type.NOTICE: "会议通报了{matter}。",
}


def whole(*, meeting: Meeting, act: Act) -> Minutes:
    """Tell the minutes of a meeting, drawn from its record."""
    territory = meeting.territory
    number = f"第{meeting.seq}次" if meeting.seq else ""
    chair = meeting.presiding or meeting.roll.filter(role=Role.CHAIR).first()
    return Minutes(
        case_number=f"{Decider.COMMITTEE.label}{meeting.year}年{number}{meeting.get_form_display()}",
        title=f"{meeting.title}纪要",
        organ=territory.committee_name,
        dated=act.happened_on.isoformat(),
        chain_head=meeting.head_hash,
        remarks=_remarks(meeting, act),
        mark=f"{territory.committee_name}会议纪要",
        number=f"〔{meeting.year}〕{meeting.seq}号" if meeting.seq else "",
        issuer=territory.office_name,
        meeting=meeting.title,
        held_on=(meeting.held_on or act.happened_on).isoformat(),
        place=meeting.place,
        chair=chair.name if chair else "",
        chair_post=chair.post if chair else "",
        delegation=sentence(meeting.delegation),
        items=tuple(_item(item, meeting, act) for item in _items(meeting)),
        present=tuple(one.name for one in meeting.roll.all() if _came(one, meeting)),
        absent=tuple(_absent(one) for one in meeting.roll.all() if not _came(one, meeting)),
        attending=_attending(meeting),
        signer=_signer(meeting, act),
        copies_to=f"{Decider.COMMITTEE.label}各委员，各有关单位",
        printed_on=act.happened_on.isoformat(),
    )


def extract(dossier: Dossier) -> Minutes:
    """Tell the part of the minutes that concerns one case; the rest of the meeting is none of its business (P14)."""
    meeting = dossier.meeting
    if meeting is None:
        raise ValueError(f"case {dossier.case.uuid} was not decided by a meeting")
    minutes = whole(meeting=meeting, act=dossier.act)
    places = [item.proposal_id for item in _items(meeting)]
    return replace(
        minutes,
        case_number=dossier.number,
        title=f"{minutes.title}（节录）",
        chain_head=dossier.case.head_hash,
        round=record.sends(dossier.past),
        items=(minutes.items[places.index(dossier.case.pk)],),
        attending=_invited(dossier.item),
        remarks=tuple(dict.fromkeys((*minutes.remarks, *record.remarks(dossier.case, dossier.past, dossier.act)))),
    )


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.select_related("proposal__territory").order_by("position", "id"))


def _item(item: AgendaItem, meeting: Meeting, act: Act) -> MinutesItem:
    outcome = Outcome(item.outcome) if item.outcome else None
    text = RESOLUTIONS[outcome] if outcome else NOTED.get(AgendaItem.Type(item.type), "会议研究了{matter}。")
    agreed = outcome in AGREED
    return MinutesItem(
        kind=item.get_type_display(),
        title=item.title,
        reporter=item.reporter,
        discussion=paragraphs(item.gist, _dissent(item)),
        resolution=text.format(matter=matter(item.title)),
        conditions=paragraphs(item.amendment, item.note),
        changes=_changes(item, act) if agreed else (),
        count=_count(item) if item.tally else None,
    )


def _changes(item: AgendaItem, act: Act) -> tuple[ChangeLine, ...]:
    if item.proposal is None:
        return ()
    return adjustments.of_case(case=item.proposal, on=act.happened_on).changes


def _count(item: AgendaItem) -> Count:
    tally = item.tally
    return Count(
        method=Method(tally["method"]).label,
        due=tally["due"],
        present=tally["present"],
        votes_for=tally["in_favour"],
        votes_against=tally["against"],
        abstentions=tally["abstained"],
        recused=tuple(f"{one.member.name}（{one.reason}）" for one in item.recusals.select_related("member")),
        reason=tally["sentence"],
    )


def _dissent(item: AgendaItem) -> str:
    """Record written opinions, which are shown but not counted, as they were given."""
    said = [f"{one.member.name}书面提出：{sentence(one.text)}（不计入表决）。" for one in item.written_opinions.all()]
    return "\n".join(said)


def _came(one: RollEntry, meeting: Meeting) -> bool:
    """Whether the member sat in the meeting; on a circulation, whether the member answered."""
    return one.ballots.exists() if meeting.form == "CIRCULATION" else one.stays.exists()


def _absent(one: RollEntry) -> str:
    answer = one.receipts.last()
    return f"{one.name}（{answer.reason}）" if answer and answer.answer == "LEAVE" and answer.reason else one.name


def _attending(meeting: Meeting) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for item in _items(meeting) for name in _invited(item)))


def _invited(item: AgendaItem | None) -> tuple[str, ...]:
    return tuple(f"{one.name}（{one.unit}）" for one in item.attendees.all()) if item else ()


def _signer(meeting: Meeting, act: Act) -> str:
    if act.step == "sign_minutes":
        return act.on_behalf_of or act.actor.name
    signed = meeting.minutes.exclude(signed_by="").last()
    return signed.signed_by.partition("(")[0] if signed else ""


def _remarks(meeting: Meeting, act: Act) -> tuple[Remark, ...]:
    """Return what must be seen: 补录, shortened notice, items added on the spot, circulation, corrections."""
    past = record.happenings(meeting.uuid)
    found = [record.backfilled(one) for one in past if one.on_behalf_of]
    if meeting.short_notice:
        found.append(Remark(kind="缩短材料送达时间", text=meeting.short_notice))
    found += [Remark(kind="临时动议", text=f"{item.title}：{item.ad_hoc}") for item in _items(meeting) if item.ad_hoc]
    if meeting.form == "CIRCULATION":
        found.append(Remark(kind="书面传签", text="本次为书面传签，所议事项提请下次会议追认。"))
    found += [_corrected(one) for one in meeting.corrections.all()]
    return tuple(dict.fromkeys(found))


def _corrected(one: Correction) -> Remark:
    text = f"更正第{one.n}号：{one.place}原为“{one.before}”，更正为“{one.after}”，理由：{one.reason}"
    return Remark(kind="更正", text=text)
