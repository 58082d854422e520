"""The faults that are planted are faults, each in its place; the table of the core names what is there."""

from __future__ import annotations

import ast
from types import FunctionType
from typing import Any

import pytest

from proposals.committee.voting_rule import HALF, Share
from tests.architecture.source import ROOT
from tests.mutants import fork_server
from tests.mutants.__main__ import draw, verdict
from tests.mutants.fork_server import Fate
from tests.mutants.mutants import Mutant, mutants
from tests.mutants.mutators import MUTATORS
from tests.mutants.nearest import ROOMS

RULE = "proposals/committee/voting_rule.py"


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("a < b", {"a <= b", "a >= b"}), ("a == b", {"a != b"}), ("a in b", {"a not in b"}), ("a + 1", {"a - 1"}),
        ("a and b", {"a or b"}), ("not a", {"a"}), ("7", {"8", "6"}), ("0", {"1"}), ("True", {"False"}),
        ("a if b else c", {"a", "c"}), ("f(a, b)", {"f(b, a)"}), ("max(a, 2)", {"min(a, 2)"}), ("f(a, a)", set()),
        ("isinstance(a, b)", set()), ("'a'", set()),
    ],
)  # fmt: skip
def test_an_expression_has_its_faults(text: str, instead: set[str]) -> None:
    node = ast.parse(text, mode="eval").body
    assert {ast.unparse(made) for mutator in MUTATORS for made in mutator(node)} == instead


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("f(1)", {"pass"}), ("raise E", {"pass"}), ("continue", {"pass"}), ("return a", {"return None"}),
        ("a += 1", {"pass", "a -= 1"}), ("yield a", {"if False:\n    yield a"}), ("return None", set()),
        ("if a:\n    b", {"if False and a:\n    b"}), ("a = 1", set()),
    ],
)  # fmt: skip
def test_a_statement_has_its_faults(text: str, instead: set[str]) -> None:
    (node,) = ast.parse(text).body
    made = (ast.fix_missing_locations(ast.Module([one], [])) for mutator in MUTATORS for one in mutator(node))
    assert {ast.unparse(one) for one in made} == instead


def test_every_mutant_has_its_own_name_its_place_and_can_be_compiled() -> None:
    found = list(mutants(RULE))
    assert len({one.name for one in found}) == len(found) > 40
    assert {one.function for one in found} > {"Share.met", "Share.least", "usual_outcomes"}
    lines = (ROOT / RULE).read_text().splitlines()
    for one in found:
        assert one.lines[0] <= one.line <= one.lines[1] and lines[one.line - 1].strip()
        one.code()


def met() -> Mutant:
    return next(one for one in mutants(RULE) if one.function == "Share.met" and one.after == "n >= self.of(base)")


def test_a_planted_fault_works_in_what_was_imported_before() -> None:
    code = Share.met.__code__
    assert not HALF.met(2, 4)
    try:
        assert fork_server.plant(met(), fork_server._functions([str(ROOT / RULE)])) > 5
        assert HALF.met(2, 4)
    finally:
        Share.met.__code__ = code
    assert isinstance(Share.met, FunctionType) and not HALF.met(2, 4)


def test_the_table_names_modules_and_tests_that_are_there() -> None:
    assert [name for room in ROOMS for name in (*room.modules, *room.tests) if not (ROOT / name).exists()] == []
    assert 290 <= sum(room.mutants for room in ROOMS) <= 350


def test_the_draw_is_the_same_every_time_and_takes_every_kind_of_fault() -> None:
    room = ROOMS[0]
    drawn = draw(room, seed=1, share=1)
    assert drawn == draw(room, seed=1, share=1) != draw(room, seed=2, share=1)
    assert len(drawn) == room.mutants and draw(room, seed=1, share=0.1) == drawn[:5]
    assert {one.mutator for one in drawn} == {mutator.__name__ for mutator in MUTATORS}


def test_a_new_survivor_is_red_and_an_accepted_one_is_not(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    one = met()
    assert verdict([Fate(one, by="a test")]) == 0
    assert verdict([Fate(one)]) == 1
    monkeypatch.setattr("tests.mutants.__main__.EQUIVALENTS", {one.name: "a reason"})
    assert verdict([Fate(one), Fate(one, by="a test")]) == 0
    assert "2 mutants, 1 killed, 1 accepted, 0 new survivors" in capsys.readouterr().out
