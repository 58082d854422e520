"""The facts of the 会议纪要 and of the 节录 that goes with each case it decided: the signed minutes, as paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docs_templates.facts.frozen import from_canonical
from docs_templates.facts.minutes import Count, Minutes, MinutesItem
from docs_templates.facts.parts import ChangeLine, Remark
from docs_templates.models import FrozenPaper
from docs_templates.sources import adjustments, record, sentences
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.wording import listed, paragraphs, sentence
from proposals import titles
from proposals.models import AgendaItem, Meeting
from proposals.states import BallotValue, Decider, Outcome
from proposals.voting_rule import Method

if TYPE_CHECKING:
    from proposals.act import Act
    from proposals.models.minutes import Correction

# Remarks that minutes say in words of their own; what was entered afterwards stands in the record alone.
SAID: Mapping[str, str] = {
    "缩短材料送达时间": "经会议主持人书面同意，本次会议材料送达时间缩短：", "临时动议": "经会议主持人同意，本次会议临时增加议题：",
    "书面传签": "", "更正": "",
}  # fmt: skip
AGREED = (Outcome.APPROVED, Outcome.AMENDED)


def whole(*, meeting: Meeting, act: Act, only: str = "") -> Minutes:
    """Tell the minutes of a meeting as they were signed: the record, with the wording beside it.

    `only` names the case whose item alone is told.
    """
    territory, signed = meeting.territory, meeting.newest_minutes
    content = signed.sections
    head, chair = content["meeting"], content["meeting"]["presiding"]
    number = f"第{meeting.seq}次" if meeting.seq else ""
    items = [one for one in content["items"] if only in ("", one["case"])]
    remarks = _remarks(meeting)
    attending = [name for one in items for name in one["attending"]]
    return Minutes(
        case_number=f"{Decider.COMMITTEE.label}{meeting.year}年{number}{meeting.get_form_display()}",
        title=f"{meeting.title}纪要",
        organ=territory.committee_name,
        dated=act.happened_on.isoformat(),
        chain_head=meeting.head_hash,
        remarks=remarks,
        mark=f"{territory.committee_name}会议纪要",
        number=f"〔{meeting.year}〕{meeting.seq}号" if meeting.seq else "",
        issuer=territory.office_name,
        meeting=meeting.title,
        held_on=head["held_on"] or act.happened_on.isoformat(),
        place=head["place"],
        chair=chair.get("name", ""),
        chair_post=chair.get("post", ""),
        delegation=sentence(head["delegation"]),
        opening=content["wording"]["opening"],
        closing=content["wording"]["closing"],
        items=_numbered(_as_signed(meeting, [_item(one, act) for one in items], act)),
        notes=tuple(f"{SAID[one.kind]}{sentence(one.text)}。" for one in remarks if one.kind in SAID),
        present=tuple(_present(one) for one in content["present"]),
        absent=(*(f"{one['name']}（{one['reason']}）" for one in content["leave"]), *_names(content["absent"])),
        attending=tuple(dict.fromkeys(attending)),
        signer=_signer(signed.signed_by, act),
        copies_to=f"{Decider.COMMITTEE.label}各委员，各有关单位",
        printed_on=act.happened_on.isoformat(),
    )


def extract(dossier: Dossier) -> Minutes:
    """Tell the part of the minutes that concerns one case; the rest of the meeting is none of its business (P14)."""
    meeting = dossier.meeting
    if meeting is None:
        raise ValueError(f"case {dossier.case.uuid} was not decided by a meeting")
    minutes = whole(meeting=meeting, act=dossier.act, only=str(dossier.case.uuid))
    return replace(
        minutes,
        case_number=dossier.number,
        title=f"{minutes.title}（节录）",
        chain_head=dossier.case.head_hash,
        round=record.sends(dossier.past),
        closing="",
        remarks=tuple(dict.fromkeys((*minutes.remarks, *record.remarks(dossier.case, dossier.past, dossier.act)))),
    )


def _item(one: Mapping[str, Any], act: Act) -> MinutesItem:
    wording, changes = one["wording"], _changes(one, act) if one["outcome"] in AGREED else ()
    spoken = sentences.spoken(changes) if changes else None
    return MinutesItem(
        kind=one["type"],
        title=_title(one),
        reporter=one["reporter"],
        discussion=paragraphs(wording["discussion"], *_noted(one)),
        resolution=wording["resolution"],
        conditions=paragraphs(one["amendment"], wording["conditions"] or ("" if one.get("withdrawn") else one["note"])),
        changes=changes,
        plan=spoken.text if spoken else "",
        sheet=sentences.sheet_title(changes) if spoken and not spoken.whole else "",
        total=sentences.total(changes),
        count=_count(one) if one["tally"] else None,
    )


def _as_signed(meeting: Meeting, items: list[MinutesItem], act: Act) -> list[MinutesItem]:
    """Let corrected minutes tell each plan as it was signed: what others granted since was not decided here."""
    signed = FrozenPaper.objects.filter(subject_uuid=meeting.uuid, slug="jiyao").order_by("version").last()
    if signed is None or act.step != "correct_minutes":
        return items
    before = from_canonical(Minutes, signed.facts).items
    return [
        replace(one, title=old.title, changes=old.changes, plan=old.plan, sheet=old.sheet, total=old.total)
        if one.changes and old.changes
        else one
        for one, old in zip(items, before, strict=True)
    ]


def _numbered(items: list[MinutesItem]) -> tuple[MinutesItem, ...]:
    """Number the tables behind the minutes; a single one needs no number."""
    sheets = [one for one in items if one.sheet]
    which = {id(one): f"附件{n}" if len(sheets) > 1 else "附件" for n, one in enumerate(sheets, start=1)}
    return tuple(replace(one, which=which.get(id(one), "")) for one in items)


def _title(one: Mapping[str, Any]) -> str:
    """Return what an item is called in the minutes: a case by its plan as it was decided, everything else by itself."""
    return _called(AgendaItem.objects.select_related("proposal").get(uuid=one["item"]))


def _changes(one: Mapping[str, Any], act: Act) -> tuple[ChangeLine, ...]:
    item = AgendaItem.objects.select_related("proposal__territory").get(uuid=one["item"])
    return adjustments.of_case(case=item.proposal, on=act.happened_on).changes if item.proposal else ()


def _count(one: Mapping[str, Any]) -> Count:
    tally = one["tally"]
    return Count(
        method=Method(tally["method"]).label,
        due=tally["due"],
        present=tally["present"],
        votes_for=tally["in_favour"],
        votes_against=tally["against"],
        abstentions=tally["abstained"],
        recused=tuple(f"{aside['name']}（{aside['reason']}）" for aside in one["recused"]),
        reason=tally["sentence"].replace(_counted(tally), "", 1),
    )


def _counted(tally: Mapping[str, Any]) -> str:
    """Return the counts as the sentence of the rule begins with them; the paper has just told them."""
    return f"赞成{tally['in_favour']}票、反对{tally['against']}票、弃权{tally['abstained']}票，"


def _noted(one: Mapping[str, Any]) -> Iterable[str]:
    """Return what is put down truthfully beside the decision: written opinions, named dissent, units concerned."""
    for said in one["written"]:
        yield f"{said['name']}书面提出：{sentence(said['text'])}（不计入表决）。"
    for value in (BallotValue.AGAINST, BallotValue.ABSTAIN):
        named = one["rounds"][-1]["named"].get(value, []) if one["rounds"] else []
        if named:
            yield f"表决时{listed(named)}表示{value.label}。"
    if concerned := [name for name in one["involved"] if _voted(one, name)]:
        yield f"{listed(concerned)}所在单位涉及本议题，按规定参加表决。"


def _voted(one: Mapping[str, Any], name: str) -> bool:
    """Whether the record says that a member voted on the item: there, not aside, and named where all are named."""
    if name not in one["present"] or name in [aside["name"] for aside in one["recused"]] or not one["rounds"]:
        return False
    last = one["rounds"][-1]
    return last["method"] != Method.NAMED.label or any(name in members for members in last["named"].values())


def _present(one: Mapping[str, Any]) -> str:
    when = listed([one["late"], one["early"]])
    return f"{one['name']}（{when}）" if when else str(one["name"])


def _names(people: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(str(one["name"]) for one in people)


def _signer(signed_by: str, act: Act) -> str:
    """Return the name alone of who signed; the post stands at the head of the minutes."""
    name = signed_by or act.on_behalf_of or act.actor.name
    return name.partition("(")[0].partition("（")[0]


def _remarks(meeting: Meeting) -> tuple[Remark, ...]:
    """Return what must be seen: 补录, shortened notice, items added on the spot, circulation, corrections."""
    past = record.happenings(meeting.uuid)
    found = [*record.backfilled(past)]
    if meeting.short_notice:
        found.append(Remark(kind="缩短材料送达时间", text=meeting.short_notice))
    added = meeting.items.exclude(ad_hoc="").order_by("position")
    found += [Remark(kind="临时动议", text=f"{_called(item)}：{item.ad_hoc}") for item in added]
    if meeting.form == "CIRCULATION":
        after = "，所议事项提请下次会议追认" if meeting.frozen_rule.circulation_ratified else ""
        found.append(Remark(kind="书面传签", text=f"本次为书面传签{after}。"))
    found += [_corrected(one) for one in meeting.corrections.all()]
    return tuple(dict.fromkeys(found))


def _called(item: AgendaItem) -> str:
    return titles.plan_of(titles.printable(item.proposal)) if item.proposal else item.title


def _corrected(one: Correction) -> Remark:
    hands = f"，{one.proposed_by}拟定、{one.by}签发" if one.proposed_by else ""
    text = f"更正第{one.n}号：{one.place}原为“{one.before}”，更正为“{one.after}”，理由：{one.reason}{hands}"
    return Remark(kind="更正", text=text)
