"""From every state that a case comes to, by whatever grants, amendments and returns, there is a way on and an end."""

from __future__ import annotations

import os
from random import Random

import pytest

from proposals.models import Body, Proposal
from proposals.states import State
from tests.values.conftest import Desk
from tests.values.walk import ENDS, Walker, distances, moving
from workflows import papers
from workflows.attempt import Refused
from workflows.audit_bodies import bodies

SEEDS = range(200 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 6)


def test_every_state_has_a_row_that_leads_on() -> None:
    far = distances()
    assert set(far) == set(State.values)
    assert all(moving(state) for state in State.values if state not in ENDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_cases_wander_and_both_come_to_an_end(desk: Desk, monkeypatch, seed: int) -> None:
    """They look at the same bodies and posts, so that what one was promised may be gone when the other comes to it."""
    monkeypatch.setattr(papers, "package_reasons", lambda **_: ())
    rng = Random(seed)
    walkers = [Walker(desk, rng), Walker(desk, rng)]
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
