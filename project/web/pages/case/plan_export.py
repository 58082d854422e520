"""The plan of a case as a file: its lines, every body before and after, and the totals with their headroom."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import path

from project.web.access import cases, registers
from project.web.access.visit import Visit
from project.web.case import preview
from project.web.intake import readers
from project.web.tables import plan_tables, spreadsheets
from project.web.tables.sources import Links
from proposals.case.snapshots import CaseReading
from proposals.organisation import body_words
from proposals.plan import trial


def plan_export(request: Visit, case: UUID) -> HttpResponse:
    """Return the plan as of a day as a workbook or as CSV."""
    found, as_of = cases.case_of(request, case), registers.day_of(request)
    read, named_on = CaseReading(found), found.effective_on or as_of
    ahead, lines = preview.of(found, on=as_of, reading=read), trial.lines_of(found)
    names = body_words.named(read.standing(named_on).values(), on=named_on)
    links = Links.of(request, district=found.territory, as_of=as_of)
    shown = [
        plan_tables.lines(lines, names=names),
        *plan_tables.preview(ahead.plan, ahead.facts, case=found.uuid, links=links),
        plan_tables.shortfalls(ahead.plan),
    ]
    form = readers.word(request.GET, "export") or "xlsx"
    return spreadsheets.answer(name=f"调整方案{as_of:%Y%m%d}", sheets=[table.sheet() for table in shown], form=form)


urlpatterns = [path("cases/<uuid:case>/plan/", plan_export, name="plan_export")]
