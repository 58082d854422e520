"""The value in force of a line: granted before decided before requested, and what the city gave of another type."""

import uuid

from proposals.case.values import in_force
from proposals.case.values.in_force import Share, Values
from proposals.models import ChangeLine

CHIEF, DEPUTY = "SECTION_CHIEF", "SECTION_DEPUTY"


def line(**given: object) -> ChangeLine:
    return ChangeLine(uuid=uuid.uuid4(), op="LEADER_ADD", unit=DEPUTY, **given)


def test_the_last_decision_counts() -> None:
    assert in_force.of(line(requested=3)) == (Share(DEPUTY, 3),)
    assert in_force.of(line(requested=3, decided=2)) == (Share(DEPUTY, 2),)
    assert in_force.of(line(requested=3, decided=2, granted=1)) == (Share(DEPUTY, 1),)
    assert in_force.of(line(requested=3, decided=2, granted=0)) == ()


def test_another_type_stands_in_place_of_the_one_asked_for_or_beside_it() -> None:
    given = {"requested": 2, "decided": 2, "granted_unit": CHIEF, "granted_instead": 1, "granted_wording": "核定1正"}
    assert in_force.of(line(granted=0, **given)) == (Share(CHIEF, 1),)
    assert in_force.of(line(granted=1, **given)) == (Share(DEPUTY, 1), Share(CHIEF, 1))


def test_what_is_tried_goes_before_what_is_in_force() -> None:
    one = line(requested=2, granted=0, granted_unit=CHIEF, granted_instead=1, granted_wording="核定1正")
    assert in_force.of(one, in_force.AS_LAID) == ()
    assert in_force.of(one, Values({str(one.uuid): 2}, {})) == (Share(DEPUTY, 2),)


def test_facts_that_say_nothing_of_the_lines_try_nothing() -> None:
    assert in_force.said({"number": "乌编办〔2026〕9号"}) is None
    assert in_force.said({"granted": {"x": 0}}) == Values({"x": 0}, {})
    assert in_force.said({"instead": {"x": {"unit": CHIEF, "n": 1}}, "wording": "核定1正"}) == Values(
        {}, {"x": Share(CHIEF, 1)}, "核定1正"
    )
