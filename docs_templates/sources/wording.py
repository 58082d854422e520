"""How the words of cases are written on paper: full-width signs, paragraphs, enumerations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

Facts = TypeVar("Facts")

FULL_WIDTH: Mapping[str, str] = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
BESIDE_HAN = re.compile(rf"(?<=[{HAN}”’》〉）】])[,;:?!]|[,;:?!](?=[{HAN}“‘《〈（【])")
NEW_LINE = re.compile(r"(\S)[ \t\u3000]*[\r\n][\s\u3000]*")
ENDS = "，。、；：？！,.;:?!…—"
ROUND = re.compile(rf"\(([^()]*[{HAN}][^()]*)\)|(?<=[{HAN}])\(([^()]*)\)")


def written(text: str) -> str:
    """Return the text as one paragraph, with full-width punctuation where it stands beside Chinese (GB/T 15834)."""
    text = NEW_LINE.sub(
        lambda found: found.group(1) + ("" if found.group(1) in ENDS else "；"), text.replace("\t", " ").strip()
    )
    previous = ""
    while previous != text:
        previous, text = text, ROUND.sub(lambda found: f"（{found.group(1) or found.group(2) or ''}）", text)
    return BESIDE_HAN.sub(lambda found: FULL_WIDTH[found.group()], text)


def all_written(facts: Facts) -> Facts:
    """Return the facts with every text written as it shall be printed."""
    names = [declared.name for declared in fields(facts)]  # type: ignore[arg-type]
    changed = {name: _written(getattr(facts, name)) for name in names}
    return replace(facts, **changed)  # type: ignore[type-var]


def _written(value: object) -> object:
    if isinstance(value, str):
        return written(value)
    if isinstance(value, tuple):
        return tuple(_written(item) for item in value)
    return all_written(value) if is_dataclass(value) and not isinstance(value, type) else value


def paragraphs(*texts: str) -> tuple[str, ...]:
    """Return the texts as paragraphs, without empty lines."""
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def listed(names: tuple[str, ...] | list[str]) -> str:
    """Return names as one enumeration, each once."""
    return "、".join(dict.fromkeys(name for name in names if name))


def sentence(text: str) -> str:
    """Return the text without its last full stop, to be set inside another sentence."""
    return text.strip().rstrip("。；;.")
