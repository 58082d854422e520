"""The form of a step, built from what the step asks (proposals.procedure.asks); its answer is the step's facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from project.web.forms.appearance import Boxes, Day, StyledForm, styled
from project.web.forms.numbers import half_told, instead_fields, instead_of, number_fields
from proposals.models import ChangeLine
from proposals.procedure.asks import (
    BODY,
    CHOICE,
    COUNT,
    DAY,
    INSTEAD,
    LINE,
    MANY,
    PAPER,
    PERSON,
    TEXT,
    UPLOAD,
    VALUES,
    YES,
    Ask,
)

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the fields of a step may choose from."""

    papers: Pairs = ()
    uploads: Pairs = ()
    people: Pairs = ()
    bodies: Pairs = ()
    lines: Sequence[ChangeLine] = ()
    choices: Mapping[str, Pairs] = field(default_factory=dict)


class AskedForm(StyledForm, forms.Form):
    """One field for each thing asked; `facts` is what was answered, as primitives."""

    def __init__(self, *args: Any, asks: Iterable[Ask], offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks, self.offer = tuple(asks), offer
        self.numbered = {name for ask in self.asks if ask.kind in (VALUES, INSTEAD) for name in fields_of(ask, offer)}
        for ask in self.asks:
            self.fields.update({name: styled(field) for name, field in fields_of(ask, offer).items()})

    def clean(self) -> dict[str, Any]:
        """Ask for one file where one is needed: an earlier one or a new one."""
        cleaned = super().clean() or self.cleaned_data
        for ask in self.asks:
            if ask.kind == INSTEAD:
                for name, error in half_told(cleaned, self.offer.lines, prefix=ask.name).items():
                    self.add_error(name, error)
            if ask.kind != UPLOAD:
                continue
            chosen, new = cleaned.get(ask.name), cleaned.get(f"{ask.name}_file")
            if ask.required and not chosen and not new:
                self.add_error(f"{ask.name}_file", f"请选择「{ask.label}」的文件。")
            if new and not cleaned.get(f"{ask.name}_clean"):
                self.add_error(f"{ask.name}_clean", "请确认所传文件不含国家秘密。")
        return cleaned

    def singles(self) -> list[forms.BoundField]:
        """Return the fields that stand on a line of their own."""
        return [self[name] for name in self.fields if name not in self.numbered]

    @property
    def numbers_label(self) -> str:
        """What the numbers are."""
        return next((ask.label for ask in self.asks if ask.kind == VALUES), "")

    def numbers(self) -> list[forms.BoundField]:
        """Return the fields for one number a change line, which stand beside each other."""
        return [self[name] for name in self.fields if name in self.numbered]

    def facts(self) -> dict[str, Any]:
        """Return the facts of a valid form; what was left open is left out."""
        facts = {ask.name: self._answer(ask) for ask in self.asks}
        return {name: value for name, value in facts.items() if value not in (None, "", [], {}, False)}

    def _answer(self, ask: Ask) -> Any:
        if ask.kind == VALUES:
            numbers = {str(line.uuid): self.cleaned_data.get(f"{ask.name}-{line.uuid}") for line in self.offer.lines}
            return {line: number for line, number in numbers.items() if number is not None}
        if ask.kind == INSTEAD:
            return instead_of(self.cleaned_data, self.offer.lines, prefix=ask.name)
        value = self.cleaned_data.get(ask.name)
        return value.isoformat() if ask.kind == DAY and value else value


def fields_of(ask: Ask, offer: Offer) -> dict[str, forms.Field]:
    """Return the fields that one ask becomes."""
    if ask.kind == UPLOAD:
        return _upload(ask, offer)
    if ask.kind == VALUES:
        return _values(ask, offer)
    if ask.kind == INSTEAD:
        return instead_fields(offer.lines, prefix=ask.name)
    field = MAKERS[ask.kind](ask, offer)
    field.label, field.required, field.help_text = ask.label, ask.required, ask.help
    return {ask.name: field}


def _upload(ask: Ask, offer: Offer) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if offer.uploads:
        fields[ask.name] = forms.ChoiceField(
            label=f"{ask.label}：选用已有材料", choices=[("", "——"), *offer.uploads], required=False
        )
    fields[f"{ask.name}_file"] = forms.FileField(
        label=f"{ask.label}：上传新文件",
        required=False,
        help_text=ask.help or "PDF、图片或 Office 文件，不超过 50 MB。",
    )
    fields[f"{ask.name}_clean"] = forms.BooleanField(label="所传文件不含国家秘密", required=False)
    return fields


def _values(ask: Ask, offer: Offer) -> dict[str, forms.Field]:
    return number_fields(offer.lines, prefix=ask.name, said="原", bound=ask.name != "granted")


def _choice(ask: Ask, offer: Offer) -> forms.Field:
    return forms.ChoiceField(choices=[("", "请选择"), *(offer.choices.get(ask.name) or ask.choices)])


MAKERS: Mapping[str, Callable[[Ask, Offer], forms.Field]] = {
    TEXT: lambda ask, offer: forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})),
    LINE: lambda ask, offer: _choice(ask, offer) if ask.name in offer.choices else forms.CharField(max_length=300),
    DAY: lambda ask, offer: forms.DateField(widget=Day()),
    COUNT: lambda ask, offer: forms.IntegerField(min_value=1, max_value=999_999),
    CHOICE: _choice,
    MANY: lambda ask, offer: forms.MultipleChoiceField(choices=ask.choices, widget=Boxes),
    PAPER: lambda ask, offer: forms.ChoiceField(choices=[("", "请选择"), *offer.papers]),
    BODY: lambda ask, offer: forms.ChoiceField(choices=[("", "——"), *offer.bodies]),
    PERSON: lambda ask, offer: forms.ChoiceField(
        choices=[("", "请选择"), *(offer.choices.get(ask.name) or offer.people)]
    ),
    YES: lambda ask, offer: forms.BooleanField(),
}
