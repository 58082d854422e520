"""The register of bodies: the tree with its filters, one body as of a day, totals and caps; each also as a table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from project.web.access import lists, own_office, policy, registers
from project.web.access.visit import Visit
from project.web.forms.appearance import StyledForm
from project.web.intake import readers
from project.web.tables import register_charts, register_tables, tables
from project.web.tables.sources import Links
from proposals.law.models import Cap
from proposals.ledger import balances, periods
from proposals.ledger.origins import CATEGORY_GROUPS
from proposals.register import body_view, tree
from proposals.register.lifecycle import REGISTER_STEPS, RegisterStep
from proposals.register.tree import TreeRow
from proposals.vocabulary import BodyCategory, Rank

ROWS, WHOLE = 50, 2000
ANY = (("", "全部"),)
CATEGORIES = (
    *ANY,
    *((code, label) for code, (label, _) in CATEGORY_GROUPS.items()),
    *BodyCategory.choices,
)


class RegisterQuery(StyledForm, forms.Form):
    """The query row over the register."""

    printed = False
    q = forms.CharField(label="名称、编号、代码、牌子", max_length=60, required=False)
    category = forms.ChoiceField(label="机构类别", choices=CATEGORIES, required=False)
    rank = forms.TypedChoiceField(
        label="机构规格", choices=[*ANY, *Rank.choices], required=False, coerce=int, empty_value=None
    )


def register(request: Visit) -> HttpResponse:
    """Show the tree of bodies with their posts as of a day, and how the posts of these bodies are used."""
    district, as_of = registers.district_of(request), registers.day_of(request)
    links = Links.of(request, district=district, as_of=as_of)
    query = RegisterQuery(request.GET or None)
    rows, numbers = _tree(request, query), balances.standing(territory=district, as_of=as_of)
    charts = register_charts.by_body(rows, numbers=numbers, links=links)
    page = page_of(request, rows)
    shown = rows if readers.given(request.GET, "export") else page.object_list
    table = register_tables.tree(tree.with_numbers(rows=shown, numbers=numbers), links=links)
    if readers.given(request.GET, "export"):
        data = [chart.table for chart in charts if chart.table]
        return tables.handed_out(request, name=f"{district.name}机构编制台账{as_of:%Y%m%d}", tables=[table, *data])
    context = {
        **registers.frame(request, district=district, as_of=as_of),
        "closed": periods.last_closed(territory_id=district.pk),
        "query": query,
        "page": page,
        "table": table,
        "charts": charts,
        "steps": _steps(
            request, (RegisterStep.ENROL, RegisterStep.LEAVE, RegisterStep.ENTER_GRANT, RegisterStep.CORRECT_POSTING)
        ),
    }
    return render(request, "register/tree.html", context)


def page_of(request: Visit, rows: Any) -> Page:
    """Return the page of the rows that the address names; `whole` shows them on one page, for printing."""
    return Paginator(rows, WHOLE if readers.given(request.GET, "whole") else ROWS).get_page(readers.page(request.GET))


def _tree(request: Visit, query: RegisterQuery) -> list[TreeRow]:
    asked: dict[str, Any] = query.cleaned_data if query.is_bound and query.is_valid() else {}
    district, as_of = registers.district_of(request), registers.day_of(request)
    own = registers.own_bodies(request, district=district, as_of=as_of)
    rows = tree.tree(
        territory=district, as_of=as_of, words=asked.get("q", ""), category=asked.get("category", ""),
        rank=asked.get("rank"),
    )  # fmt: skip
    return [row for row in rows if own is None or row.version.body_id in own]


def body(request: Visit, body: UUID) -> HttpResponse:
    """Show one body as of a day: facts, posts, leaders, permits, open cases, history and papers."""
    found, as_of = registers.body_of(request, body), registers.day_of(request)
    links = Links.of(request, district=found.territory, as_of=as_of)
    units, history = tree.rows_of(body=found, as_of=as_of), body_view.history(body=found, as_of=as_of)
    names = tree.names_on(territory=found.territory, as_of=as_of)
    over_time = register_charts.over_time(
        body_view.approved_over_time(body=found, as_of=as_of), body=found, links=links
    )
    permits = body_view.permits(territory=found.territory, body=found, as_of=as_of)
    own = registers.own_bodies(request, district=found.territory, as_of=as_of)
    today, near = as_of == timezone.localdate(), own_office.near_days(request)
    shown = {
        "posts": register_tables.posts(units, body=found, links=links),
        "permits": register_tables.permits(permits, names=names, links=links, today=today, near=near),
        "history": register_tables.history(history, as_of=as_of),
    }
    if readers.given(request.GET, "export"):
        data = [over_time.table] if over_time and over_time.table else []
        name = f"{names.get(found.pk, found.code)}{as_of:%Y%m%d}"
        return tables.handed_out(request, name=name, tables=[*(one for one in shown.values() if one.rows), *data])
    version = found.version(on=as_of)
    context = {
        **shown,
        "body": found,
        "version": version,
        "name": names.get(found.pk, ""),
        "as_of": as_of,
        "chart": register_charts.of_body(units) if units else None,
        "over_time": over_time,
        "children": [row for row in tree.tree(territory=found.territory, as_of=as_of)
                     if row.version.parent_id == found.pk],
        "parent": names.get(version.parent_id or 0, "") if version else "",
        "above": own is None or bool(version and version.parent_id in own),
        "ledger": links.ledger(body=found.uuid),
        "steps": _steps(request, (RegisterStep.ENROL, RegisterStep.LEAVE)),
        "cases": body_view.open_cases(body=found, as_of=as_of).filter(lists.reach(request.held, request.user.pk)),
        "kin": body_view.kin(body=found, as_of=as_of),
    }  # fmt: skip
    return render(request, "register/body.html", context)


def _steps(request: Visit, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the steps of the register that the person may be offered, with their labels."""
    if not policy.opens(name="register_step", held=policy.held_by(request)):
        return []
    return [(row.step, row.label) for row in REGISTER_STEPS if row.step in wanted]


def caps(request: Visit) -> HttpResponse:
    """Show totals and caps: what there is, what bodies have, what is left, and the provisions behind them."""
    district, as_of = registers.district_of(request), registers.day_of(request)
    links = Links.of(request, district=district, as_of=as_of)
    rows = tree.totals(territory=district, as_of=as_of)
    totals = register_tables.totals(rows, links=links)
    provisions = register_tables.caps(list(Cap.objects.in_force(territory=district, on=as_of)), links=links)
    if readers.given(request.GET, "export"):
        name = f"{district.name}总量与限额{as_of:%Y%m%d}"
        return tables.handed_out(request, name=name, tables=[totals, provisions])
    context = {
        **registers.frame(request, district=district, as_of=as_of),
        "closed": periods.last_closed(territory_id=district.pk),
        "totals": totals,
        "chart": register_charts.of_totals(rows),
        "provisions": provisions,
    }
    return render(request, "register/caps.html", context)


urlpatterns = [
    path("register/", register, name="register"),
    path("register/bodies/<uuid:body>/", body, name="body"),
    path("caps/", caps, name="caps"),
]
