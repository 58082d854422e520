"""The plan of a case as a table: every body before and after, and the totals with their headroom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from docs_templates.sources import adjustments
from project.web import reach, spreadsheets
from project.web.visit import Visit
from proposals import balances, plan
from proposals.models import Proposal
from proposals.plan import Plan

ROWS = [
    "机构",
    "类型",
    "核定(前)",
    "核定(后)",
    "增减",
    "实有(前)",
    "实有(后)",
    "空编(前)",
    "空编(后)",
    "他事项占用",
    "他事项拟用",
]
FACTS = ["机构", "事项", "调整前", "调整后", "说明"]
TOTALS = ["类型", "总量(前)", "总量(后)", "增减", "限额余量(前)", "限额余量(后)"]
FOUND = ["序号", "事项", "数额", "问题"]


def plan_export(request: Visit, case: UUID) -> HttpResponse:
    """Return the plan as of today: a workbook, or the comparison of bodies alone as CSV."""
    found, today = reach.case_of(request, case), timezone.localdate()
    intents = balances.intended(territory_id=found.territory_id, on=today, exclude=found.uuid)
    drawn = plan.of_case(case=found, as_of=today, intents=intents)
    name = f"调整方案{today:%Y%m%d}"
    if request.GET.get("export") == "csv":
        return spreadsheets.as_csv(name=name, headings=ROWS, rows=_rows(drawn))
    sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[spreadsheets.Cell]]]] = {
        "前后对照": (ROWS, _rows(drawn)),
        "总量与余量": (TOTALS, _totals(drawn)),
        "机构事项": (FACTS, _facts(found, drawn)),
        "逐项": (FOUND, _lines(drawn)),
    }
    return spreadsheets.workbook(name=name, sheets=sheets)


def _rows(drawn: Plan) -> Iterable[list[spreadsheets.Cell]]:
    for row in drawn.rows:
        change = row.approved[1] - row.approved[0]
        yield [
            row.name, row.label, *row.approved, change, *row.actual, *row.vacant, row.held_by_others,
            row.intended_by_others,
        ]  # fmt: skip


def _facts(case: Proposal, drawn: Plan) -> Iterable[list[spreadsheets.Cell]]:
    for _, one in adjustments.facts_told(plan.lines_of(case), drawn):
        yield [one.body, one.item, one.before, one.after, one.note or one.change]


def _totals(drawn: Plan) -> Iterable[list[spreadsheets.Cell]]:
    for row in drawn.totals:
        headroom = row.headroom if row.has_cap else ("不设总量", "不设总量")
        yield [row.label, *row.total, row.total[1] - row.total[0], *headroom]


def _lines(drawn: Plan) -> Iterable[list[spreadsheets.Cell]]:
    for position, line in enumerate(drawn.lines, start=1):
        yield [position, line.label, line.amount, " ".join(shortfall.message for shortfall in line.shortfalls)]


urlpatterns = [path("cases/<uuid:case>/plan/", plan_export, name="plan_export")]
