"""The demonstration district adds up to the figures of the founding report, and case A can be carried out on it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from project.web.management.commands.load_district import DATA
from proposals.ledger import balances
from proposals.models import Body, BodyVersion, Posting, Territory
from proposals.vocabulary import LeaderLevel, QuotaType

ON = date(2026, 3, 1)
ORGANS = ("PARTY_ORGAN", "GOVERNMENT_ORGAN")


@pytest.fixture
def district(loaded: None, db: None) -> Territory:
    """The loaded district, lent to one test."""
    return Territory.objects.get(path="/wuhai/haibowan/")


def test_bodies_and_posts_add_up_to_the_report(district: Territory) -> None:
    standing = BodyVersion.objects.standing(on=ON).filter(body__territory=district)
    count = Counter(standing.values_list("category", flat=True))
    assert (count["PARTY_ORGAN"], count["GOVERNMENT_ORGAN"], count["COORDINATION"]) == (11, 24, 9)
    assert (count["TOWN"], count["STREET"]) == (1, 6)
    sums = balances.by_category(territory=district, as_of=ON)
    of_organs = {
        unit: sum(sums[category, unit].approved for category in ORGANS)
        for unit in (QuotaType.ADMIN, *LeaderLevel)
        if ("PARTY_ORGAN", unit) in sums
    }
    assert of_organs == {"ADMIN": 461, "SECTION_CHIEF": 79, "SECTION_DEPUTY": 169}
    assert (sums["TOWN", "SECTION_CHIEF"].approved, sums["TOWN", "SECTION_DEPUTY"].approved) == (3, 8)
    assert (sums["STREET", "SECTION_CHIEF"].approved, sums["STREET", "SECTION_DEPUTY"].approved) == (18, 36)
    totals = balances.totals(territory=district, as_of=ON)
    assert (totals["SECTION_CHIEF"], totals["SECTION_DEPUTY"]) == ((100, 0), (213, 0))
    assert totals["PARTY_ORGAN"][0] + totals["GOVERNMENT_ORGAN"][0] == 35


def test_no_place_is_left_for_a_36th_organ(district: Territory) -> None:
    for category in ORGANS:
        assert balances.totals(territory=district, as_of=ON)[category][1] == 0


def test_every_street_has_five_offices_and_one_centre_with_three_plates(district: Territory) -> None:
    for street in BodyVersion.objects.standing(on=ON).filter(body__territory=district, category="STREET"):
        below = BodyVersion.objects.standing(on=ON).filter(parent=street.body)
        assert Counter(below.values_list("category", flat=True)) == {"INNER": 5, "PSU": 1}
        assert len(below.get(category="PSU").plates) == 3


def test_givers_and_receivers_of_case_a_stand_ready(district: Territory) -> None:
    case = json.loads((DATA / "case_a.json").read_text(encoding="utf-8"))
    bodies = {v.name: v.body for v in BodyVersion.objects.standing(on=ON).select_related("body")}
    asked: Counter[str] = Counter()
    for line in case["lines"]:
        assert line["to"] in bodies
        asked[line["from"]] += line["n"] - line.get("people", 0)
    assert sum(line["n"] for line in case["lines"]) == 33
    for name, n in asked.items():
        assert (
            balances.balance(accounts=bodies[name].accounts.filter(unit="PSU_FULL", compartment="VACANT"), as_of=ON)
            >= n
        )
    giver = balances.standing(territory=district, as_of=ON, bodies=[bodies["区农牧业技术服务中心"]])
    (numbers,) = [value for (_, unit), value in giver.items() if unit == "PSU_FULL"]
    assert (numbers.approved, numbers.actual, numbers.vacant) == (30, 28, 2)


def test_loading_twice_loads_once(district: Territory) -> None:
    before = Body.objects.count(), Posting.objects.count()
    call_command("load_district", skip_checks=True)
    assert (Body.objects.count(), Posting.objects.count()) == before


def test_the_day_before_the_opening_nothing_stands(district: Territory) -> None:
    assert balances.totals(territory=district, as_of=date(2020, 6, 29)) == {}
