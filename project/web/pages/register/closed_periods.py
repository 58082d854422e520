"""The closed periods of the ledger: up to which day, by whom, when and why, with the digests that prove it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from project.web.access import policy, registers
from project.web.access.visit import Visit
from project.web.intake import readers
from project.web.pages.register.steps import OFFERED
from project.web.tables import tables
from project.web.tables.tables import Cell, Column, Table
from proposals.ledger import periods as closing
from proposals.ledger.periods import Closing
from proposals.register.lifecycle import RegisterStep

PERIODS = (
    Column("封存至", "name"), Column("封存人"), Column("封存时间", "nowrap"), Column("封存说明"), Column("依据文件"),
    Column("办理记录校验值", "aside"), Column("结存校验值", "aside"),
)  # fmt: skip


def periods(rows: Iterable[Closing]) -> Table:
    """Return the closed periods, newest first."""
    table = [
        [
            Cell(row.through), Cell(row.who), Cell(f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"),
            Cell(row.reason, note=f"办理记录校验值 {row.record}；结存校验值 {row.digest}"), Cell(row.paper),
            Cell(row.record), Cell(row.digest),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("封存记录", PERIODS, table, caption="封存记录，新的在前")


def closed_periods(request: Visit) -> HttpResponse:
    """Show every period that was closed by a day, newest first."""
    district, as_of = registers.district_of(request), registers.day_of(request)
    table = periods(closing.closings(territory=district, as_of=as_of))
    if readers.given(request.GET, "export"):
        return tables.handed_out(request, name=f"{district.name}台账封存记录{as_of:%Y%m%d}", tables=[table])
    context = {
        **registers.frame(request, district=district, as_of=as_of),
        "closed": closing.last_closed(territory_id=district.pk),
        "table": table,
        "may_close": any(duty in OFFERED[RegisterStep.CLOSE_PERIOD].duties for duty, _ in policy.held_by(request)),
    }
    return render(request, "register/closed_periods.html", context)


urlpatterns = [path("ledger/closed/", closed_periods, name="closed_periods")]
