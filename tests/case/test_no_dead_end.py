"""From every state that a case comes to, by whatever grants, amendments and returns, there is a way on and an end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from proposals.case.lifecycle import CASE_STEPS
from proposals.models import Body, Proposal
from proposals.vocabulary import State
from tests.case import walk
from tests.case.conftest import Desk
from tests.case.walk import ENDS, Walker, distances, moving
from tests.web.conftest import undone
from workflows.attempt import Refused
from workflows.audit.bodies import bodies
from workflows.papers import of_steps

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
SEEDS = range(200 if DEEP else 4)
# What only one of two cases can have.
UNDER, OVER = (
    {"op": "REAFFILIATE", "body": one, "counterpart": other}
    for one, other in (("乙中心", "甲中心"), ("甲中心", "乙中心"))
)
# How many steps of all walks led there at least: a walk that idles in the office's own rooms proves nothing.
OFTEN = (
    ((State.FILED,), 2),
    ((State.PARTY_COMMITTEE,), 1),
    ((State.RETURNED, State.CITY_RETURNED), 3),
    ((State.DISPATCHING_DOWN,), 3),
    ((State.ARCHIVED,), 6),
)


@pytest.fixture
def lone(db, settings, tmp_path, monkeypatch) -> None:
    """Let walks begin from an empty database of their own, and let packages be taken for made."""
    settings.ARCHIVE_ROOT = tmp_path / "archive"
    monkeypatch.setattr(of_steps, "package_reasons", lambda **_: ())


def walked(seeds: Iterable[int], monkeypatch, *asked: Mapping[str, Any]) -> Counter[str]:
    """Walk once for every seed, each in a world that is undone, and return how often each state was come to."""
    reached = Counter[str]()
    for seed in seeds:
        with undone():
            desk = Desk()
            monkeypatch.setattr(timezone, "now", lambda office=desk.office: office.now)
            try:
                wander(desk, Random(seed), reached, *asked)
            except AssertionError as fault:
                fault.add_note(f"seed {seed}")
                raise
    return reached


def wander(desk: Desk, rng: Random, reached: Counter[str], *asked: Mapping[str, Any]) -> None:
    """Let two cases look at the same bodies: what one was promised may be gone when the other comes to it."""
    lines = [(one,) for one in asked] or [(), ()]
    walkers = [Walker(desk, rng, reached, *of_case) for of_case in lines]
    for _ in range(36):
        open_ones = [walker for walker in walkers if walker.now.state not in ENDS]
        if not open_ones:
            break
        if rng.random() < 0.1:
            disturb(desk, rng)
        rng.choice(open_ones).wander()
    for walker in walkers:
        walker.finish()
    assert set(Proposal.objects.values_list("state", flat=True)) <= set(ENDS)
    assert list(bodies()) == []


def disturb(desk: Desk, rng: Random) -> None:
    """Let somebody come or go meanwhile."""
    body = rng.choice(list(Body.objects.filter(code__in=("Z01", "Z02"))))
    facts = {"body": str(body.uuid), "unit": "PSU_FULL", "count": rng.randint(1, 2), "paper": "人事通知"}
    try:
        desk.office.enter(rng.choice(["enrol", "leave"]), "bianban1", **facts)
    except Refused:
        return


def test_every_state_has_a_row_that_leads_on() -> None:
    far = distances()
    assert set(far) == set(State.values)
    assert all(moving(state) for state in State.values if state not in ENDS)


def test_two_cases_wander_and_both_come_to_an_end(lone, monkeypatch) -> None:
    reached = walked(SEEDS, monkeypatch)
    told = "，".join(f"{State(state).label}{times}次" for state, times in reached.most_common())
    print(f"{len(SEEDS)}次走查：{told}")
    few = [where for where, least in OFTEN if sum(reached[state] for state in where) < least * len(SEEDS) // 4]
    assert few == [], told


def test_the_same_walk_finds_the_dead_end_when_the_way_back_is_taken_away(lone, monkeypatch) -> None:
    """Each of two bodies may come under the other: what was granted to the second has become impossible."""
    seeds = range(2)
    walked(seeds[:1], monkeypatch, UNDER, OVER)
    monkeypatch.setattr(walk, "CASE_STEPS", tuple(row for row in CASE_STEPS if row.step != "reopen_decision"))
    with pytest.raises(AssertionError, match="没有出路|没有办完"):
        walked(seeds, monkeypatch, UNDER, OVER)
