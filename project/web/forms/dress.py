"""How a field looks: the classes and the described-by ties that every form of the site shares."""

from __future__ import annotations

from typing import Any

from django import forms

CLASSES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((forms.CheckboxSelectMultiple, forms.RadioSelect), ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class Day(forms.DateInput):
    """The browser's own date control."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class Boxes(forms.CheckboxSelectMultiple):
    """Several boxes in a row, each with its label."""

    template_name = "site/widgets/boxes.html"


class Dressed(forms.BaseForm):
    """Give every control of a form its look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False  # all mistakes at once, in our words, beside the field
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> forms.Field:
    """Give one control its look."""
    look = next(name for kinds, name in CLASSES if isinstance(field.widget, kinds))
    field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {look}".strip()
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"请填写「{field.label}」。"
    return field
