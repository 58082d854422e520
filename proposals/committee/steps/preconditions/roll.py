"""Guards about who and what a meeting's step names: the member on the roll, the item on the agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from proposals.committee.lifecycle import SECRETARY
from proposals.committee.meetings import AgendaItem
from proposals.committee.models import Role
from proposals.committee.reading.whole import reading
from proposals.committee.steps.system_facts import member_of
from proposals.organisation.people import Appointment
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.vocabulary import Duty

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting
    from proposals.committee.reading.matters import Matter
    from proposals.committee.roll import RollEntry


def seat_of(meeting: Meeting, act: Act) -> RollEntry | None:
    """Return the member the act is about, or None when that is nobody on the roll."""
    return reading(meeting, act).seat(member_of(act))


def matter_of(meeting: Meeting, act: Act) -> Matter | None:
    """Return the item the act is about with what was done on it, or None when it is not on this agenda."""
    return reading(meeting, act).matter(act.facts.get("item"))


def item_of(meeting: Meeting, act: Act) -> AgendaItem | None:
    """Return the item the act is about, or None when it is not on this agenda."""
    matter = matter_of(meeting, act)
    return matter.item if matter else None


def on_roll(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The member stands on the frozen roll."""
    if seat_of(meeting, act) is None:
        yield Reason("NOT_ON_ROLL", "不在本次会议的应到名册上，请核对人员。")


def may_be_substituted(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A member is substituted only where the rule says so, by somebody appointed to the committee, never the chair."""
    rule = reading(meeting, act).rule
    if not rule.substitutes:
        yield Reason("NO_SUBSTITUTES", "现行议事规则不允许代理出席，委员不能到会的请办理请假。", rule.citation)
        return
    seat, person = seat_of(meeting, act), act.facts.get("person")
    if seat and seat.role != Role.MEMBER:
        yield Reason("NOT_THE_CHAIR", "编委主任、副主任不能由他人代理，请办理「委托主持」或请假。")
    if person and not substitutes_for(meeting, act.happened_on).filter(person__uuid=person).exists():
        yield Reason("NOT_A_SUBSTITUTE", "代理人须已登记编委委员职责且不在本次名册上，请先在办事规则中登记任职。")


def substitutes_for(meeting: Meeting, on: date) -> QuerySet[Appointment]:
    """Return the appointments of those who may sit for a member: appointed to the committee, not on the roll."""
    current = Q(until=None) | Q(until__gte=on)
    appointed = Appointment.objects.filter(
        current, duty=Duty.COMMITTEE_MEMBER, path=meeting.territory.path, since__lte=on
    )
    return appointed.exclude(person__in=meeting.roll.values("person")).select_related("person")


def own_or_secretary(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A member acts for himself; for another only the secretary enters what he did."""
    if member_of(act) == str(act.actor.uuid):
        return
    current = Q(until=None) | Q(until__gte=act.happened_on)
    held = Appointment.objects.filter(
        current, person_id=act.actor.id, duty__in=SECRETARY, path=meeting.territory.path, since__lte=act.happened_on
    )
    if not held.exists():
        yield Reason("NOT_YOURSELF", "委员只能办理本人的事项，代为登记由会议记录员办理。")


def item_known(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The item stands on this agenda."""
    if item_of(meeting, act) is None:
        yield Reason("NO_SUCH_ITEM", "议程中没有这一议题，请刷新页面。")


def status_is(*wanted: str) -> Callable[[Meeting, Act], Iterable[Reason]]:
    """Return the guard that lets a step pass only while its item stands in one of these."""

    def guard(meeting: Meeting, act: Act) -> Iterator[Reason]:
        item = item_of(meeting, act)
        if item and item.status not in wanted:
            yield Reason("ITEM_STATUS", f"议题「{item.title}」{item.get_status_display()}，现在不能办理这一环节。")

    return guard
