"""The words for what differs between two rounds of a case: every field by the name its form gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Field, Model

from project.web.forms.lines import LineForm
from proposals.case import questions, snapshots
from proposals.case.snapshots import Change
from proposals.models import BasisDocument, BodyVersion, ChangeLine, ChangeOp, Proposal, Upload
from proposals.text.figures import whole
from proposals.vocabulary import UNIT_LABELS, BodyCategory, Origin, Rank, Trigger, Urgency


def _said(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(field.verbose_name) if isinstance(field, Field) else name


LISTS: Mapping[str, str] = {"lines": "调整事项", "basis": "政策依据", "uploads": "材料"}
COLUMNS: Mapping[str, Sequence[str]] = {
    "basis": [_said(BasisDocument, name) for name in ("level", "title", "number", "clause")],
    "uploads": ["类型", "文件名", "校验值"],
}
VALUES: Mapping[str, str] = {
    **dict(Origin.choices), **dict(Trigger.choices), **dict(Urgency.choices), **dict(ChangeOp.choices), **UNIT_LABELS,
    **dict(BodyCategory.choices), **dict(BasisDocument.Level.choices), **dict(Upload.Purpose.choices),
}  # fmt: skip
RANKS: Mapping[str, str] = {str(value): label for value, label in Rank.choices}
PARAMS: Mapping[str, str] = {name: str(field.label) for name, field in LineForm.base_fields.items() if field.label}
SAID = "params"  # under which a snapshot keeps what a line says besides its columns
UNSAID = ("line", "body")  # identities: the name of the body stands beside them


def compare(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[list[Change]]:
    """Return for each pair of before and after every field that differs, with label and values as they were typed.

    What bodies are called is asked once, however many pairs there are.
    """
    found = [snapshots.compare(before, after) for before, after in pairs]
    named = (change for one in found for change in one if _names(change.label, "counterpart"))
    ids = {value for change in named for value in (change.before, change.after)}
    bodies = BodyVersion.objects.filter(body__uuid__in=ids - {""}).order_by("valid_from")
    values = dict(VALUES) | {str(uuid): name for uuid, name in bodies.values_list("body__uuid", "name")}
    return [_told(one, values) for one in found]


def _told(found: Iterable[Change], values: Mapping[str, str]) -> list[Change]:
    told = []
    for change in found:
        if change.label.startswith("lines.") and change.label.rpartition(".")[2] in UNSAID:
            continue
        known = RANKS if change.label.endswith(".rank") else values
        before_value, after_value = (known.get(value, value) for value in (change.before, change.after))
        told.append(Change(label=label_of(change.label), before=before_value, after=after_value))
    return told


def label_of(name: str) -> str:
    """Return the words for a dotted name of the snapshot."""
    head, _, rest = name.partition(".")
    place, _, field = rest.partition(".")
    if head == "lines":
        words = PARAMS.get(field.rpartition(".")[2]) if field.startswith(SAID) else _line_field(field)
        return f"{LISTS[head]}第{place}项·{words or field}"
    if head in COLUMNS:
        column = whole(field, within=range(1, len(COLUMNS[head]) + 1))
        return f"{LISTS[head]}第{place}项·{COLUMNS[head][column - 1] if column else field}"
    if head == "answers":
        asked = questions.BY_CODE.get(place)
        return f"论证「{asked.label if asked else place}」{'·见论证报告' if field == '2' else ''}"
    return _said(Proposal, head)


def _line_field(name: str) -> str:
    return "对方机构" if name == "counterpart" else _said(ChangeLine, name)


def _names(label: str, field: str) -> bool:
    return label.startswith("lines.") and label.endswith(f".{field}")
