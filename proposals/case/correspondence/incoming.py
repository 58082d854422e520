"""The incoming register: its numbers, each once in a territory, kept when the paper comes in again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from proposals.case.lifecycle import CaseStep
from proposals.case.models import Proposal
from proposals.organisation.people import Territory
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.text import document_numbers

WORD = "收"
LONGEST = (("incoming_number", "收文登记号", 40), ("paper_number", "来文字号", 80))


def next_number(*, territory: Territory, on: date) -> str:
    """Return the next number of the year's incoming register."""
    prefix = f"{WORD}〔{on.year}〕"
    taken = Proposal.objects.filter(territory=territory, number_key__startswith=prefix)
    numbers = (document_numbers.parse(one) for one in taken.values_list("number_key", flat=True))
    last = max((one.n for one in numbers if one and one.word == WORD and one.year == on.year), default=0)
    return document_numbers.Numbered(WORD, on.year, last + 1).text


def reasons(*, case: Proposal, act: Act) -> Iterator[Reason]:
    """A case is entered under a number of its own; its paper was written before it came in."""
    given = str(act.facts.get("incoming_number") or "")
    key = document_numbers.key(given)
    if case.number:
        key = ""  # entered again, it keeps the number under which it first came in
    elif not key:
        yield Reason("FACT_MISSING", "请填写「收文登记号」。")
    if key and Proposal.objects.filter(territory=case.territory, number_key=key).exclude(pk=case.pk).exists():
        following = next_number(territory=case.territory, on=act.happened_on)
        yield Reason("NUMBER_TAKEN", f"收文登记号{given}已经用过，请改用下一个号。下一个号是{following}。")
    for name, label, longest in LONGEST:
        if len(document_numbers.normal(str(act.facts.get(name) or ""))) > longest:
            yield Reason("NUMBER_LONG", f"{label}过长（最多{longest}字），请核对。")
    dated = act.facts.get("paper_dated")
    if dated and date.fromisoformat(dated) > act.happened_on:
        yield Reason("PAPER_DATED", "来文日期晚于收文日期，请核对。")


def system_facts(*, case: Proposal, act: Act) -> dict[str, Any]:
    """Return the number under which the case is entered: the first one it got, else the given one as it is printed."""
    if act.step != CaseStep.REGISTER_INCOMING:
        return {}
    return {"incoming_number": case.number or document_numbers.normal(act.facts["incoming_number"])}
