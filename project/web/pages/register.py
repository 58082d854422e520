"""The register of bodies: the tree with its filters, one body as of a day, totals and caps; each also as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path

from project.web import charts, policy, register_reach, spreadsheets
from project.web.forms.dress import Dressed
from project.web.visit import Visit
from proposals import closing, register_view
from proposals.balances import Standing
from proposals.models import BodyVersion
from proposals.models.rulebook import Cap
from proposals.register_view import TreeRow
from proposals.registry import REGISTER_STEPS
from proposals.states import BodyCategory, Rank

ROWS = 50
POINTS = 12
ANY = [("", "全部")]


class RegisterQuery(Dressed, forms.Form):
    """The query row over the register."""

    q = forms.CharField(label="名称、编号、代码、牌子", max_length=60, required=False)
    category = forms.ChoiceField(label="机构类别", choices=[*ANY, *BodyCategory.choices], required=False)
    rank = forms.TypedChoiceField(
        label="机构规格", choices=[*ANY, *Rank.choices], required=False, coerce=int, empty_value=None
    )


def register(request: Visit) -> HttpResponse:
    """Show the tree of bodies with their posts as of a day."""
    district, as_of = register_reach.district_of(request), register_reach.day_of(request)
    query = RegisterQuery(request.GET or None)
    rows = _tree(request, query)
    if request.GET.get("export"):
        return _export(request, rows)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "district": district,
        "districts": register_reach.districts(request),
        "as_of": as_of,
        "closed": closing.last_closed(territory_id=district.pk),
        "query": query,
        "page": page,
        "rows": register_view.with_numbers(rows=page.object_list, territory=district, as_of=as_of),
        "groups": list(register_view.GROUPS),
        "steps": _steps(request, ("enrol", "leave", "enter_grant", "correct_posting")),
    }
    return render(request, "register/tree.html", context)


def _tree(request: Visit, query: RegisterQuery) -> list[TreeRow]:
    asked: dict[str, Any] = query.cleaned_data if query.is_bound and query.is_valid() else {}
    return register_view.tree(
        territory=register_reach.district_of(request), as_of=register_reach.day_of(request), words=asked.get("q", ""),
        category=asked.get("category", ""), rank=asked.get("rank"),
    )  # fmt: skip


def _export(request: Visit, rows: Iterable[TreeRow]) -> HttpResponse:
    district, as_of = register_reach.district_of(request), register_reach.day_of(request)
    filled = register_view.with_numbers(rows=rows, territory=district, as_of=as_of)
    headings = ["机构编号", "机构名称", "隶属机构", "类别", "规格", "统一社会信用代码", "加挂牌子", "设立(变动)文件"]
    headings += [f"{group}{word}" for group in register_view.GROUPS for word in ("核定", "实有", "占用", "空编")]
    table: Iterable[Sequence[spreadsheets.Cell]] = (
        [
            row.version.body.code, row.version.name, row.parent, row.version.get_category_display(),
            row.version.get_rank_display(), row.version.credit_code, "、".join(row.version.plates), row.version.paper,
            *(n for _, numbers in row.groups for n in _numbers(numbers)),
        ]
        for row in filled
    )  # fmt: skip
    return exported(request, name=f"{district.name}机构编制台账{as_of:%Y%m%d}", headings=headings, rows=table)


def _numbers(numbers: Standing) -> tuple[int, int, int, int]:
    return numbers.approved, numbers.actual, numbers.held, numbers.vacant


def exported(
    request: Visit, *, name: str, headings: list[str], rows: Iterable[Sequence[spreadsheets.Cell]]
) -> HttpResponse:
    """Return a table in the format the address asks for: csv or xlsx."""
    write = {"csv": spreadsheets.as_csv, "xlsx": spreadsheets.as_xlsx}.get(request.GET["export"])
    if write is None:
        raise Http404
    return write(name=name, headings=headings, rows=rows)


def body(request: Visit, body: UUID) -> HttpResponse:
    """Show one body as of a day: facts, posts, leaders, permits, open cases, history and papers."""
    found, as_of = register_reach.body_of(request, body), register_reach.day_of(request)
    version = found.version(on=as_of)
    units = register_view.units_of(body=found, as_of=as_of)
    history = register_view.history(found)
    context = {
        "body": found,
        "version": version,
        "last": history[0] if history else None,
        "as_of": as_of,
        "units": units,
        "chart": charts.usage(title="编制、职数使用情况", bars=[_bar(row) for row in units]),
        "children": [row for row in register_view.tree(territory=found.territory, as_of=as_of, words="")
                     if row.version.parent_id == found.pk],
        "parent": _parent_name(version),
        "over_time": charts.line(
            title="核定编制变化", points=register_view.approved_over_time(body=found, as_of=as_of)[-POINTS:]
        ),
        "steps": _steps(request, ("enrol", "leave")),
        "permits": register_view.permits_of(found),
        "cases": register_view.open_cases(found),
        "history": history,
        "kin": register_view.kin(found, as_of=as_of),
    }  # fmt: skip
    return render(request, "register/body.html", context)


def _parent_name(version: BodyVersion | None) -> str:
    if version is None or version.parent is None:
        return ""
    above = version.parent.versions.order_by("-valid_from").first()
    return above.name if above else version.parent.code


def _steps(request: Visit, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the steps of the register that the person may be offered, with their labels."""
    if not policy.opens(name="register_step", held=policy.held_by(request)):
        return []
    return [(row.step, row.label) for row in REGISTER_STEPS if row.step in wanted]


def _bar(row: Any) -> charts.Bar:
    numbers = getattr(row, "numbers", None) or row.bodies
    return charts.Bar(row.label, numbers.actual, numbers.committed + numbers.held, numbers.vacant)


def caps(request: Visit) -> HttpResponse:
    """Show totals and caps: what there is, what bodies have, what is left, and the provisions behind them."""
    district, as_of = register_reach.district_of(request), register_reach.day_of(request)
    rows = register_view.totals(territory=district, as_of=as_of)
    if request.GET.get("export"):
        headings = ["类型", "总量", "机构核定", "实有", "在办占用", "机构空编", "限额余量"]
        table = (
            [row.label, row.total, row.bodies.approved, row.bodies.actual, row.held, row.bodies.vacant, row.headroom]
            for row in rows
        )
        return exported(request, name=f"{district.name}总量与限额{as_of:%Y%m%d}", headings=headings, rows=table)
    context = {
        "district": district,
        "districts": register_reach.districts(request),
        "as_of": as_of,
        "closed": closing.last_closed(territory_id=district.pk),
        "rows": rows,
        "chart": charts.usage(title="编制、职数和机构使用情况", bars=[_bar(row) for row in rows]),
        "provisions": Cap.objects.filter(territory=district, since__lte=as_of).exclude(until__lt=as_of),
    }
    return render(request, "register/caps.html", context)


urlpatterns = [
    path("register/", register, name="register"),
    path("register/bodies/<uuid:body>/", body, name="body"),
    path("caps/", caps, name="caps"),
]
