"""Whether lines hold together: which leans on which, and whether a combination of values can be carried out as a whole.

A line leans on the line that creates the body, or the list, that it names. Everything else that one line needs of
another (posts that are freed, people who go along, a place under a cap) shows when the plan is tried with the values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from proposals.case.values import in_force
from proposals.case.values.in_force import Values
from proposals.plan import trial

if TYPE_CHECKING:
    from proposals.case.lines import ChangeLine
    from proposals.case.models import Proposal


class Lean(NamedTuple):
    """A line and the line without which it means nothing."""

    line: ChangeLine
    base: ChangeLine


def leans(lines: Sequence[ChangeLine]) -> Iterator[Lean]:
    """Yield every line with the lines of the same case that make what it names."""
    made = {line.uuid: line for line in lines}
    for line in lines:
        for named in dict.fromkeys((line.named, line.other, line.row)):
            if named in made and named != line.uuid:
                yield Lean(line, made[named])


def torn(lines: Sequence[ChangeLine], values: Values | None = None) -> Iterator[Lean]:
    """Yield what leans on a line that is not granted, or that comes only after it, and is granted all the same."""
    for lean in leans(lines):
        given = in_force.of(lean.line, values)
        if given and (not in_force.of(lean.base, values) or lean.base.position > lean.line.position):
            yield lean


def leaning_on_nothing(lines: Sequence[ChangeLine], values: Values | None = None) -> set[str]:
    """Return the lines that fall with the lines that are not granted, however many stand between them."""
    fallen = {line.uuid for line in lines if not in_force.of(line, values)}
    found: set[str] = set()
    while more := [one.line for one in leans(lines) if one.base.uuid in fallen and one.line.uuid not in fallen]:
        fallen |= {line.uuid for line in more}
        found |= {str(line.uuid) for line in more}
    return found


def said_of(lean: Lean, values: Values | None = None) -> str:
    """Say which line leans on which, and what to do."""
    line, base = lean
    if in_force.of(base, values):
        return f"第{line.position}项「{line}」须排在第{base.position}项「{base}」之后，请调整次序。"
    return (
        f"第{line.position}项「{line}」以第{base.position}项「{base}」为前提：第{base.position}项不予批准（填0）的，"
        f"第{line.position}项也须填0；否则请保留第{base.position}项。"
    )


def objections(*, case: Proposal, on: date, values: Values | None = None) -> Iterator[str]:
    """Say in full sentences why what a decision would put in force cannot be carried out; nothing means that it can.

    What is tried is the whole plan, on the day, with what the case has reserved.
    """
    lines = case.change_lines
    said = [said_of(lean, values) for lean in torn(lines, values)]
    yield from dict.fromkeys(said)
    if said or case.effective:
        return
    position = {line.uuid: line.position for line in lines}
    for short in trial.of_case(case=case, as_of=on, values=values).shortfalls:
        yield f"按所填数额，第{position[short.line]}项不能执行：{short.message}"
