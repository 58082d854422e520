"""The plan of a case as a file: its lines, every body before and after, and the totals with their headroom."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import path

from project.web import foresight, lists, plan_tables, reach, register_reach, spreadsheets
from project.web.visit import Visit
from project.web.ways import Ways
from proposals import plan


def plan_export(request: Visit, case: UUID) -> HttpResponse:
    """Return the plan as of a day as a workbook or as CSV."""
    found, as_of = reach.case_of(request, case), register_reach.day_of(request)
    ahead, lines = foresight.of(found, on=as_of), plan.lines_of(found)
    ways = Ways.of(request, district=found.territory, as_of=as_of)
    shown = [
        plan_tables.lines(lines, names=lists.names_of(lines, on=found.effective_on or as_of)),
        *plan_tables.preview(ahead.plan, ahead.facts, case=found.uuid, ways=ways),
        plan_tables.shortfalls(ahead.plan),
    ]
    form = request.GET.get("export", "xlsx")
    return spreadsheets.answer(name=f"调整方案{as_of:%Y%m%d}", sheets=[table.sheet() for table in shown], form=form)


urlpatterns = [path("cases/<uuid:case>/plan/", plan_export, name="plan_export")]
