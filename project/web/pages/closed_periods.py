"""The closed periods of the ledger: up to which day, by whom, when and why, with the digests that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from project.web import policy, register_reach, spreadsheets
from project.web.pages.register import exported
from project.web.pages.register_steps import OFFERED
from project.web.visit import Visit
from proposals import closing

HEADINGS = ["封存至", "封存人", "封存时间", "封存说明", "依据文件", "办理记录校验值", "结存校验值"]


def closed_periods(request: Visit) -> HttpResponse:
    """Show every period that was closed by a day, newest first."""
    district, as_of = register_reach.district_of(request), register_reach.day_of(request)
    rows = closing.closings(territory=district, as_of=as_of)
    if request.GET.get("export"):
        table: Iterable[Sequence[spreadsheets.Cell]] = (
            [row.through, row.who, f"{row.at:%Y-%m-%d %H:%M}", row.reason, row.paper, row.record, row.digest]
            for row in rows
        )
        return exported(request, name=f"{district.name}台账封存记录{as_of:%Y%m%d}", headings=HEADINGS, rows=table)
    context = {
        "district": district,
        "districts": register_reach.districts(request),
        "as_of": as_of,
        "closed": closing.last_closed(territory_id=district.pk),
        "rows": rows,
        "may_close": any(duty in OFFERED["close_period"].duties for duty, _ in policy.held_by(request)),
    }
    return render(request, "register/closed_periods.html", context)


urlpatterns = [path("ledger/closed/", closed_periods, name="closed_periods")]
