"""What the pages of a meeting show and offer: who is there, how far it is, which steps this person may take now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from project.web import forecasts
from project.web.access import policy
from project.web.access.visit import Visit
from proposals.committee import concerned, counting
from proposals.committee.lifecycle import CIRCULATION_ONLY, SITTING_ONLY, MeetingStep
from proposals.committee.reading.matters import Matter
from proposals.committee.reading.whole import Reading
from proposals.committee.steps.book import STEPS
from proposals.committee.voting_rule import Method
from proposals.models import AgendaItem, BallotRound, Form, Meeting, RollEntry, WrittenOpinion
from proposals.prepared import PreparedIn
from proposals.procedure.act import Act, Actor
from proposals.procedure.reasons import Reason
from proposals.procedure.traits import Trait
from workflows import access
from workflows.attempt import Attempt
from workflows.verdict import judge

ON_ITEM: Mapping[str, tuple[str, ...]] = {
    "WAITING": (
        MeetingStep.OPEN_ITEM,
        MeetingStep.MOVE_ITEM_UP,
        MeetingStep.MOVE_ITEM_DOWN,
        MeetingStep.REMOVE_ITEM,
        MeetingStep.INVITE_ATTENDEE,
        MeetingStep.DECLARE_RECUSAL,
    ),
    "OPEN": (
        MeetingStep.OPEN_BALLOT,
        MeetingStep.RECORD_NO_OBJECTION,
        MeetingStep.RECORD_COUNTS,
        MeetingStep.RECORD_NAMED,
        MeetingStep.NOTE_ITEM,
        MeetingStep.AMEND_ITEM,
        MeetingStep.DECLARE_RECUSAL,
        MeetingStep.PUT_ITEM_OVER,
    ),
    "BALLOT": (MeetingStep.CLOSE_BALLOT, MeetingStep.DECLARE_RECUSAL, MeetingStep.PUT_ITEM_OVER),
    "COUNTED": (MeetingStep.CONCLUDE_ITEM, MeetingStep.SECOND_BALLOT, MeetingStep.AMEND_ITEM),
}
WHOLE = (
    MeetingStep.PUT_ITEM, MeetingStep.PUT_RATIFICATIONS, MeetingStep.CALL_MEETING, MeetingStep.START_CIRCULATION,
    MeetingStep.FREEZE_AGENDA, MeetingStep.ALLOW_SHORT_NOTICE,
    MeetingStep.NAME_SUBSTITUTE, MeetingStep.DELEGATE_CHAIR, MeetingStep.ALLOW_AD_HOC, MeetingStep.OPEN_MEETING,
    MeetingStep.CLOSE_MEETING,
    MeetingStep.REMIND_MEMBERS, MeetingStep.FINISH_CIRCULATION, MeetingStep.LAPSE_CIRCULATION,
    MeetingStep.DRAFT_MINUTES, MeetingStep.CANCEL_MEETING,
)  # fmt: skip
# Where a step has nothing to do it is not shown at all.
IDLE = frozenset({"AT_THE_END", "NOTHING_TO_RATIFY", "NO_SUBSTITUTES"})
NO_VOTE = frozenset({MeetingStep.NOTE_ITEM})
VOTE_ONLY = frozenset(
    {
        MeetingStep.OPEN_BALLOT,
        MeetingStep.RECORD_NO_OBJECTION,
        MeetingStep.RECORD_COUNTS,
        MeetingStep.RECORD_NAMED,
        MeetingStep.AMEND_ITEM,
    }
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One step on the page: pressed at once or opened as a form, or grey with what stands against it."""

    step: str
    label: str
    at_once: bool
    moves: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A member as the page shows one: there, on leave, late, and what the open ballot still waits for."""

    entry: RollEntry
    shown: str
    there: bool
    came: str
    left: str
    answer: str
    in_item: bool
    aside: bool
    voted: bool
    waited_for: bool
    presides: bool


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """An item as the page shows it: what was said and done, what may be done now, and what to expect."""

    item: AgendaItem
    rounds: list[BallotRound]
    recused: list[tuple[str, str]]
    attendees: list[str]
    written: list[tuple[str, WrittenOpinion]]
    presses: list[Offered]
    warning: str


def readable(request: Visit) -> QuerySet[Meeting]:
    """Return the meetings of the territories in which the person works, sits or inspects."""
    return _readable(paths_of(request))


def paths_of(request: Visit) -> list[str]:
    """Return the paths of the territories in which the person works, sits or inspects."""
    return [path for duty, path in policy.held_by(request) if duty in policy.MEETING]


def _readable(paths: list[Any]) -> QuerySet[Meeting]:
    return Meeting.objects.filter(territory__path__in=paths).select_related("territory", "presiding", "term")


_ONE: PreparedIn[Meeting] = PreparedIn(lambda values, uuid: _readable(values).filter(uuid=uuid))


def meeting_of(request: Visit, meeting: UUID) -> Meeting:
    """Return the meeting, or raise Http404 when it does not exist or the person may not see it."""
    found = _ONE(paths_of(request), uuid=meeting)
    if not found:
        raise Http404
    return found[0]


def seat_of(request: Visit, read: Reading) -> RollEntry | None:
    """Return the person's own place on the roll, or None."""
    return next((entry for entry in read.roll if entry.person_id == request.user.pk), None)


def current_of(read: Reading) -> Matter | None:
    """Return the item the meeting is at: open, in vote, or counted and not yet announced."""
    at = (AgendaItem.Status.OPEN, AgendaItem.Status.BALLOT, AgendaItem.Status.COUNTED)
    return next((matter for matter in read.agenda if matter.item.status in at), None)


def seats_of(read: Reading, matter: Matter | None) -> list[Seat]:
    """Return the members in the order of their posts."""
    item = matter.item if matter else None
    aside = set(matter.aside) if matter else set()
    voting = matter if item and item.status == AgendaItem.Status.BALLOT else None
    unheard = set(counting.unheard(voting)) if voting else set()
    voters = set(voting.voted) if voting else set()
    seats = []
    for entry in read.roll:
        stays, receipts = read.stays[entry.pk], read.receipts[entry.pk]
        member = str(entry.member)
        seats.append(
            Seat(
                entry=entry, shown=read.names[member], there=any(stay.left_at is None for stay in stays),
                came=_clock(stays, first=True),
                left=_clock(stays, first=False), answer=receipts[-1].get_answer_display() if receipts else "",
                in_item=item is not None and member in item.present, aside=member in aside,
                voted=member in voters, waited_for=member in unheard,
                presides=entry.pk == read.meeting.presiding_id,
            )
        )  # fmt: skip
    return seats


def agenda_of(request: Visit, read: Reading) -> list[OnAgenda]:
    """Return every item as the page shows it."""
    today = timezone.localdate()
    waiting = [one.item.proposal for one in read.agenda if one.item.proposal and forecasts.is_foreseen(one.item)]
    names = concerned.units(waiting, on=today) if waiting else {}
    return [
        OnAgenda(
            item=matter.item,
            rounds=[one for one in matter.rounds if not one.is_open and one.tally],
            recused=[(read.names[str(one.member.member)], one.reason) for one in matter.recusals],
            attendees=[f"{one.name}（{one.unit}）" for one in matter.attendees],
            written=[(read.names[str(one.member.member)], one) for one in matter.written],
            presses=offered(request, read, matter),
            warning=forecasts.forecast(matter, names),
        )
        for matter in read.agenda
    ]


def offered(request: Visit, read: Reading, matter: Matter | None = None) -> list[Offered]:
    """Return the steps this person may take on the meeting or on one of its items, with what stands against them."""
    meeting, item = read.meeting, matter.item if matter else None
    wanted = ((MeetingStep.REMOVE_ITEM,) if item.gone else ON_ITEM.get(item.status, ())) if item else WHOLE
    unwanted = SITTING_ONLY if meeting.form == Form.CIRCULATION else CIRCULATION_ONLY
    if item:
        unwanted |= NO_VOTE if item.decides else VOTE_ONLY
    found = [one for step in wanted if step not in unwanted if (one := offer(request, read, step, item))]
    return [one for one in found if all(reason.code not in IDLE for reason in one.reasons)]


def offer(request: Visit, read: Reading, step: str, item: AgendaItem | None = None) -> Offered | None:
    """Return one step with what stands against it, or None when it is not open or not this person's."""
    meeting = read.meeting
    row, traits = STEPS[step].row, STEPS[step].traits
    if not STEPS[step].is_open(meeting.state):
        return None
    now = timezone.now()
    on, actor = timezone.localdate(now), Actor.of(request.user)
    held = policy.held_by(request)
    if not access.holds(actor=actor, duties=row.duties, subject=meeting, on=on, held=held):
        return None
    facts = {"item": str(item.uuid)} if item else {}
    act = Act(step=step, actor=actor, at=now, happened_on=on, facts=facts, reading=read)
    attempt = Attempt(subject=meeting, row=row, act=act, held=held, preview=True)
    return Offered(
        step,
        row.label,
        Trait.AT_ONCE in traits and not (step == MeetingStep.OPEN_BALLOT and Method.SECRET in read.rule.methods),
        (row.target is not None or step in _LEADING) and Trait.GRAVE not in traits,
        tuple(judge(attempt)),
    )


_LEADING = frozenset(
    {
        MeetingStep.OPEN_ITEM,
        MeetingStep.OPEN_BALLOT,
        MeetingStep.CLOSE_BALLOT,
        MeetingStep.CONCLUDE_ITEM,
        MeetingStep.NOTE_ITEM,
    }
)


def _clock(stays: list[Any], *, first: bool) -> str:
    at = (stays[0].arrived_at if first else stays[-1].left_at) if stays else None
    return f"{timezone.localtime(at):%H:%M}" if at else ""
