"""What a meeting's chain says of its agenda, held against the rows: what was withdrawn before it was taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proposals.case.lifecycle import CaseStep
from proposals.committee.lifecycle import MeetingStep
from proposals.models import AgendaItem, Entry, Meeting

CLOSING = (MeetingStep.CLOSE_MEETING, MeetingStep.RECORD_PAPER_MEETING)


def agenda(meeting: Meeting, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which items are marked as withdrawn against the chain, and which were put over although withdrawn before."""
    told = {item for body in bodies if body["step"] in CLOSING for item in body["facts"].get("withdrawn", ())}
    status = AgendaItem.Status
    for item in meeting.items.select_related("proposal"):
        place = f"议题{item.position}「{item.title}」"
        if (item.status == status.WITHDRAWN) is not (str(item.uuid) in told):
            yield f"{place}是否已撤回与办理记录不符"
        elif item.status == status.PUT_OVER and not item.present and _withdrawn_before(meeting, item):
            yield f"{place}在散会前已撤回，却记为顺延"


def corrections(meeting: Meeting, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which corrections of the minutes are not as two people made them."""
    drawn = {body["facts"]["correction"]: body for body in bodies if body["step"] == MeetingStep.PROPOSE_CORRECTION}
    signed = {body["facts"]["n"]: body for body in bodies if body["step"] == MeetingStep.CORRECT_MINUTES}
    rows = {one.n: one for one in meeting.corrections.all()}
    for n in sorted(signed.keys() ^ rows.keys()):
        yield f"更正第{n}号{'没有办理记录' if n in rows else '记入了办理记录，现已不存在'}"
    for n in sorted(signed.keys() & rows.keys()):
        facts, row = signed[n]["facts"], rows[n]
        if any(facts[name] != getattr(row, name) for name in ("place", "before", "after", "reason")):
            yield f"更正第{n}号的内容与办理记录不符"
        if "correction" not in facts:
            continue  # signed before a correction had a second person
        draft = drawn.get(facts["correction"])
        if draft is None or draft["actor"]["id"] == signed[n]["actor"]["id"] or facts["proposed_by"] != row.proposed_by:
            yield f"更正第{n}号没有由两人办理"


def _withdrawn_before(meeting: Meeting, item: AgendaItem) -> bool:
    if item.proposal is None or meeting.closed_at is None:
        return False
    entries = Entry.objects.filter(subject_id=item.proposal.uuid, step=CaseStep.WITHDRAW)
    return entries.filter(at__gte=meeting.created_at, at__lte=meeting.closed_at).exists()
