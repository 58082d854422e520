"""Queries that are read together find what each finds alone, in its order, on both databases."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db.models import FloatField, Value

from proposals.case.lifecycle import CaseStep
from proposals.case.snapshots import ANSWERS, UPLOADS
from proposals.models import Answer, Appointment, Entry, Person, Proposal
from proposals.prepared import Prepared, PreparedIn
from proposals.read_together import read_together
from tests import builders
from tests.databases import Database
from tests.statements import counted
from workflows.attempt import Ref
from workflows.perform import perform

CASE: Prepared[Proposal] = Prepared(
    lambda uuid: Proposal.objects.select_related("territory__parent", "drafter").filter(uuid=uuid)
)
ENTRIES: Prepared[Entry] = Prepared(lambda subject: Entry.objects.filter(subject_id=subject).order_by("-seq"))
NEWEST: Prepared[tuple[int, str]] = Prepared(
    lambda subject: Entry.objects.filter(subject_id=subject).order_by("-seq").values_list("seq", "step")[:1]
)
HELD: PreparedIn[Appointment] = PreparedIn(
    lambda values: Appointment.objects.filter(person__id__in=values).order_by("-person__name", "-pk")
)


CHILD = "import django; django.setup(); from tests.perform import test_read_together as it; it.compare(it.made())"


def made() -> Proposal:
    """Send a case to the office whose answers hold what JSON writes otherwise."""
    office = builders.office_with_law()
    case = builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": builders.add_body(office, "甲局").uuid}])
    Answer.objects.filter(proposal=case).update(text='第一行\n"引号"\\，第二行：𠮷')
    seen, actor, at = Proposal.objects.get(pk=case.pk).concern, office.actor("bianban1"), office.tick()
    perform(subject=Ref("case", case.uuid), step=CaseStep.SEND_TO_OFFICE, actor=actor, at=at, key=uuid4(), seen=seen)
    return Proposal.objects.get(pk=case.pk)


@pytest.fixture
def case(db) -> Proposal:
    return made()


def said(row: object) -> object:
    """Return everything that a row says, of the rows selected with it too."""
    return row if isinstance(row, tuple) else {
        name: said(value) if hasattr(value, "_meta") else value
        for name, value in [
            *((one.attname, getattr(row, one.attname)) for one in row._meta.concrete_fields),
            *((name, one) for name, one in row._state.fields_cache.items() if one is not None),
        ]
    }  # fmt: skip


def compare(case: Proposal) -> None:
    """Read six queries one by one and in one statement, and assert that they find the same."""
    people = list(Person.objects.values_list("pk", flat=True))
    subject = case.uuid
    alone = (
        CASE(uuid=subject), ANSWERS(case=case), UPLOADS(case=case), ENTRIES(subject=subject), NEWEST(subject=subject),
        HELD(people),
    )  # fmt: skip
    with counted() as sent:
        together = read_together(
            CASE.ask(uuid=subject), ANSWERS.ask(case=case), UPLOADS.ask(case=case), ENTRIES.ask(subject=subject),
            NEWEST.ask(subject=subject), HELD.ask(people),
        )  # fmt: skip
    assert len(sent) == 1
    assert [list(map(said, rows)) for rows in together] == [list(map(said, rows)) for rows in alone]
    assert all(together)
    assert len(together[-1]) == Appointment.objects.count()


def test_each_query_finds_what_it_finds_alone_in_one_statement(database: Database) -> None:
    database.run("-c", CHILD)


def test_nothing_is_found_where_nothing_is(case: Proposal) -> None:
    assert read_together(ENTRIES.ask(subject=uuid4()), NEWEST.ask(subject=uuid4())) == ([], [])


def test_rows_are_read_anew_at_every_use(case: Proposal) -> None:
    (before,) = read_together(ANSWERS.ask(case=case))
    Answer.objects.filter(proposal=case).update(text="改")
    (after,) = read_together(ANSWERS.ask(case=case))
    assert {one.text for one in before} != {one.text for one in after} == {"改"}


def test_what_json_cannot_say_exactly_and_what_is_not_asked_are_refused(case: Proposal) -> None:
    odd: Prepared[Proposal] = Prepared(
        lambda uuid: Proposal.objects.filter(uuid=uuid).annotate(odd=Value(0.1, FloatField()))
    )
    with pytest.raises(TypeError, match="FloatField"):
        read_together(odd.ask(uuid=case.uuid))
    with pytest.raises(TypeError):
        CASE.ask(case=case.uuid)
    with pytest.raises(TypeError, match="empty"):
        HELD.ask([])
    with pytest.raises(TypeError):
        read_together(CASE.ask(uuid=None))
