"""The only place that knows how facts are declared, written as canonical JSON and read back."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Facts = TypeVar("Facts")


class FactsUnreadable(Exception):
    """Stored facts do not fit the class they are read into."""


def required(label: str, *, day: bool = False) -> Any:
    """Declare a fact that must be given and must not be empty; `day` wants ISO text ("2026-11-20")."""
    return field(metadata={"label": label, "required": True, "day": day})


def optional(label: str, default: Any = "", *, day: bool = False) -> Any:
    """Declare a fact that may be missing; templates ask before they print it."""
    return field(default=default, metadata={"label": label, "required": False, "day": day})


def to_canonical(facts: Any) -> str:
    """Write facts as canonical JSON: sorted keys, no spaces, no floats."""
    return json.dumps(asdict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(canonical: str) -> str:
    """Return the sha256 of canonical facts, hexadecimal."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def from_canonical(kind: type[Facts], text: str) -> Facts:
    """Read canonical JSON back into the facts class; raises FactsUnreadable."""
    try:
        return _read(kind, json.loads(text))
    except (TypeError, ValueError, KeyError) as wrong:
        raise FactsUnreadable(f"{kind.__name__}: {wrong}") from wrong


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(value, dict):
            raise TypeError(f"{kind} expects an object")
        return kind(**{name: _read(_hints(kind)[name], item) for name, item in value.items()})
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if isinstance(kind, UnionType):
        return None if value is None else _read(next(k for k in get_args(kind) if k is not type(None)), value)
    if type(value) is not kind:
        raise TypeError(f"{kind} expected, not {value!r}")
    return value


@dataclass(frozen=True)
class Place:
    """One value inside facts: where it stands in words, whether it must be there, whether it is a day, the value."""

    label: str
    required: bool
    day: bool
    value: Any


def places(facts: Any, prefix: str = "") -> Iterator[Place]:
    """Walk every primitive value and every tuple of the facts."""
    for declared in fields(facts):
        value = getattr(facts, declared.name)
        label = prefix + declared.metadata.get("label", declared.name)
        must = declared.metadata.get("required", declared.default is MISSING)
        yield from _inside(value, label, must, declared.metadata.get("day", False))


def _inside(value: Any, label: str, must: bool, day: bool) -> Iterator[Place]:
    if is_dataclass(value):
        yield from places(value, f"{label}·")
    elif isinstance(value, tuple):
        yield Place(label, must, day, value)
        for number, item in enumerate(value, start=1):
            yield from _inside(item, f"{label}第{number}项" if len(value) > 1 else label, True, day)
    else:
        yield Place(label, must, day, value)
