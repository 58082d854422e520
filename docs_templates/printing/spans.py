"""The spans of an outgoing paper whose wording may be edited, and what an edited wording may not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from docs_templates.facts.downward import Letter, Notice, Refusal
from docs_templates.facts.frozen import digest_of, places, to_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.facts.request import UpwardPaper
from proposals.text import alike
from proposals.text.numerals import in_digits

Facts = TypeVar("Facts", bound=PaperFacts)

# What is prose of the drafter. Titles, addressees, decisions, values, days and totals are bound to the facts.
FREE: Mapping[type[PaperFacts], tuple[tuple[str, str], ...]] = {
    UpwardPaper: (("sections", ""),),
    Notice: (("demands", "有关要求"),),
    Refusal: (("reasons", "理由"), ("advice", "后续建议")),
    Letter: (("paragraphs", "正文"),),
}
FIGURE = re.compile(r"\d+(?:\.\d+)?%?")


@dataclass(frozen=True)
class Span:
    """One stretch of prose: its key, what it is called, and its paragraphs, one a line."""

    key: str
    label: str
    text: str


def spans(facts: PaperFacts) -> tuple[Span, ...]:
    """Return the spans of a paper in their order; a paper that is bound throughout has none."""
    return tuple(span for name, label in FREE.get(type(facts), ()) for span in _of(facts, name, label))


def _of(facts: PaperFacts, name: str, label: str) -> Iterator[Span]:
    value = getattr(facts, name)
    if name == "sections":
        for n, section in enumerate(value):
            yield Span(f"{name}.{n}", section.title, "\n".join(section.paragraphs))
    else:
        yield Span(name, label, value if isinstance(value, str) else "\n".join(value))


def worded(facts: Facts, wording: Mapping[str, str]) -> Facts:
    """Return the facts with the edited spans in place of the drawn ones; an unknown key changes nothing."""
    changed: dict[str, object] = {}
    for name, _ in FREE.get(type(facts), ()):
        value = getattr(facts, name)
        if name == "sections":
            changed[name] = tuple(
                replace(one, paragraphs=_lines(wording.get(f"{name}.{n}"), one.paragraphs))
                for n, one in enumerate(value)
            )
        elif isinstance(value, str):
            changed[name] = wording.get(name, value).strip()
        else:
            changed[name] = _lines(wording.get(name), value)
    return replace(facts, **changed)  # type: ignore[arg-type]


def _lines(text: str | None, drawn: tuple[str, ...]) -> tuple[str, ...]:
    return drawn if text is None else tuple(line.strip() for line in text.splitlines() if line.strip())


def objections(*, facts: PaperFacts, wording: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    """Say which figures and bodies an edited wording brings in that the paper's own facts do not hold.

    `facts` are those that the system drew, before any editing; `names` are the bodies of the register.
    """
    unread = [getattr(facts, name) for name in ("case_number", "chain_head", "telephone") if hasattr(facts, name)]
    said = in_digits("\n".join(str(place.value) for place in places(facts) if place.value not in unread))
    figures, known, keys = set(FIGURE.findall(said)), alike.key(said), {name: alike.key(name) for name in names}
    must = {declared.name for declared in fields(facts) if declared.metadata.get("required")}
    for span in spans(facts):
        text = wording.get(span.key, span.text)
        if not text.strip() and span.key in must:
            yield f"「{span.label}」还没有填写，请打开文稿填写。"
        if text.strip() == span.text.strip():
            continue
        if not text.strip() and span.key not in must and span.key.startswith("sections."):
            yield f"「{span.label}」不能为空，请保留或重新填写。"
        foreign = [one for one in dict.fromkeys(FIGURE.findall(in_digits(text))) if one not in figures]
        if foreign:
            yield f"「{span.label}」中的数字{'、'.join(foreign)}在本件依据的事实中没有，请改正，或先更正事项内容。"
        written = alike.key(text)
        strangers = [name for name, key in keys.items() if key in written and key not in known]
        if strangers:
            yield f"「{span.label}」提到的{'、'.join(strangers)}与本事项无关，请改正，或先更正事项内容。"


def digest(facts: PaperFacts) -> str:
    """Return the digest of all that a paper tells but its number, its days and what the record adds to it."""
    bare: dict[str, object] = {"chain_head": "", "dated": "", "remarks": ()}
    if hasattr(facts, "head"):
        bare["head"] = replace(facts.head, number="", printed_on="")
    for name in ("effective_on", "signer"):
        if hasattr(facts, name):
            bare[name] = ""
    return digest_of(to_canonical(replace(facts, **bare)))  # type: ignore[arg-type]
