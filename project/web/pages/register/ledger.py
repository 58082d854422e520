"""The ledger: every movement, with its paper and the record it belongs to; and what stands behind any one number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from project.web.access import growing, lists, registers
from project.web.access.visit import Visit
from project.web.forms.appearance import StyledForm
from project.web.intake import readers
from project.web.pages.register.bodies import ANY, CATEGORIES, ROWS, WHOLE
from project.web.tables import tables
from project.web.tables.sources import Links
from project.web.tables.tables import Cell, Column, Table
from project.web.templatetags.site import signed
from proposals.ledger import periods
from proposals.ledger.models import Holder
from proposals.ledger.origins import PARTS, UNIT_GROUPS, Origin
from proposals.models import Account, Body, Movement, Posting, Proposal, Territory
from proposals.register import tree
from proposals.vocabulary import UNITS

MOST = 50_000
ALL_UNITS = (
    *ANY,
    *((code, label) for code, (label, _) in UNIT_GROUPS.items()),
    *UNITS,
)
COLUMNS = (
    Column("生效日期", "nowrap"), Column("登记时间", "aside"), Column("性质", "nowrap"), Column("类型"), Column("从"),
    Column("到"), Column("数额", "number"),
)  # fmt: skip
BEHIND = (Column("依据文件"), Column("事项"), Column("办理记录校验值", "aside"))


class LedgerQuery(StyledForm, forms.Form):
    """The query row over the ledger; `part` asks for the movements that make up one number."""

    printed = False
    body = forms.UUIDField(required=False, widget=forms.HiddenInput)
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ahead = forms.BooleanField(required=False, widget=forms.HiddenInput)
    part = forms.ChoiceField(label="构成的数", choices=[*ANY, *PARTS.items()], required=False)
    category = forms.ChoiceField(label="机构类别", choices=CATEGORIES, required=False)
    unit = forms.ChoiceField(label="类型", choices=ALL_UNITS, required=False)
    kind = forms.ChoiceField(label="变动性质", choices=[*ANY, *Posting.Kind.choices], required=False)


def ledger(request: Visit) -> HttpResponse:
    """Show the movements up to a day, of the district, of one body, or behind one number; newest first."""
    district, as_of = registers.district_of(request), registers.day_of(request)
    query = LedgerQuery(request.GET or None)
    asked = query.cleaned_data if query.is_bound and query.is_valid() else {}
    body = registers.body_of(request, asked["body"]) if asked.get("body") else None
    if body is not None:
        district = body.territory
    origin = origin_of(asked, district=district, body=body, as_of=as_of)
    rows = _rows(asked, origin, district=district, body=body, as_of=as_of)
    names = tree.names_on(territory=district, as_of=as_of)
    links = Links.of(request, district=district, as_of=as_of)
    heading = "增减" if origin else "本机构核定增减" if body else None
    if readers.given(request.GET, "export"):
        table = _table(rows[:MOST], names, heading, body, links)
        return tables.handed_out(request, name=f"{district.name}台账变动{as_of:%Y%m%d}", tables=[table])
    page = growing.leaf(rows, request.GET, per_page=WHOLE if readers.given(request.GET, "whole") else ROWS)
    context = {
        **registers.frame(request, district=district, as_of=as_of),
        "closed": periods.last_closed(territory_id=district.pk),
        "query": query,
        "body": body,
        "name": names.get(body.pk, "") if body else "",
        "page": page,
        "table": _table(page, names, heading, body, links),
        "origin": origin,
        "number": origin.number() if origin and not asked.get("kind") else None,
    }
    return render(request, "register/ledger.html", context)


def origin_of(asked: Mapping[str, Any], *, district: Territory, body: Body | None, as_of: date) -> Origin | None:
    """Return the number whose movements are asked for, if it is one number; of bodies by category the approved one."""
    part = asked.get("part") or ("approved" if asked.get("category") else "")
    if not part:
        return None
    return Origin(
        territory=district, part=part, as_of=as_of, unit=asked.get("unit", ""), body=body,
        category=asked.get("category", ""), case=asked.get("case"), ahead=asked.get("ahead", False),
    )  # fmt: skip


def _rows(
    asked: Mapping[str, Any], origin: Origin | None, *, district: Territory, body: Body | None, as_of: date
) -> QuerySet[Movement]:
    kind = asked.get("kind", "")
    if origin is not None:
        rows = origin.movements()
        return rows.filter(posting__kind=kind) if kind else rows
    return tree.movements(territory=district, as_of=as_of, body=body, unit=asked.get("unit", ""), kind=kind)


def _table(
    movements: Iterable[Movement], names: Mapping[int, str], heading: str | None, body: Body | None, links: Links
) -> Table:
    """Return the movements; `heading` is what the column of their effect is called, if there is one."""
    movements = list(movements)
    subjects: set[UUID] = {movement.posting.subject for movement in movements}
    known = set(Proposal.objects.filter(uuid__in=subjects).values_list("uuid", flat=True))
    cases = lists.titles(known, held=links.held, person_id=links.reader)
    effect = (Column(heading, "number"),) if heading else ()
    rows = []
    for one in movements:
        posting = one.posting
        other = "动议事项" if posting.subject in known else "台账登记"
        case, hash_ = links.case(posting.subject) if posting.subject in cases else "", posting.entry_hash
        rows.append(
            [
                Cell(one.effective_on), Cell(f"{posting.recorded_at:%Y-%m-%d %H:%M}"), Cell(posting.get_kind_display()),
                Cell(one.get_unit_display()), Cell(told(one.source, names)), Cell(told(one.target, names)), Cell(one.n),
                *([_effect(one, body)] if heading else []),
                Cell(posting.paper), Cell(cases.get(posting.subject, other), case, note=f"记录 {hash_[:12]}"),
                Cell(hash_),
            ]
        )  # fmt: skip
    return Table("台账变动", (*COLUMNS, *effect, *BEHIND), rows, caption="台账变动，新的在前")


def _effect(movement: Movement, body: Body | None) -> Cell:
    """Return what the movement does to the number asked for, or to the body's approved posts."""
    change = getattr(movement, "change", None)
    if change is None and body is not None:
        change = movement.n * ((movement.target.body_id == body.pk) - (movement.source.body_id == body.pk))
    return Cell(change, shown=signed(change))


def told(account: Account, names: Mapping[int, str]) -> str:
    """Return an account in the office's words: whose, and what the posts are doing."""
    whose = names.get(account.body_id or 0, "") if account.holder == Holder.BODY else account.get_holder_display()
    return whose if account.holder == Holder.CITY else f"{whose}·{account.get_compartment_display()}"


urlpatterns = [path("ledger/", ledger, name="ledger")]
