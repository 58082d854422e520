"""What every form of the site shares: how a field looks, and that no text is taken that could not be printed."""

from __future__ import annotations

from typing import Any

from django import forms

from docs_templates.printing.text_guard import unprintable
from project.web.intake import text as reading_door

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


class StyledForm(forms.BaseForm):
    """Give every control of a form its look, and refuse what a paper could not print beside the field where it stands.

    A form that only searches takes any text: `printed` is False there.
    """

    printed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False  # all mistakes at once, in our words, beside the field
        for field in self.fields.values():
            styled(field)

    def full_clean(self) -> None:
        """Read the fields, and tell the normalised request what they are called."""
        reading_door.tell_labels(self.data, {self.add_prefix(name): field.label for name, field in self.fields.items()})
        super().full_clean()

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, field in self.fields.items() if self.printed else ():
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
                text = self.cleaned_data.get(name)
                for complaint in unprintable(text=text, where=str(field.label)) if isinstance(text, str) else ():
                    self.add_error(name, complaint)


def styled(field: forms.Field) -> forms.Field:
    """Give one control its look."""
    look = next(name for kinds, name in CLASSES if isinstance(field.widget, kinds))
    field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {look}".strip()
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"请填写「{field.label}」。"
    return field
