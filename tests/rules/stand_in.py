"""A case as the clauses see it, made by hand: what a clause does not ask for need not be said."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from proposals.case.particulars.table import Particulars
from proposals.rules.base import Finding, Rule

DAY = date(2026, 3, 10)
FIRST, SECOND, THIRD = (UUID(int=n) for n in (1, 2, 3))
NAMES = {FIRST: "甲中心", SECOND: "乙局", THIRD: "丙街道", None: ""}


class StandIn(SimpleNamespace):
    """Answers a clause; `switches` are the settings of the rulebook, `severities` its strengths by clause."""

    def name(self, body: UUID | None) -> str:
        """Return a body's name."""
        return NAMES[body]


def view(*, kind: str = "OTHER", switches: dict[str, Any] | None = None, **known: Any) -> StandIn:
    """Return a case of the kind on DAY, of no lines unless they are given."""
    severities = known.pop("severities", {})
    lawbook = SimpleNamespace(
        switch=lambda name: (switches or {})[name], severity=severities.get, caps=known.pop("caps", {}),
        patterns=lambda **of: known.get("patterns", []),
    )  # fmt: skip
    usual: dict[str, Any] = {
        "on": DAY, "lines": [], "route": [],
        "earlier": lambda since: [], "problems": [], "borrowed": [], "step": "", "rows": {},
        "intents": {}, "answers": {}, "exceptions": (),
        "cured": frozenset(), "concerned": frozenset({FIRST, SECOND, THIRD}),
        "kind": SimpleNamespace(code=kind), "case": SimpleNamespace(kind=kind, territory=SimpleNamespace(name="某区")),
        "lawbook": lawbook,
    }  # fmt: skip
    return StandIn(**{**usual, **known})


def line(op: str, target: UUID | None = FIRST, other: UUID | None = None, **more: Any) -> Any:
    """Return a change line as a clause reads it."""
    usual = {"unit": "", "amount": 1, "requested": 1, "params": {}, "row": None, "uuid": uuid.uuid4(), "remark": ""}
    told = {**usual, **more}
    return SimpleNamespace(op=op, target=target, other=other, says=Particulars(told["params"]), **told)


def said(rule: type[Rule], case: StandIn) -> list[str]:
    """Return the sentences of what a clause finds."""
    return [found.message for found in findings(rule, case)]


def findings(rule: type[Rule], case: StandIn) -> Iterator[Finding]:
    """Return what a clause finds."""
    return rule().check(case)  # type: ignore[arg-type]
