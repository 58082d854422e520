"""The registers beside the ledger in the browser, and the page of figures: each as of a day, printed and exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from project.web.access import policy, registers
from project.web.access.visit import Visit
from project.web.intake import readers
from project.web.tables import side_tables, tables
from project.web.tables.sources import Links
from project.web.tables.tables import Table
from proposals.law.lawbook import Lawbook
from proposals.models import Borrowed, DutyList, Pledge, ProblemItem, Seconded
from proposals.register import figures as figures_of
from proposals.register import tree
from proposals.register.lifecycle import SIDE_STEPS, RegisterStep
from proposals.side_registers import totals

LABELS: Mapping[str, str] = {row.step: row.label for row in SIDE_STEPS}
PROBLEMS_SHOWN = (("", "全部"), ("open", "未销号"), ("closed", "已销号"))


def frame(request: Visit, *steps: str, kind: str = "") -> dict[str, Any]:
    """Return what every page of the side registers shows: district, day, and the steps that the reader may take.

    `kind` is the kind of proposal by which the register changes; who drafts is offered it.
    """
    district, as_of = registers.district_of(request), registers.day_of(request)
    duties = {duty for duty, _ in policy.held_by(request)}
    takes = {row.step for row in SIDE_STEPS if duties & set(row.duties)}
    return {
        **registers.frame(request, district=district, as_of=as_of),
        "links": Links.of(request, district=district, as_of=as_of),
        # Steps are taken today; who looks at a day gone by can only look.
        "takes": takes if as_of == timezone.localdate() else set(),
        "steps": [(step, LABELS[step]) for step in steps if step in takes],
        "kind": kind if policy.opens(name="case_new", held=policy.held_by(request)) else "",
    }


def answered(
    request: Visit, context: dict[str, Any], *, template: str, name: str, shown: Sequence[Table]
) -> HttpResponse:
    """Return the page, or its tables as a file; an empty table is in neither."""
    if readers.given(request.GET, "export"):
        file = f"{context['district'].name}{name}{context['as_of']:%Y%m%d}"
        return tables.handed_out(request, name=file, tables=[table for table in shown if table.rows] or shown)
    return render(request, template, context)


def problems(request: Visit) -> HttpResponse:
    """Show the problem ledger: batches, and every matter with deadline, finish, measure and evidence."""
    context = frame(request, RegisterStep.ENTER_PROBLEM, kind="PROBLEM_RECTIFY")
    district, as_of, links = context["district"], context["as_of"], context["links"]
    show, batch = readers.word(request.GET, "show"), readers.word(request.GET, "batch")
    rows = ProblemItem.objects.filter(territory=district, since__lte=as_of).prefetch_related("parts")
    found = [
        row
        for row in (rows.filter(batch=batch) if batch else rows)
        if not show or row.stands(on=as_of) is (show == "open")
    ]
    table = side_tables.problems(found, links=links, takes=context["takes"])
    counted = side_tables.batches(totals.batches(territory=district, on=as_of), links=links)
    context |= {"table": table, "batches": counted, "shows": PROBLEMS_SHOWN, "show": show, "batch": batch}
    return answered(request, context, template="side/problems.html", name="问题整改台账", shown=[counted, table])


def duty_lists(request: Visit) -> HttpResponse:
    """Show duty lists with their items, and claim rates against the rate that binds a list."""
    context = frame(request, kind="DUTY_ADMISSION")
    district, as_of = context["district"], context["as_of"]
    types = {
        key: row.value
        for (topic, key), row in Lawbook.standing(territory=district, on=as_of).settings.items()
        if topic == "DUTY_LIST_TYPE"
    }
    wanted, claimed = readers.word(request.GET, "list"), readers.word(request.GET, "show") == "claimed"
    lists = DutyList.objects.standing(on=as_of).filter(territory=district).prefetch_related("items")
    lists = lists.filter(code=wanted) if wanted else lists
    rates = {rate.duty_list.pk: rate for rate in totals.claim_rates(territory=district, on=as_of)}
    rows = []
    for one in sorted(lists, key=lambda one: (one.pk not in rates, one.code)):
        items = totals.standing_items(duty_list=one, on=as_of)
        shown = [item for item in items if item.claimed(on=as_of)] if claimed else items
        table = side_tables.duties(one, shown, on=as_of, measured=one.pk in rates)
        rows.append((one, types.get(one.list_type, one.list_type), rates.get(one.pk), table))
    context |= {
        "rows": rows,
        "narrowed": wanted or claimed,
        "warnings": [rate.warning for rate in rates.values() if rate.falls_short],
    }
    return answered(
        request, context, template="side/duty_lists.html", name="权责清单", shown=[table for *_, table in rows]
    )


def pledges(request: Visit) -> HttpResponse:
    """Show pledges and vetoes, borrowed staff and seconded posts."""
    context = frame(request, RegisterStep.ENTER_PLEDGE, RegisterStep.ENTER_BORROWED, kind="OTHER")
    district, as_of, links = context["district"], context["as_of"], context["links"]
    names = tree.names_on(territory=district, as_of=as_of)
    found = Pledge.objects.standing(on=as_of).filter(territory=district)
    lent = Borrowed.objects.standing(on=as_of).filter(territory=district)
    stationed = Seconded.objects.standing(on=as_of).filter(territory=district)
    shown = {
        "pledges": side_tables.pledges(found),
        "borrowed": side_tables.borrowed(lent, names=names, links=links, takes=context["takes"]),
        "seconded": side_tables.seconded(stationed, names=names),
    }
    return answered(
        request, context | shown, template="side/pledges.html", name="责任状、借调和派驻", shown=list(shown.values())
    )


def figures(request: Visit) -> HttpResponse:
    """Print every figure that a report needs, as of a day, each with its source and the way to where it was counted."""
    context = frame(request, RegisterStep.ENTER_FIGURE)
    groups: dict[str, list[figures_of.Figure]] = {}
    for row in figures_of.all_of(territory=context["district"], as_of=context["as_of"]):
        groups.setdefault(row.group, []).append(row)
    shown = [side_tables.figures(group, rows, links=context["links"]) for group, rows in groups.items()]
    return answered(
        request, context | {"tables": shown}, template="side/figures.html", name="机构编制数据", shown=shown
    )


urlpatterns = [
    path("problems/", problems, name="problems"),
    path("duty-lists/", duty_lists, name="duty_lists"),
    path("pledges/", pledges, name="pledges"),
    path("figures/", figures, name="figures"),
]
