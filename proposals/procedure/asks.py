"""What a step asks of the person who takes it; the form is built from this and judge refuses what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from proposals.procedure.reasons import Reason
from proposals.vocabulary import UNIT_LABELS

TEXT, LINE, DAY, COUNT, CHOICE, MANY, UPLOAD, PAPER, VALUES, YES, PERSON, INSTEAD, BODY = (
    "text", "line", "day", "count", "choice", "many", "upload", "paper", "values", "yes", "person", "instead", "body",
)  # fmt: skip


class Ask(NamedTuple):
    """One field: `kind` is one of the words above; `choices` are (value, label) pairs.

    `instead` is the fact by which acts from before said the same; who gives it need not give this one.
    """

    name: str
    label: str
    kind: str
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    instead: str = ""


def missing(*, asks: Iterable[Ask], facts: Mapping[str, Any]) -> list[Reason]:
    """Return a reason for every fact that is missing or of the wrong kind."""
    return [
        reason for ask in asks for reason in _check(ask, facts.get(ask.name))
        if facts.get(ask.name) or not facts.get(ask.instead)
    ]  # fmt: skip


def _check(ask: Ask, value: Any) -> Iterable[Reason]:
    if value in (None, "", [], {}, False):
        if ask.required:
            verb = "请确认" if ask.kind == YES else "请填写"
            yield Reason("FACT_MISSING", f"{verb}「{ask.label}」。")
    elif not _fits(ask, value):
        yield Reason("FACT_UNREADABLE", f"「{ask.label}」填写有误，请按要求重新填写。")


def _fits(ask: Ask, value: Any) -> bool:
    match ask.kind:
        case "day":
            return _parses(date.fromisoformat, value)
        case "count":
            return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1_000_000
        case "choice":
            return value in dict(ask.choices)
        case "many":
            return isinstance(value, list | tuple) and set(value) <= set(dict(ask.choices))
        case "upload" | "person" | "body":
            return _parses(UUID, value)
        case "values":
            return isinstance(value, Mapping) and all(
                _parses(UUID, line) and isinstance(n, int) and n >= 0 for line, n in value.items()
            )
        case "instead":
            return isinstance(value, Mapping) and all(_is_share(line, one) for line, one in value.items())
        case "yes":
            return value is True
        case _:
            return isinstance(value, str) and len(value) <= (20_000 if ask.kind == TEXT else 300)


def _is_share(line: Any, one: Any) -> bool:
    if not _parses(UUID, line) or not isinstance(one, Mapping) or set(one) != {"unit", "n"}:
        return False
    return one["unit"] in UNIT_LABELS and type(one["n"]) is int and one["n"] > 0


def _parses(read: Any, value: Any) -> bool:
    try:
        read(value)
    except (TypeError, ValueError, AttributeError):
        return False
    return True
