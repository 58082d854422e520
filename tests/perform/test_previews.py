"""A button is judged before anything is typed in: no precondition of a step falls over facts that are not there yet."""

import inspect
from collections.abc import Callable, Collection, Iterator
from typing import Any

import pytest
from django.utils import timezone

from proposals.committee.minutes import drawing
from proposals.committee.reading.whole import Reading
from proposals.models import AgendaItem, Form, Meeting, Person, Proposal, Register, Rulebook, SubjectKind
from proposals.procedure.act import Act, Actor
from proposals.procedure.steps import collect
from proposals.vocabulary import MeetingState, State
from tests.committee.chamber import Chamber
from workflows import subjects
from workflows.attempt import Attempt
from workflows.verdict import ABOVE, judge, preconditions_of

pytestmark = pytest.mark.django_db


def asked(subject: Any, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Ask every precondition of every step open to the subject; yield what falls over.

    A check may reach for a fact that its step requires: it is asked only once that is answered.
    """
    actor = clerk()
    for step, row in ((name, step.row) for name, step in subjects.STEPS[subject.subject_kind].items()):
        if subject.state not in row.sources:
            continue
        act = Act(step=step, actor=actor, at=timezone.now(), happened_on=timezone.localdate(), facts=facts)
        attempt = Attempt(subject=subject, row=row, act=act, preview=True)
        yield from falls(step, lambda attempt=attempt: judge(attempt))
        required = {ask.name for ask in subjects.asks_of(kind=subject.subject_kind, step=step) if ask.required}
        for check in preconditions_of(kind=subject.subject_kind, step=step):
            yield from falls(step, lambda check=check, act=act: list(check(subject, act)), may_want=required)


def falls(step: str, ask: Callable[[], Any], *, may_want: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    try:
        ask()
    except KeyError as wanted:
        if wanted.args[0] not in may_want:
            yield step, repr(wanted)
    except Exception as error:
        yield step, repr(error)


def clerk() -> Actor:
    return Actor.of(Person.objects.get(username="bianban1"))


def build() -> Chamber:
    """Two cases on the agendas of two meetings in preparation, and a third called, with a vote that was held."""
    room = Chamber(circulation=True, substitutes=True)
    for title in ("甲事项", "乙事项"):
        case = room.scheduled(title)
        room.plan()
        room.put(case)
    room.plan()
    item = room.put(title="甲办法")
    room.put(title="乙办法")
    room.call()
    room.open()
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    room.take("close_ballot", item=str(item.uuid))
    drawn = drawing.sections(Reading(room.now))
    person = room.office.people["bianban1"]
    room.now.minutes.create(version=1, sections=drawn, digest="0" * 64, written_by=person, at=room.office.now)
    return room


@pytest.mark.parametrize("form", Form.values)
def test_no_step_of_a_meeting_falls_over_in_a_preview(room: Chamber, form: str) -> None:
    found = []
    Meeting.objects.update(form=form)
    for stands in (room.now, *Meeting.objects.filter(state=MeetingState.PLANNED)):
        states = (
            [MeetingState.PLANNED] if stands.pk != room.now.pk else [one for one in MeetingState if one != "PLANNED"]
        )
        for state in states:
            Meeting.objects.filter(pk=stands.pk).update(state=state)
            meeting = Meeting.objects.get(pk=stands.pk)
            found += asked(meeting, {})
            for item in meeting.items.all():
                # Only an open meeting takes its items up.
                for status in AgendaItem.Status.values if state == MeetingState.OPEN else ["WAITING"]:
                    AgendaItem.objects.filter(pk=item.pk).update(status=status)
                    found += asked(meeting, {"item": str(item.uuid)})
    assert found == []


def test_no_step_of_a_case_falls_over_in_a_preview(room: Chamber) -> None:
    found = []
    for case in Proposal.objects.all():
        for state in State:
            Proposal.objects.filter(pk=case.pk).update(state=state)
            found += asked(Proposal.objects.select_related("territory").get(pk=case.pk), {})
    assert found == []


def test_preconditions_are_of_one_shape_and_stand_at_steps_that_exist() -> None:
    for kind, table in ABOVE.items():
        assert set(table) <= set(subjects.STEPS[kind])
        for step in subjects.STEPS[kind]:
            for one in preconditions_of(kind=kind, step=step):
                assert list(inspect.signature(one).parameters)[1:] == ["act"], one


def test_preconditions_of_no_step_are_refused() -> None:
    with pytest.raises(LookupError, match="vanished"):
        collect((), before={"vanished": ()})


@pytest.mark.parametrize("model", [Register, Rulebook])
def test_no_step_of_register_or_rulebook_falls_over_in_a_preview(room: Chamber, model: Any) -> None:
    assert [fault for one in model.objects.select_related("territory") for fault in asked(one, {})] == []


def test_every_kind_of_subject_is_asked() -> None:
    assert set(ABOVE) == set(SubjectKind.values)
