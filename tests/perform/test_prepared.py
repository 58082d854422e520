"""A query that is compiled once finds what Django finds, every time anew, on every thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from unittest import mock

import pytest
from django.db import connection, connections
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from proposals.models import Appointment, Person, Proposal, Territory
from proposals.prepared import Prepared, PreparedIn
from tests import builders
from tests.databases import Database

DAY = date(2026, 9, 1)
HELD: Prepared[tuple[str, str]] = Prepared(
    lambda who, on: Appointment.objects.filter(person=who, since__lte=on).order_by("pk").values_list("duty", "path")
)
BY_UUID: Prepared[Proposal] = Prepared(
    lambda uuid: Proposal.objects.select_related("territory__parent").filter(uuid=uuid)
)
NAMED: PreparedIn[tuple[str]] = PreparedIn(
    lambda values, on: Appointment.objects.filter(person__id__in=values, since__lte=on).order_by("pk").values_list("pk")
)


@pytest.fixture
def case(db) -> Proposal:
    office = builders.office_with_law()
    return builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": builders.add_body(office, "甲局").uuid}])


def test_it_finds_what_django_finds_and_reads_anew(case: Proposal) -> None:
    found = BY_UUID.first(uuid=case.uuid)
    assert found == case
    assert found is not BY_UUID.first(uuid=case.uuid)
    Proposal.objects.filter(pk=case.pk).update(title="改了题目的动议")
    with CaptureQueriesContext(connection) as asked:
        again = BY_UUID.first(uuid=case.uuid)
        assert (again.title, again.territory.parent.level) == ("改了题目的动议", "CITY")
    assert len(asked) == 1


def test_each_use_has_its_own_values(case: Proposal) -> None:
    for person in Person.objects.order_by("pk")[:5]:
        rows = Appointment.objects.filter(person=person, since__lte=DAY).order_by("pk").values_list("duty", "path")
        assert HELD(who=person, on=DAY) == HELD(who=person.pk, on=DAY) == list(rows)
    assert HELD(who=person, on=date(1990, 1, 1)) == []


@pytest.mark.parametrize("given", [{}, {"uuid": None}, {"uuid": 1, "more": 2}])
def test_what_is_missing_too_much_or_nothing_is_refused(case: Proposal, given: dict) -> None:
    with pytest.raises(TypeError):
        BY_UUID(**given)


def test_every_thread_reads_by_its_own_connection(database: Database) -> None:
    by_path = Prepared(lambda path: Territory.objects.using(database.alias).filter(path=path).values_list("name"))

    def read(path: str) -> list[tuple[str]]:
        try:
            return by_path(path=path)
        finally:
            connections[database.alias].close()

    paths = [f"/t{n}/" for n in range(8)]
    for path in paths:
        Territory.objects.using(database.alias).create(path=path, name=path, level="CITY", site_code=path)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, paths * 4)) == [[(path,)] for path in paths * 4]


def test_how_columns_are_read_is_found_once_for_a_connection(case: Proposal) -> None:
    by_title: Prepared[Proposal] = Prepared(lambda title: Proposal.objects.filter(title=title))
    with mock.patch.object(
        SQLCompiler, "get_converters", autospec=True, side_effect=SQLCompiler.get_converters
    ) as find:
        found = [by_title.first(title=case.title) for _ in range(3)]
    assert find.call_count == 1
    stored = Proposal.objects.get(pk=case.pk)
    assert [(one and one.uuid, one and one.created_at) for one in found] == [(stored.uuid, stored.created_at)] * 3


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5])
def test_a_list_of_any_length_finds_what_django_finds(case: Proposal, n: int) -> None:
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:n])
    rows = Appointment.objects.filter(person__in=people, since__lte=DAY).order_by("pk").values_list("pk")
    assert NAMED(people, on=DAY) == list(rows)
    assert bool(rows) == bool(n)
