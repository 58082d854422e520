"""Law that no two people laid down: two look at every row, answer for it, and the audit is clean."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from proposals.models import AuthorityRule, Cap, MeetingRule, RuleChange, Setting
from proposals.rulebook import profiles, standing_law
from tests import builders
from tests.builders import Office
from workflows.attempt import Refused
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TABLES = (AuthorityRule, Cap, Setting, MeetingRule)


@pytest.fixture
def office() -> Office:
    """An office whose law stands as an older release left it: rows of every table, and nobody's change."""
    office = builders.found_office()
    since, content = date(2019, 1, 1), profiles.rows("HAIBOWAN")
    for row in profiles.provisions(territory=office.district, content=content, since=since):
        row.save()
    first = MeetingRule.objects.get(territory=office.district)
    MeetingRule.objects.create(
        territory=office.district, value=first.value, citation=first.citation, since=since, until=first.since - DAY
    )
    return office


def draw(office: Office, who: str = "bianban1", **changed: str) -> str:
    identity = str(uuid.uuid4())
    digest = standing_law.digest(standing_law.rows(office.district))
    office.rule("take_over_law", who, **{"digest": digest, "reason": "升级后承接", "change": identity, **changed})
    return identity


def refusal(office: Office, step: str, who: str, **given: str) -> set[str]:
    with pytest.raises(Refused) as refused:
        office.rule(step, who, **given)
    return refused.value.codes


def unproven() -> list[str]:
    return [str(found) for found in chains.findings() if "没有两人办理的变更" in str(found)]


def standing() -> int:
    return sum(table.objects.count() for table in TABLES)


def test_two_people_take_over_every_row_and_none_is_unproven(office: Office) -> None:
    said = standing_law.rows(office.district)
    n = sum(len(rows) for rows in said.values())
    assert len(unproven()) == n == standing() - 1 > 100 and len(said) == len(TABLES)
    change = draw(office)
    assert len(unproven()) == n
    assert refusal(office, "confirm_change", "bianban1", change=change) >= {"NOT_YOURS"}
    office.rule("confirm_change", "zhuren", change=change)
    assert unproven() == [] and standing_law.rows(office.district) == {} and standing() == n + 1
    taken = RuleChange.objects.get(uuid=change)
    assert sum(table.objects.filter(change=taken).count() for table in TABLES) == n
    assert taken.content["rows"] == said and list(chains.findings()) == []


def test_a_row_taken_over_is_held_against_what_was_seen(office: Office) -> None:
    office.rule("confirm_change", "zhuren", change=draw(office))
    cap = Cap.objects.filter(territory=office.district).earliest("pk")
    Cap.objects.filter(pk=cap.pk).update(value=cap.value + 1)
    assert any("与所据变更不符" in str(found) for found in chains.findings())
    Cap.objects.filter(pk=cap.pk).update(value=cap.value, until=date(2030, 12, 31))
    assert any("废止日期没有相应的变更" in str(found) for found in chains.findings())
    Cap.objects.filter(pk=cap.pk).delete()
    assert any("形成的条目缺少1条" in str(found) for found in chains.findings())


def test_a_last_day_that_stood_already_is_taken_over_with_the_row(office: Office) -> None:
    ended = Cap.objects.filter(territory=office.district).earliest("pk")
    Cap.objects.filter(pk=ended.pk).update(until=ended.since + timedelta(days=900))
    office.rule("confirm_change", "zhuren", change=draw(office))
    assert list(chains.findings()) == []


def test_what_moved_since_it_was_shown_or_drawn_up_is_not_taken_over(office: Office) -> None:
    assert refusal(office, "take_over_law", "bianban1", digest="0" * 64, reason="无", change=str(uuid.uuid4())) == {
        "STANDING_CHANGED"
    }
    change = draw(office)
    Cap.objects.filter(territory=office.district).earliest("pk").delete()
    assert refusal(office, "confirm_change", "zhuren", change=change) == {"STANDING_CHANGED"}
    office.rule("decline_change", "zhuren", change=change, remark="已有变化")
    office.rule("confirm_change", "zhuren", change=draw(office))
    assert refusal(office, "take_over_law", "bianban1", digest="0" * 64, reason="无", change=str(uuid.uuid4())) == {
        "NOTHING_TO_TAKE_OVER"
    }


def test_one_of_two_drawn_up_at_once_takes_over(office: Office) -> None:
    first, second = draw(office), draw(office, "bianban2")
    office.rule("confirm_change", "zhuren", change=second)
    assert refusal(office, "confirm_change", "zhuren", change=first) == {"STANDING_CHANGED"}
