"""Which line leans on which, and what falls with a line that is not granted: along chains and in both orders."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID

import pytest

from proposals.plan import holding


class Line(SimpleNamespace):
    """A line with what it names; `given` is what is in force of it."""

    def __str__(self) -> str:
        return f"事项{self.position}"


def line(n: int, *, given: int = 1, position: int = 0, **names: int) -> Line:
    named = {name: UUID(int=names[name]) if name in names else None for name in ("named", "other", "row")}
    return Line(uuid=UUID(int=n), position=position or n, given=given, **named)


@pytest.fixture(autouse=True)
def _given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding.in_force, "of", lambda one, values: (values or {}).get(one.uuid, one.given))


def pairs(found) -> list[tuple[int, int]]:
    return [(one.line.uuid.int, one.base.uuid.int) for one in found]


def test_a_line_leans_on_what_makes_the_body_or_the_list_that_it_names_and_never_on_itself() -> None:
    lines = [line(1, named=1), line(2, named=1), line(3, other=1, named=9), line(4, row=1), line(5, named=1, other=1)]
    assert pairs(holding.leans(lines)) == [(2, 1), (3, 1), (4, 1), (5, 1)]
    assert pairs(holding.leans([line(6, named=1, other=2), line(1), line(2)])) == [(6, 1), (6, 2)]


@pytest.mark.parametrize(
    ("base", "leaning", "torn"),
    [(line(1), line(2, named=1), False), (line(1, given=0), line(2, named=1), True),
     (line(1, given=0), line(2, named=1, given=0), False), (line(1, position=3), line(2, named=1), True),
     (line(1, position=3), line(2, named=1, given=0), False), (line(1, position=2), line(2, named=1), False)],
)  # fmt: skip
def test_a_granted_line_is_torn_from_one_that_is_not_or_that_comes_later(base: Line, leaning: Line, torn: bool) -> None:
    assert pairs(holding.torn([base, leaning])) == ([(2, 1)] if torn else [])


def test_what_leans_falls_however_many_lines_stand_between() -> None:
    chain = [line(3, named=2), line(2, named=1), line(1, given=0), line(4, named=5), line(5)]
    assert holding.leaning_on_nothing(chain) == {str(UUID(int=2)), str(UUID(int=3))}
    assert holding.leaning_on_nothing(chain, {UUID(int=1): 1}) == set()
    assert holding.leaning_on_nothing(chain, {UUID(int=1): 1, UUID(int=5): 0}) == {str(UUID(int=4))}


def test_it_is_said_which_line_leans_and_what_to_do() -> None:
    lean = holding.Lean(line(2, named=1), line(1, given=0))
    assert holding.said_of(lean) == (
        "第2项「事项2」以第1项「事项1」为前提：第1项不予批准（填0）的，第2项也须填0；否则请保留第1项。"
    )
    assert holding.said_of(holding.Lean(line(2, named=1), line(1, position=3))) == (
        "第2项「事项2」须排在第3项「事项3」之后，请调整次序。"
    )
