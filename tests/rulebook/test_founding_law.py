"""Founding law is no exception: one person draws a profile up, another confirms it, and the chain can prove it."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from proposals.models import AuthorityRule, Cap, Entry, MeetingRule, RuleChange, Setting, Territory
from proposals.rulebook import profiles
from tests import builders
from tests.builders import Office
from workflows.attempt import Refused
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
LAW = (AuthorityRule, Cap, Setting)


@pytest.fixture
def office() -> Office:
    """An office with people and a committee, and no law yet."""
    return builders.found_office()


def facts(profile: str = "HAIBOWAN", **changed: Any) -> dict[str, str]:
    usual = {"profile": profile, "digest": profiles.digest(profiles.rows("HAIBOWAN")), "since": "2019-01-01"}
    return {**usual, "reason": "建立办事规则", "change": str(uuid.uuid4()), **changed}


def rows() -> int:
    return sum(table.objects.count() for table in LAW)


def refusal(office: Office, step: str, who: str, **given: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        office.rule(step, who, **given)
    return refused.value.codes


def test_a_profile_is_law_only_after_another_person_confirmed_it(office: Office) -> None:
    drawn = facts()
    office.rule("adopt_profile", "bianban1", **drawn)
    assert rows() == 0
    assert refusal(office, "confirm_change", "bianban1", change=drawn["change"]) >= {"NOT_YOURS"}
    office.rule("confirm_change", "zhuren", change=drawn["change"])
    assert rows() == sum(len(own) for own in profiles.rows("HAIBOWAN").values()) > 100
    change = RuleChange.objects.get(uuid=drawn["change"])
    assert all(row.change == change for table in LAW for row in table.objects.all())
    assert list(chains.findings()) == []


def test_nobody_confirms_the_law_that_he_drew_up(office: Office) -> None:
    drawn = facts()
    office.rule("adopt_profile", "zhuren", **drawn)
    assert refusal(office, "confirm_change", "zhuren", change=drawn["change"]) == {"SAME_PERSON"}
    office.rule("decline_change", "hegao", change=drawn["change"], remark="限额未核对")
    assert rows() == 0


@pytest.mark.parametrize("name", profiles.names())
def test_an_auditor_recomputes_the_digest_from_the_shipped_profile(office: Office, name: str) -> None:
    builders.adopt(office.district, name, office.actor("bianban1"), office.actor("zhuren"))
    told = json.loads(Entry.objects.get(step="adopt_profile").body)["facts"]
    assert (told["profile"], told["digest"]) == (name, profiles.digest(profiles.rows(name)))
    assert list(chains.findings()) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"profile": "NOWHERE"}, "NO_SUCH_PROFILE"),
        ({"digest": "0" * 64}, "PROFILE_CHANGED"),
        ({"profile": "FUSHAN"}, "PROFILE_CHANGED"),
        ({"since": ""}, "FACT_MISSING"),
    ],
)
def test_what_was_not_shown_is_not_adopted(office: Office, changed: dict[str, str], code: str) -> None:
    assert refusal(office, "adopt_profile", "bianban1", **facts(**changed)) == {code}
    assert rows() == 0


def test_law_is_founded_once(office: Office) -> None:
    first, second = facts(), facts()
    for drawn in (first, second):
        office.rule("adopt_profile", "bianban1", **drawn)
    office.rule("confirm_change", "zhuren", change=first["change"])
    before = rows()
    assert refusal(office, "confirm_change", "zhuren", change=second["change"]) == {"LAW_STANDS"}
    assert refusal(office, "adopt_profile", "bianban1", **facts()) == {"LAW_STANDS"}
    assert rows() == before


def test_a_single_row_that_came_first_is_law_too(office: Office) -> None:
    drawn = facts()
    office.rule("adopt_profile", "bianban1", **drawn)
    office.change("change_cap", counted="ADMIN", value=461, paper="批复", since="2026-01-01", citation="市级核定")
    assert refusal(office, "confirm_change", "zhuren", change=drawn["change"]) == {"LAW_STANDS"}


def test_a_later_day_holds_for_every_row_of_an_earlier_one(office: Office) -> None:
    drawn = facts(since="2026-02-01")
    office.rule("adopt_profile", "bianban1", **drawn)
    office.rule("confirm_change", "zhuren", change=drawn["change"])
    days = {row.since for table in LAW for row in table.objects.all()}
    assert days == {date(2026, 2, 1)}
    assert list(chains.findings()) == []


def test_the_demonstration_district_is_founded_by_two_people_and_once() -> None:
    for _ in range(2):
        call_command("load_district", skip_checks=True, verbosity=0)
    district = Territory.objects.get(path="/wuhai/haibowan/")
    found = {
        change.table: (change.drawn_by.username, change.settled_by.username) for change in RuleChange.objects.all()
    }
    assert found == {"adopt_profile": ("bianban1", "zhuren"), "change_meeting_rule": ("bianban1", "zhuren")}
    assert MeetingRule.objects.get(territory=district).change.table == "change_meeting_rule"
    assert AuthorityRule.objects.filter(territory=district, change__table="adopt_profile").exists()
    assert list(chains.findings()) == []
