"""The form in which a yearly holiday notice is typed in or pasted, line by line."""

from __future__ import annotations

from typing import Any

from django import forms

from project.web.forms.appearance import StyledForm
from proposals.models import CalendarNotice
from proposals.rulebook import calendar_text
from proposals.rulebook.calendar_notices import YEARS

EXAMPLE = "可直接粘贴通知原文，一个节日一行，如：元旦：1月1日（周四）至3日（周六）放假，共3天。1月4日（周日）上班。全年七个节日须填写齐全。"


class CalendarForm(StyledForm, forms.Form):
    """The notice of one year: its name and number, and what each of its lines makes free or worked."""

    year = forms.IntegerField(label="年份", min_value=YEARS.start, max_value=YEARS.stop - 1)
    citation = forms.CharField(
        label="通知名称、文号",
        max_length=200,
        help_text="如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕×号）",
    )
    text = forms.CharField(
        label="放假和调休上班日期", max_length=4000, widget=forms.Textarea(attrs={"rows": 9}), help_text=EXAMPLE
    )
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        """Read the lines as days of the year; every fault is said with its line."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("year") and cleaned.get("text"):
            try:
                self.days = calendar_text.read(text=cleaned["text"], year=cleaned["year"])
            except calendar_text.NoticeUnreadable as unreadable:
                self.add_error("text", list(unreadable.faults))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the facts of a valid form."""
        given = {name: self.cleaned_data[name] for name in ("year", "citation", "reason")}
        return {**given, "days": calendar_text.primitives(self.days)}


def initial_of(notice: CalendarNotice) -> dict[str, Any]:
    """Return what the form shows when a notice is corrected: its lines as they stand."""
    days = [calendar_text.Marked(row.day, row.works, row.name) for row in notice.days.all()]
    return {"year": notice.year, "citation": notice.citation, "text": "\n".join(calendar_text.summary(days))}
