"""What may happen next is asked of django-fsm: beside the table nobody reads from which states a step starts."""

from __future__ import annotations

import ast

import pytest

from proposals.case.models import Proposal
from proposals.case.steps.book import STEPS
from proposals.procedure.steps import following
from proposals.vocabulary import State
from tests.architecture.source import ROOMS, Module, modules

# The table hands its rows to django-fsm; a step that moves no state is asked of its row; the documents draw the table.
OF_THE_TABLE = frozenset({"proposals/procedure/table.py", "proposals/procedure/steps.py", "project/describing.py"})


def read_beside(module: Module) -> list[str]:
    """Return where a module looks up the sources of a row by itself."""
    reads = [node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute) and node.attr == "sources"]
    return [f"{module.path}:{node.lineno}" for node in reads] if module.path not in OF_THE_TABLE else []


@pytest.mark.parametrize("room", ROOMS)
def test_nobody_reads_the_sources_of_a_row_beside_django_fsm(room: str) -> None:
    assert [found for module in modules(room) for found in read_beside(module)] == []


def test_a_page_that_reads_them_by_itself_is_found() -> None:
    assert read_beside(Module("seeded.py", "open_ = [row for row in ROWS\n if case.state in row.sources]")) == [
        "seeded.py:2"
    ]


@pytest.mark.parametrize("state", State)
def test_what_follows_is_what_the_lock_lets_pass(state: str) -> None:
    case = Proposal(state=state)
    assert {row.step for row in following(STEPS, case)} == {name for name, one in STEPS.items() if one.is_open(state)}


def test_a_step_that_django_fsm_does_not_know_does_not_follow() -> None:
    case, moves = Proposal(state=State.DRAFT), Proposal._meta.get_field("state").transitions[Proposal]
    assert "send_to_office" in {row.step for row in following(STEPS, case)}
    kept = moves.pop("send_to_office")
    try:
        assert "send_to_office" not in {row.step for row in following(STEPS, case)}
    finally:
        moves["send_to_office"] = kept
