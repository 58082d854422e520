"""What a meeting's chain says of its agenda, held against the rows: what was withdrawn before it was taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proposals.models import AgendaItem, Entry, Meeting

CLOSING = ("close_meeting", "record_paper_meeting")


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


def _withdrawn_before(meeting: Meeting, item: AgendaItem) -> bool:
    if item.proposal is None or meeting.closed_at is None:
        return False
    entries = Entry.objects.filter(subject_id=item.proposal.uuid, step="withdraw")
    return entries.filter(at__gte=meeting.created_at, at__lte=meeting.closed_at).exists()
