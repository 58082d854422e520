"""The ledger: every movement behind every number, with its paper and the record it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from project.web import register_reach
from project.web.forms.dress import Dressed
from project.web.pages.register import exported
from project.web.visit import Visit
from proposals import closing, register_view
from proposals.models import Account, Body, Movement, Posting, Proposal
from proposals.models.quota import UNITS, Holder

ROWS = 50
MOST = 50_000
ANY = [("", "全部")]


class LedgerQuery(Dressed, forms.Form):
    """The query row over the ledger."""

    body = forms.UUIDField(required=False, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label="类型", choices=[*ANY, *UNITS], required=False)
    kind = forms.ChoiceField(label="变动性质", choices=[*ANY, *Posting.Kind.choices], required=False)


def ledger(request: Visit) -> HttpResponse:
    """Show the movements up to a day, of the district or of one body, newest first."""
    district, as_of = register_reach.district_of(request), register_reach.day_of(request)
    query = LedgerQuery(request.GET or None)
    asked = query.cleaned_data if query.is_bound and query.is_valid() else {}
    body = register_reach.body_of(request, asked["body"]) if asked.get("body") else None
    if body is not None:
        district = body.territory
    rows = register_view.movements(
        territory=district, as_of=as_of, body=body, unit=asked.get("unit", ""), kind=asked.get("kind", "")
    )
    names = register_view.names_on(territory=district, as_of=as_of)
    if request.GET.get("export"):
        headings = ["生效日期", "登记时间", "性质", "类型", "从", "到", "数额", "依据文件", "办理记录校验值"]
        table = ([*_told(movement, names), movement.posting.entry_hash] for movement in rows[:MOST])
        return exported(request, name=f"{district.name}台账变动{as_of:%Y%m%d}", headings=headings, rows=table)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "district": district,
        "districts": register_reach.districts(request),
        "as_of": as_of,
        "closed": closing.last_closed(territory_id=district.pk),
        "query": query,
        "body": body,
        "name": names.get(body.pk, "") if body else "",
        "page": page,
        "lines": _lines(page.object_list, names, body),
    }
    return render(request, "register/ledger.html", context)


def _lines(movements: Iterable[Movement], names: dict[int, str], body: Body | None) -> list[dict]:
    movements = list(movements)
    subjects: set[UUID] = {movement.posting.subject for movement in movements}
    cases = dict(Proposal.objects.filter(uuid__in=subjects).values_list("uuid", "title"))
    return [
        {
            "movement": movement,
            "source": told(movement.source, names),
            "target": told(movement.target, names),
            "case": movement.posting.subject if movement.posting.subject in cases else None,
            "title": cases.get(movement.posting.subject, ""),
            "change": _change(movement, body),
        }
        for movement in movements
    ]


def _change(movement: Movement, body: Body | None) -> int | None:
    """Return what the movement does to the body's approved posts; None where no body is chosen."""
    if body is None:
        return None
    return movement.n * ((movement.target.body_id == body.pk) - (movement.source.body_id == body.pk))


def told(account: Account, names: dict[int, str]) -> str:
    """Return an account in the office's words: whose, and what the posts are doing."""
    whose = names.get(account.body_id or 0, "") if account.holder == Holder.BODY else account.get_holder_display()
    return whose if account.holder == Holder.CITY else f"{whose}·{account.get_compartment_display()}"


def _told(movement: Movement, names: dict[int, str]) -> list:
    posting = movement.posting
    return [
        movement.effective_on, f"{posting.recorded_at:%Y-%m-%d %H:%M}", posting.get_kind_display(),
        movement.get_unit_display(), told(movement.source, names), told(movement.target, names), movement.n,
        posting.paper,
    ]  # fmt: skip


urlpatterns = [path("ledger/", ledger, name="ledger")]
