"""The forms in which a year's series of document numbers is opened, and numbers used on paper are entered."""

from __future__ import annotations

from typing import Any

from django import forms

from docs_templates.numbers.entering import HIGHEST, YEARS
from project.web.forms.appearance import StyledForm
from proposals.rulebook.asks import ROLES, USES


class NumbersForm(StyledForm, forms.Form):
    """What both say: the code word, the year, and why."""

    word = forms.CharField(label="发文代字", max_length=40, help_text="只填代字，如：海编发")
    year = forms.IntegerField(label="年份", min_value=YEARS.start, max_value=YEARS.stop - 1)
    reason = forms.CharField(label="理由和依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def facts(self) -> dict[str, Any]:
        """Return the facts of a valid form."""
        return dict(self.cleaned_data)


class SeriesForm(NumbersForm):
    """A series of a year: what it is for and where it begins."""

    role = forms.ChoiceField(label="用于", choices=ROLES)
    first = forms.IntegerField(
        label="起始号",
        initial=1,
        help_text="系统从这个号开始编；此前的号记作线下已用。",
        min_value=1,
        max_value=HIGHEST,
    )

    field_order = ("role", "word", "year", "first", "reason")


class RunForm(NumbersForm):
    """Numbers of a series that were used on paper, or that are left out."""

    first = forms.IntegerField(label="起号", min_value=1, max_value=HIGHEST)
    last = forms.IntegerField(label="止号", help_text="只登记一个号的，与起号相同。", min_value=1, max_value=HIGHEST)
    use = forms.ChoiceField(label="情形", choices=USES)

    field_order = ("word", "year", "first", "last", "use", "reason")


def initial_of(asked: Any) -> dict[str, Any]:
    """Return what a link to the form has filled in."""
    return {name: asked[name] for name in ("role", "word", "year", "first") if asked.get(name)}
