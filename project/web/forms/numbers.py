"""The fields in which a decision's numbers are typed, one a line, and what the city gives of another type instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from proposals.case.values.in_force import Values
from proposals.models import ChangeLine
from proposals.plan import holding
from proposals.procedure.reasons import Reason
from proposals.vocabulary import UNIT_LABELS


def number_fields(
    lines: Sequence[ChangeLine], *, prefix: str, said: str, bound: bool = True, head: str = ""
) -> dict[str, forms.Field]:
    """Return a field a line; what leans on another line says so. Unbound, posts may be more than was laid before."""
    bases: dict[Any, list[ChangeLine]] = {}
    for lean in holding.leans(lines):
        bases.setdefault(lean.line.uuid, []).append(lean.base)
    return {
        f"{prefix}-{line.uuid}": forms.IntegerField(
            label=f"{head}{line.position}. {line}（{said} {line.amount}）", min_value=0, required=False,
            max_value=None if line.unit and not bound else line.amount, help_text=_leaning(bases.get(line.uuid, ())),
            widget=_number(line, bases.get(line.uuid, ())),
        )
        for line in lines
    }  # fmt: skip


def _leaning(bases: Sequence[ChangeLine]) -> str:
    where = "、".join(dict.fromkeys(f"第{base.position}项" for base in bases))
    return f"以{where}为前提：{where}填0的，本项也填0" if where else ""


def _number(line: ChangeLine, bases: Sequence[ChangeLine]) -> forms.NumberInput:
    """Return a control that tells the page's script what it leans on; without a script the refusal proposes nought."""
    leans = {"data-leans": " ".join(str(base.uuid) for base in bases)} if bases else {}
    return forms.NumberInput(attrs={"data-number": str(line.uuid), **leans})


def instead_fields(lines: Sequence[ChangeLine], *, prefix: str) -> dict[str, forms.Field]:
    """Return two fields for every line of which the city may give posts of another type: the type and the number."""
    fields: dict[str, forms.Field] = {}
    for line in lines:
        if line.other_units:
            types = [("", "——"), *((unit, UNIT_LABELS[unit]) for unit in line.other_units)]
            head = f"{line.position}. {line}"
            fields[f"{prefix}_unit-{line.uuid}"] = forms.ChoiceField(
                label=f"{head}：另批类型", choices=types, required=False
            )
            fields[f"{prefix}_n-{line.uuid}"] = forms.IntegerField(
                label=f"{head}：另批数", min_value=1, max_value=99_999, required=False
            )
    return fields


def instead_of(data: Mapping[str, Any], lines: Sequence[ChangeLine], *, prefix: str) -> dict[str, dict[str, Any]]:
    """Read what is given instead, line by line."""
    read = {str(one.uuid): (data.get(f"{prefix}_unit-{one.uuid}"), data.get(f"{prefix}_n-{one.uuid}")) for one in lines}
    return {line: {"unit": unit, "n": n} for line, (unit, n) in read.items() if unit and n}


def half_told(data: Mapping[str, Any], lines: Sequence[ChangeLine], *, prefix: str) -> dict[str, str]:
    """Return the fields that were left open beside one that was filled, each with what to do."""
    wrong = {}
    for line in lines:
        unit, n = f"{prefix}_unit-{line.uuid}", f"{prefix}_n-{line.uuid}"
        if bool(data.get(unit)) != bool(data.get(n)):
            wrong[n if data.get(unit) else unit] = "另批的类型和数额须同时填写，不另批的都留空。"
    return wrong


def proposed(lines: Sequence[ChangeLine], numbers: Mapping[str, int]) -> set[str]:
    """Return the lines for which nought is proposed: they lean on what was entered as nought, and were left open."""
    return holding.leaning_on_nothing(lines, Values(numbers, {})) - set(numbers)


def with_noughts(
    data: QueryDict, lines: Sequence[ChangeLine], numbers: Mapping[str, int], *, prefix: str
) -> tuple[QueryDict, list[Reason]]:
    """Return what was typed with nought wherever nought is proposed, and the sentence that says so; nothing is sent."""
    found, kept = proposed(lines, numbers), data.copy()
    for line in found:
        kept[f"{prefix}-{line}"] = "0"
    places = "、".join(f"第{line.position}项" for line in lines if str(line.uuid) in found)
    text = f"{places}以填0的事项为前提，已在表中代填0，尚未办理：请核对后再次办理，或者保留其所依据的事项。"
    return kept, [Reason("NOUGHT_PROPOSED", text)] if found else []
