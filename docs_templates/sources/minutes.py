"""The facts of the 会议纪要 and of the 节录 that goes with each case it decided: the signed minutes, as paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docs_templates.facts.frozen import from_canonical
from docs_templates.facts.minutes import Count, Minutes, MinutesItem
from docs_templates.facts.parts import ChangeLine
from docs_templates.models import FrozenPaper
from docs_templates.sources import meeting_notes, record
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.lines import adjustments, sentences
from docs_templates.sources.wording import listed, paragraphs, sentence
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.reading.whole import Reading, reading
from proposals.committee.voting_rule import Method
from proposals.models import AgendaItem, Form, Meeting, Role
from proposals.vocabulary import BallotValue, Decider, Outcome

if TYPE_CHECKING:
    from proposals.procedure.act import Act

AGREED = (Outcome.APPROVED, Outcome.AMENDED)


def whole(*, meeting: Meeting, act: Act, dossier: Dossier | None = None) -> Minutes:
    """Tell the minutes of a meeting as they were signed: the record, with the wording beside it.

    `dossier` is that of the case whose item alone is told, from what its step read of it.
    """
    read = _read(meeting, act)
    only = _of_case(read, dossier) if dossier else ""
    territory, content = meeting.territory, read.minutes.sections
    head, chair = content["meeting"], content["meeting"]["presiding"]
    number = f"第{meeting.seq}次" if meeting.seq else ""
    items, notes = [one for one in content["items"] if only in ("", one["case"])], meeting_notes.Notes(read, only)
    leave, missing = _away(read, content)
    return Minutes(
        case_number=f"{Decider.COMMITTEE.label}{meeting.year}年{number}{meeting.get_form_display()}",
        title=f"{meeting.title}纪要",
        organ=territory.committee_name,
        dated=act.happened_on.isoformat(),
        chain_head=meeting.head_hash,
        remarks=notes.remarks,
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
        items=_numbered(_as_signed(meeting, [_item(read, one, act, dossier) for one in items], act)),
        notes=notes.paragraphs,
        present=tuple(_present(one) for one in content["present"]),
        absent=leave,
        missing=missing,
        attending=tuple(dict.fromkeys(name for one in items for name in one["attending"])),
        signer=_signer(read.minutes.signed_by, act),
        copies_to=f"{Decider.COMMITTEE.label}各委员，各有关单位",
        printed_on=act.happened_on.isoformat(),
    )


def extract(dossier: Dossier) -> Minutes:
    """Tell the part of the minutes that concerns one case; the rest of the meeting is none of its business."""
    meeting = dossier.meeting
    if meeting is None:
        raise ValueError(f"case {dossier.case.uuid} was not decided by a meeting")
    minutes = whole(meeting=meeting, act=dossier.act, dossier=dossier)
    return replace(
        minutes,
        case_number=dossier.number,
        title=f"{minutes.title}（节录）",
        chain_head=dossier.case.head_hash,
        round=record.sends(dossier.past),
        closing="",
        remarks=tuple(dict.fromkeys((*minutes.remarks, *dossier.remarks))),
    )


def _read(meeting: Meeting, act: Act) -> Reading:
    """Return what the step read: still true, no step that makes this paper changes an item or a place on the roll."""
    read = reading(meeting, act)
    read.look_at_minutes(record.CHAIN.ask(subject=meeting.uuid))
    return read


def _of_case(read: Reading, dossier: Dossier) -> str:
    """Let the items of a case speak of it as its own step has it, locked and read already; return its name."""
    for matter in read.agenda:
        if matter.item.proposal_id == dossier.case.pk:
            matter.speak_of(dossier.case, dossier.held)
    return str(dossier.case.uuid)


def _item(read: Reading, one: Mapping[str, Any], act: Act, dossier: Dossier | None) -> MinutesItem:
    matter = read.on_agenda(one["item"])
    wording, changes = one["wording"], _changes(matter.item, act, dossier) if one["outcome"] in AGREED else ()
    spoken = sentences.spoken(changes) if changes else None
    return MinutesItem(
        kind=one["type"],
        title=matter.called,
        reporter=_reporter(one, read.minutes.sections),
        discussion=paragraphs(wording["discussion"], *_noted(one)),
        resolution=wording["resolution"],
        conditions=paragraphs(one["amendment"], wording["conditions"] or ("" if one.get("withdrawn") else one["note"])),
        changes=changes,
        plan=spoken.text if spoken else "",
        sheet=sentences.sheet_title(changes) if spoken and not spoken.whole else "",
        total=sentences.total(changes),
        count=_count(one) if one["tally"] else None,
    )


def _reporter(one: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """Return who reported: nobody in a circulation, and no member of whom the roll says that he stayed away."""
    said = one["reporter"]
    if content["meeting"].get("form") == Form.CIRCULATION:
        return ""
    members = [*content["present"], *content["leave"], *content["absent"]]
    meant = [member for member in members if said in (member["name"], member["post"], *_in_full(member))]
    there = [member for member in meant if member in content["present"]]
    return said if there or not meant else ""


def _in_full(member: Mapping[str, Any]) -> tuple[str, str]:
    return f"{member['post']}{member['name']}", f"{member['name']}（{member['post']}）"


def _as_signed(meeting: Meeting, items: list[MinutesItem], act: Act) -> list[MinutesItem]:
    """Let corrected minutes tell each plan as it was signed: what others granted since was not decided here."""
    if act.step != MeetingStep.CORRECT_MINUTES:
        return items
    signed = FrozenPaper.objects.filter(subject_uuid=meeting.uuid, slug="jiyao").order_by("version").last()
    if signed is None:
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


def _changes(item: AgendaItem, act: Act, dossier: Dossier | None) -> tuple[ChangeLine, ...]:
    if dossier:
        return dossier.adjustments.changes
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


def _away(read: Reading, content: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who was excused, with the reason, and who stayed away without a word.

    A chair who had another preside in writing is excused, though he asked no leave.
    """
    chair = next((str(one.member) for one in read.roll if one.role == Role.CHAIR), "")
    delegated = chair if content["meeting"]["delegation"] else ""
    leave = [f"{one['name']}（{one['reason']}）" for one in content["leave"]]
    leave += [f"{one['name']}（书面委托他人主持）" for one in content["absent"] if one["member"] == delegated]
    return tuple(leave), tuple(one["name"] for one in content["absent"] if one["member"] != delegated)


def _signer(signed_by: str, act: Act) -> str:
    """Return the name alone of who signed; the post stands at the head of the minutes."""
    name = signed_by or act.on_behalf_of or act.actor.name
    return name.partition("(")[0].partition("（")[0]
