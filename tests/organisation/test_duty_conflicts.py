"""Duties that exclude each other are never held together, whoever writes the row, on both databases."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations

import pytest
from django.db import IntegrityError, transaction

from proposals.models import Appointment, CommitteeTerm, DutyConflict, Membership, Person, Setting, Territory
from proposals.organisation.duty_conflicts import clash
from proposals.organisation.duty_places import ADMINISTRATORS, CITY_DUTIES, UNIT_DUTIES
from proposals.vocabulary import Duty
from tests.databases import Database

CITY, HERE = "/a/", "/a/b/"
EARLY, DAY, LATE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)
DUTIES = tuple(duty for duty in Duty if duty != Duty.SYSTEM)


def place(duty: str) -> str:
    return f"{HERE}c/" if duty in UNIT_DUTIES else CITY if duty in CITY_DUTIES else HERE


def excluded(one: str, other: str) -> bool:
    """Return what the law says of two duties, told apart from its rows."""
    if one in ADMINISTRATORS or other in ADMINISTRATORS:
        return True
    return (one in CITY_DUTIES) != (other in CITY_DUTIES)


class Registry:
    """A person at a time in one of the two databases, and what he is appointed to."""

    def __init__(self, alias: str) -> None:
        self.alias, self.made = alias, 0

    def person(self) -> Person:
        self.made += 1
        person = Person(username=f"p{self.made}", name="某", post="某")
        person.save(using=self.alias)
        return person

    def appoint(self, person: Person, duty: str, since: date = DAY, until: date | None = None) -> bool:
        """Appoint a person by a plain row, and return whether the database took it."""
        row = Appointment(person_id=person.pk, duty=duty, path=place(duty), since=since, until=until)
        return self.taken(lambda: row.save(using=self.alias))

    def taken(self, write: Callable[[], object]) -> bool:
        try:
            with transaction.atomic(using=self.alias):
                write()
        except IntegrityError as refused:
            assert "DUTIES_EXCLUDE" in str(refused)
            return False
        return True


@pytest.fixture
def registry(database: Database) -> Iterator[Registry]:
    """One transaction for all that a test tries: a thousand commits would be a thousand flushes of the disk."""
    with transaction.atomic(using=database.alias):
        yield Registry(database.alias)
        transaction.set_rollback(True, using=database.alias)


def test_every_pair_is_taken_or_refused_as_the_law_says(registry: Registry) -> None:
    for one, other in combinations(DUTIES, 2):
        for first, second in ((one, other), (other, one)):
            person = registry.person()
            assert registry.appoint(person, first)
            assert registry.appoint(person, second) is not excluded(one, other), (first, second)


def test_one_after_the_other_is_no_clash_and_what_is_only_shortened_passes(registry: Registry) -> None:
    person = registry.person()
    assert registry.appoint(person, Duty.OFFICE_CLERK, EARLY, DAY)
    assert not registry.appoint(person, Duty.AUDITOR, DAY)
    assert registry.appoint(person, Duty.AUDITOR, LATE)
    rows = Appointment.objects.using(registry.alias).filter(person=person.pk)
    clerk, auditor = rows.filter(duty=Duty.OFFICE_CLERK), rows.filter(duty=Duty.AUDITOR)
    for longer in (
        lambda: clerk.update(until=None),
        lambda: clerk.update(until=LATE),
        lambda: auditor.update(since=DAY),
    ):
        assert not registry.taken(longer)
    assert not registry.taken(lambda: clerk.update(duty=Duty.SECADMIN, since=LATE, until=LATE))
    assert registry.taken(lambda: clerk.update(until=EARLY)) and registry.taken(lambda: auditor.update(until=LATE))


def test_a_member_is_not_silenced_and_an_administrator_gets_no_seat(registry: Registry) -> None:
    territory = Territory(path=HERE, level="DISTRICT", name="乙", office_name="乙", committee_name="乙", site_code="1")
    territory.save(using=registry.alias)
    term = CommitteeTerm(territory_id=territory.pk, name="一届", since=EARLY)
    term.save(using=registry.alias)

    def seat(person: Person, until: date | None = None) -> bool:
        row = Membership(
            term_id=term.pk, person_id=person.pk, role="MEMBER", order=registry.made, unit="乙", since=EARLY
        )
        row.until = until
        return registry.taken(lambda: row.save(using=registry.alias))

    member, auditor = registry.person(), registry.person()
    assert seat(member, DAY) and not registry.appoint(member, Duty.AUDITOR, DAY)
    assert registry.appoint(member, Duty.AUDITOR, LATE) and registry.appoint(auditor, Duty.SYSADMIN)
    assert not seat(auditor)
    seats = Membership.objects.using(registry.alias).filter(person=member.pk)
    assert not registry.taken(lambda: seats.update(until=None)) and registry.taken(lambda: seats.update(until=EARLY))


def test_a_territory_lets_two_administrators_be_one_with_its_reason_and_nothing_more(registry: Registry) -> None:
    territory = Territory(path=HERE, level="DISTRICT", name="乙", office_name="乙", committee_name="乙", site_code="1")
    territory.save(using=registry.alias)
    switch = Setting(
        territory_id=territory.pk,
        topic="SWITCH",
        key="administrators_combined",
        value=True,
        since=DAY,
        citation="小型编办",
    )
    switch.save(using=registry.alias)
    for one, other in combinations(ADMINISTRATORS, 2):
        person = registry.person()
        assert registry.appoint(person, one, DAY)
        assert registry.appoint(person, other, DAY) is ({one, other} != {Duty.SYSADMIN, Duty.AUDITOR})
        assert not registry.appoint(person, Duty.OFFICE_CLERK)
    early = registry.person()
    assert registry.appoint(early, Duty.SYSADMIN, EARLY) and not registry.appoint(early, Duty.SECADMIN, EARLY)
    Setting.objects.using(registry.alias).filter(pk=switch.pk).update(value=False)
    assert not registry.appoint(early, Duty.SECADMIN, DAY)


def test_a_conflict_that_is_law_no_more_counts_no_more(registry: Registry) -> None:
    DutyConflict.objects.using(registry.alias).update(until=DAY)
    for since, fits in ((DAY, False), (LATE, True)):
        person = registry.person()
        assert registry.appoint(person, Duty.OFFICE_CLERK, since)
        assert registry.appoint(person, Duty.AUDITOR, since) is fits


@pytest.mark.django_db
def test_what_a_step_is_told_is_what_the_database_keeps() -> None:
    for one, other in combinations(DUTIES, 2):
        assert bool(clash(duties=[one], duty=other, combined=False)) is excluded(one, other)
    assert all(row.citation and row.words for row in DutyConflict.objects.all())
    assert clash(duties=[], duty=Duty.AUDITOR, combined=False) == ""
