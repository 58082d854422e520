"""The monthly reconciliation: what other offices count beside what the register counts, and the list of differences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from project.web import door
from project.web.access import registers
from project.web.access.visit import Visit
from project.web.forms.appearance import StyledForm, styled
from project.web.intake import readers
from project.web.tables import side_tables, tables
from project.web.tables.sources import Links
from proposals.models import HeadcountReport, Register, SubjectKind
from proposals.register import reconciliation as reconciling
from proposals.register.lifecycle import RegisterStep
from proposals.register.reconciliation import Compared
from workflows.attempt import Ref


class CountsForm(StyledForm, forms.Form):
    """One number for every body and type, as another office counts it; what is left open is not entered."""

    source = forms.ChoiceField(label="核对部门", choices=[("", "请选择"), *HeadcountReport.Source.choices])

    def __init__(self, *args: Any, rows: Iterable[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            number = forms.IntegerField(label=f"{row.name} {row.label}", min_value=0, required=False)
            self.fields[name_of(row)] = styled(number)

    def counts(self, rows: Iterable[Compared]) -> list[dict[str, Any]]:
        """Return the numbers that were typed."""
        typed = [(row, self.cleaned_data.get(name_of(row))) for row in rows]
        return [{"body": str(row.body), "unit": row.unit, "count": n} for row, n in typed if n is not None]


def name_of(row: Compared) -> str:
    """Return the name of the field of a line."""
    return f"n-{row.body}-{row.unit}"


def reconciliation(request: Visit) -> HttpResponse:
    """Show a month's counts beside each other with the differences, or enter those of one office."""
    district = registers.district_of(request)
    register = Register.objects.select_related("territory").get(territory=district)
    as_of = registers.day_of(request)
    month = readers.month(request.GET, "month") or _month_before(as_of)
    rows = reconciling.compare(territory=district, month=month, as_of=as_of)
    last, links = reconciling.last_day(month=month), Links.of(request, district=district, as_of=as_of)
    if readers.given(request.GET, "export"):
        table = side_tables.reconciliation(rows, last=last, links=links)
        return tables.handed_out(request, name=f"{district.name}人员核对{month:%Y年%m月}", tables=[table])
    form = CountsForm(request.POST or None, rows=rows)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        facts = {"month": month.isoformat(), "source": form.cleaned_data["source"], "counts": form.counts(rows)}
        taken = door.take(
            request,
            subject=Ref(SubjectKind.REGISTER, register.uuid),
            step=RegisterStep.RECONCILE,
            facts=facts,
            seen_matters=False,
        )
        if taken.entry is not None:
            messages.success(request, "已登记核对人数。")
            return redirect(f"{reverse('reconciliation')}?district={district.uuid}&month={month:%Y-%m}")
        reasons = taken.reasons
    context = {
        **registers.frame(request, district=district, as_of=as_of),
        "register": register,
        "month": month,
        "last": last,
        "rows": [(row, form[name_of(row)]) for row in rows],
        "table": side_tables.reconciliation([row for row in rows if row.differs], last=last, links=links),
        "form": form,
        "reasons": reasons,
        "may_enter": not door.against(request, subject=register, step=RegisterStep.RECONCILE),
    }
    return render(request, "register/reconciliation.html", context, status=422 if reasons or form.errors else 200)


def _month_before(day: date) -> date:
    """Return the first day of the month before that of a day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


urlpatterns = [path("reconciliation/", reconciliation, name="reconciliation")]
