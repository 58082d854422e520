"""What a member of the committee still has to do in meetings: answer a notice, vote, read minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from proposals.committee.ballots import Ballot
from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.minutes.models import CorrectionDraft, MinutesComment
from proposals.committee.roll import Receipt, RollEntry
from proposals.prepared import Ask, Prepared
from proposals.vocabulary import MeetingState


class Seat(NamedTuple):
    """One thing to do: where, what, for which item, since when; the most pressing comes first."""

    meeting: UUID
    title: str
    task: str
    page: str
    since: datetime | None


def asks(
    *, person_id: int, sits: bool, calling: Iterable[str], signing: Iterable[str], on: date
) -> tuple[Ask, ...]:  # fmt: skip
    """Return the queries for what waits for somebody who sits in meetings, or calls them or signs on some paths."""
    return (
        *((_SEATS.ask(who=person_id),) if sits else ()),
        *(_LAPSED.ask(path=path, on=on) for path in dict.fromkeys(calling)),
        *(_CORRECTIONS.ask(path=path, who=person_id) for path in dict.fromkeys(signing)),
    )


def read(found: Iterable[tuple[Ask, list[Any]]]) -> Iterator[Seat]:
    """Yield what waits, from what each of the queries found."""
    for ask, rows in found:
        yield from _READ[ask.query](rows)


def _waiting(found: list[RollEntry]) -> list[Seat]:
    """Return what waits for a member: open ballots first, then notices without an answer, then minutes to check."""
    at = {state: [seat for seat in found if seat.meeting.state == state] for state in MeetingState}
    return [
        *(_ballot(seat) for seat in at[MeetingState.OPEN] if _may_vote(seat)),
        *(_notice(seat) for seat in at[MeetingState.CALLED]),
        *(_minutes(seat) for seat in at[MeetingState.CIRCULATED]),
    ]


def _lapsed(found: list[Meeting]) -> list[Seat]:
    """Return the circulations whose window has closed without every answer: the secretary takes them to a meeting."""
    task = "传签期限已过，请办理「转会议审议」或「传签结束」"
    return [Seat(meeting=one.uuid, title=one.title, task=task, page="meeting", since=one.opened_at) for one in found]


def _corrections(found: list[CorrectionDraft]) -> list[Seat]:
    """Return the corrections of signed minutes that wait for a second person to sign or decline them."""
    return [
        Seat(
            meeting=one.meeting.uuid,
            title=one.meeting.title,
            task="纪要更正待您签发",
            page="minutes",
            since=one.drawn_at,
        )
        for one in found
    ]


def _may_vote(seat: RollEntry) -> bool:
    """Whether the member is there for an item that is being voted on and has not voted yet."""
    for item in seat.meeting.items.filter(status=AgendaItem.Status.BALLOT):
        voted = Ballot.objects.filter(member=seat, round__item=item, round__n=item.round).exists()
        if str(seat.member) in item.present and not voted:
            return True
    return False


def _voted_on() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=OuterRef("meeting"), status=AgendaItem.Status.BALLOT)


def _receipts() -> QuerySet[Receipt]:
    return Receipt.objects.filter(member=OuterRef("pk"))


def _comments() -> QuerySet[MinutesComment]:
    return MinutesComment.objects.filter(member=OuterRef("pk"))


def _ballot(seat: RollEntry) -> Seat:
    meeting = seat.meeting
    if meeting.window_until is None:
        return _seat(seat, "有议题正在表决，请您表决", "ballot", meeting.opened_at)
    day = f"{meeting.window_until.year}年{meeting.window_until.month}月{meeting.window_until.day}日"
    urged = "（已催办）" if meeting.reminded_at else ""
    return _seat(seat, f"书面传签，请您于{day}前签署意见{urged}", "ballot", meeting.opened_at)


def _notice(seat: RollEntry) -> Seat:
    return _seat(seat, "会议通知，请您回执", "meeting", seat.meeting.moved_at)


def _minutes(seat: RollEntry) -> Seat:
    return _seat(seat, "会议纪要，请您核对", "minutes", seat.meeting.moved_at)


def _seat(seat: RollEntry, task: str, page: str, since: datetime | None) -> Seat:
    meeting: Meeting = seat.meeting
    return Seat(meeting=meeting.uuid, title=meeting.title, task=task, page=page, since=since)


_SEATS: Prepared[RollEntry] = Prepared(
    lambda who: RollEntry.objects.filter(
        Q(Exists(_voted_on()), meeting__state=MeetingState.OPEN)
        | Q(~Exists(_receipts()), meeting__state=MeetingState.CALLED)
        | Q(~Exists(_comments()), meeting__state=MeetingState.CIRCULATED),
        person_id=who,
    ).select_related("meeting__territory")
)
_LAPSED: Prepared[Meeting] = Prepared(
    lambda path, on: Meeting.objects.filter(
        territory__path=path, state=MeetingState.OPEN, window_until__lt=on
    ).select_related("territory")
)
_CORRECTIONS: Prepared[CorrectionDraft] = Prepared(
    lambda path, who: (
        CorrectionDraft.objects.filter(status=CorrectionDraft.Status.WAITING, meeting__territory__path=path)
        .exclude(drawn_by=who)
        .select_related("meeting__territory")
    )
)
_READ: Mapping[Prepared[Any], Callable[[list[Any]], list[Seat]]] = MappingProxyType(
    {_SEATS: _waiting, _LAPSED: _lapsed, _CORRECTIONS: _corrections}
)
