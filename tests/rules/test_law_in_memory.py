"""Law and calendar are held in memory by a word that every write of a row moves: never by a span of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from proposals.law import lawbook
from proposals.law import rows as rows_of_law
from proposals.law.lawbook import Law, Lawbook
from proposals.law.models import Provision
from proposals.ledger import law_triggers, triggers
from proposals.models import AuthorityRule, CalendarDay, CalendarNotice, Cap, Head, MeetingRule, Setting, Territory
from proposals.organisation import heads, working_days
from proposals.rulebook import calendar_notices, calendar_text
from tests import builders
from tests.builders import Office
from tests.databases import Database
from tests.organisation.notices import CITATION, NOTICE_2027
from workflows.audit.reading import chains

DAY = date(2026, 6, 1)
CITED = {"since": "2026-05-01", "citation": "细则"}
SWITCH = {"topic": "SWITCH", "item": "plates_at_most", "value": 3, **CITED}
RULE = {"kind": "", "op": "OTHER", "decider": "OFFICE", "mode": "APPROVE", **CITED}
CAP = {"counted": "ADMIN", "value": 470, "paper": "批复", **CITED}
NOTICE = {"year": 2027, "citation": CITATION}


@pytest.fixture
def office(db: None) -> Office:
    return builders.office_with_law()


def law(office: Office, on: date = DAY) -> Lawbook:
    return Lawbook.standing(territory=office.district, on=on)


def days() -> list[dict[str, Any]]:
    return calendar_text.primitives(calendar_text.read(text=NOTICE_2027, year=2027))


def meeting_rule() -> dict[str, Any]:
    old = MeetingRule.objects.get()
    return {"value": {**old.value, "circulation_days": 9}, "row": str(old.uuid), **CITED}


def ended() -> dict[str, Any]:
    row = Setting.objects.get(key="split_months")
    return {"table": "change_setting", "row": str(row.uuid), "until": "2026-05-31"}


# Each step of the rulebook that writes law or calendar, with what it is told.
STEPS: dict[str, Callable[[], dict[str, Any]]] = {
    "change_rule": lambda: RULE,
    "change_cap": lambda: CAP,
    "change_setting": lambda: SWITCH,
    "end_provision": ended,
    "change_meeting_rule": meeting_rule,
    "change_calendar": lambda: {**NOTICE, "days": days()},
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_that_writes_law_or_calendar_moves_the_word_and_what_is_read(office: Office, step: str) -> None:
    facts = STEPS[step]()
    before, known = heads.of(office.district.pk), Law.standing(office.district.pk)
    read = known.on(DAY).settings, known.on(DAY).caps, known.on(DAY).authority, known.calendar
    office.change(step, **facts)

    after, now = heads.of(office.district.pk), Law.standing(office.district.pk)
    assert (after.law != before.law, after.calendar != before.calendar) == (
        step != "change_calendar", step == "change_calendar"
    )  # fmt: skip
    seen = now.on(DAY).settings, now.on(DAY).caps, now.on(DAY).authority, now.calendar
    lawbook.forget()
    afresh = Law.standing(office.district.pk)
    assert seen == (afresh.on(DAY).settings, afresh.on(DAY).caps, afresh.on(DAY).authority, afresh.calendar)
    assert (seen == read) is (step == "change_meeting_rule")


def test_the_founding_of_law_and_calendar_moves_the_word(db: None) -> None:
    office = builders.found_office()
    before = heads.of(office.district.pk)
    assert not law(office).settings
    builders.adopt(office.district, "HAIBOWAN", office.actor("bianban1"), office.actor("zhuren"), at=office.now)
    assert law(office).settings and heads.of(office.district.pk).law != before.law
    calendar_notices.lay_calendar(calendar={**NOTICE, "days": days()})
    assert heads.of(office.district.pk).calendar != before.calendar and 2027 in working_days.known_years()


def test_no_table_of_law_or_calendar_is_left_out() -> None:
    provisions = {model._meta.db_table for model in apps.get_models() if issubclass(model, Provision)}
    assert set(law_triggers.LAW) == provisions
    assert set(law_triggers.CALENDAR) == {CalendarDay._meta.db_table, CalendarNotice._meta.db_table}


def territories(alias: str) -> list[Territory]:
    """Return two territories on a database."""
    plain = {"level": "DISTRICT", "office_name": "", "committee_name": "", "site_code": "", "profile": ""}
    return [Territory.objects.using(alias).create(path=f"/{name}/", name=name, **plain) for name in ("甲", "乙")]


def rows(scope: int) -> list[tuple[int, Any, dict[str, Any]]]:
    """Return a row to write for every table of law and calendar, with its scope and what is changed of it."""
    cited = {"territory_id": scope, "since": DAY, "citation": "细则"}
    return [
        (scope, AuthorityRule(**cited, decider="OFFICE", mode="APPROVE"), {"verified": True}),
        (scope, Cap(**cited, subject="ADMIN", value=1), {"value": 2}),
        (scope, Setting(**cited, topic="SWITCH", key="permit_days", value=1), {"value": 2}),
        (scope, MeetingRule(**cited, value={}), {"value": {"quorum": 1}}),
        (heads.CALENDAR, CalendarNotice(year=2031, citation="通知", digest="0" * 64), {"stands": False}),
        (heads.CALENDAR, CalendarDay(day=DAY, works=False, name="休", citation="通知"), {"works": True}),
    ]


def test_the_database_moves_the_word_whoever_writes_and_never_gives_one_twice(database: Database) -> None:
    alias = database.alias
    one, other = territories(alias)

    def words() -> dict[int, str]:
        return dict(Head.objects.using(alias).values_list("scope", "word"))

    given = [*words().values()]
    for scope, row, changed in rows(one.pk):
        written = type(row)._default_manager.using(alias)
        writes: list[Callable[[], Any]] = [
            lambda row=row: row.save(using=alias),
            lambda row=row, written=written, changed=changed: written.filter(pk=row.pk).update(**changed),
            lambda row=row, written=written: written.filter(pk=row.pk).delete(),
        ]
        for write in writes:
            before = words()
            with transaction.atomic(using=alias):
                write()
                given.append(words()[scope])
                transaction.set_rollback(True, using=alias)
            assert words() == before
            write()
            assert {name for name, word in words().items() if word != before.get(name)} == {scope}
            given.append(words()[scope])
    assert len(given) == len(set(given))
    moved = rows(one.pk)[1][1]
    moved.save(using=alias)
    before = words()
    Cap.objects.using(alias).update(territory=other)
    assert words()[one.pk] != before[one.pk] and other.pk not in before and words()[other.pk]


def test_a_migration_that_wrote_law_with_the_triggers_aside_gives_every_word_anew(database: Database) -> None:
    one, other = territories(database.alias)
    triggers.install(connections[database.alias])
    before = dict(Head.objects.using(database.alias).values_list("scope", "word"))
    assert set(before) == {heads.CALENDAR, one.pk, other.pk}
    triggers.install(connections[database.alias])
    after = Head.objects.using(database.alias).values_list("scope", "word")
    assert set(dict(after)) == set(before) and not set(dict(after).values()) & set(before.values())


def test_law_seen_inside_a_change_that_was_taken_back_is_not_remembered(office: Office) -> None:
    assert law(office).switch("permit_days") == 180
    with transaction.atomic():
        Setting.objects.filter(key="permit_days").update(value=90)
        assert law(office).switch("permit_days") == 90
        transaction.set_rollback(True)
    assert law(office).switch("permit_days") == 180
    Setting.objects.filter(key="permit_days").update(value=60)
    assert law(office).switch("permit_days") == 60


def test_what_moves_while_it_is_read_is_not_remembered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    known, read, changed = heads.of(office.district.pk).law, rows_of_law._read, []

    def meanwhile(territory_id: int) -> Any:
        found = read(territory_id)
        if not changed:
            changed.append(Setting.objects.filter(key="permit_days").update(value=90))
        return found

    lawbook.forget()
    monkeypatch.setattr(rows_of_law, "_read", meanwhile)
    assert law(office).switch("permit_days") == 90 and changed
    with pytest.raises(heads.Moved):
        rows_of_law._kept(office.district.pk, known)


def test_law_once_read_costs_one_statement_and_so_does_the_calendar(office: Office) -> None:
    law(office), working_days.standing()
    for ask in (lambda: law(office, date(2027, 3, 1)).settings, lambda: working_days.after(day=DAY, n=3)):
        with CaptureQueriesContext(connection) as statements:
            ask()
        assert len(statements) == 1
    with CaptureQueriesContext(connection) as statements:
        both = Law.standing(office.district.pk)
        assert both.calendar.after(day=DAY, n=3) and both.on(DAY).authority
    assert len(statements) == 1


def test_without_a_word_the_rows_are_read_each_time(office: Office) -> None:
    law(office)
    Head.objects.all().delete()
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            assert law(office).settings
        assert len(statements) == 4


def test_nobody_changes_what_is_remembered(office: Office) -> None:
    row = law(office).signing("beian"), law(office).settings[("SIGNING", "beian")]
    with pytest.raises(TypeError):
        row[1].value["reviewers"] = []
    with pytest.raises(AttributeError):
        row[1].value["committee_signers"].append("SYSTEM")
    with pytest.raises(AttributeError):
        row[1].value = None  # type: ignore[misc]
    with pytest.raises(TypeError):
        law(office).settings[("SIGNING", "beian")] = None  # type: ignore[index]


def test_threads_that_ask_at_once_are_told_the_same(office: Office) -> None:
    found, known, book = [], heads.of(office.district.pk), law(office)
    asking = [Thread(target=lambda: found.append(Law(office.district.pk, known).on(DAY).version)) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert found == [book.version] * 8


def test_an_audit_reads_the_rows_themselves(office: Office) -> None:
    assert law(office).switch("permit_days") == 180
    triggers.put_aside(connection)
    try:
        Setting.objects.filter(key="permit_days").update(value=9000)
        assert law(office).switch("permit_days") == 180
        assert any("permit_days" in said for said in chains.findings())
        assert law(office).switch("permit_days") == 9000
    finally:
        lawbook.forget()
        triggers.install(connection)
