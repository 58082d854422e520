"""How the lines of a case name their bodies where a name alone may mean another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from proposals.case.lines import ChangeLine
from proposals.organisation import body_words


def placed(lines: Iterable[ChangeLine], *, on: date) -> list[ChangeLine]:
    """Return change lines as a page shows them: each knows its body's place where the name alone may mean another."""
    shown = list(lines)
    known = body_words.places(bodies={line.body_id for line in shown if line.body_id}, on=on)
    for line in shown:
        line.place = known.get(line.body_id or 0, "")
    return shown
