"""The lists of cases: all that I may read, the incoming register, what goes up, what the city has, what is archived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from project.web.access import growing, lists, own_office, policy
from project.web.access.visit import Visit
from project.web.forms.appearance import Day, StyledForm
from project.web.intake import readers
from project.web.tables import case_tables, tables
from proposals.case import history, search
from proposals.case.kinds import KINDS
from proposals.ledger import balances
from proposals.models import Proposal, Territory
from proposals.vocabulary import LeaderLevel, QuotaType, State, Urgency
from workflows.desks import deadlines

AWAITING_CITY = (State.FILED, State.CITY_RECEIVED, State.CITY_ACCEPTED)
FILING: Mapping[str, tuple[str, tuple[State, ...]]] = {
    "preparing": ("行文办理", (State.MINUTES_SIGNED, State.OFFICE_DECIDED, State.DISPATCHING)),
    "packaged": ("待上报", (State.PACKAGED,)),
    "awaiting": ("已上报未批复", AWAITING_CITY),
    "answered": ("市级已答复", (State.CITY_RETURNED, State.CITY_APPROVED, State.CITY_RECORDED, State.CITY_REJECTED)),
}
AT_CITY: Mapping[str, tuple[str, tuple[State, ...]]] = {
    "new": ("待签收", (State.FILED,)),
    "open": ("办理中", (State.CITY_RECEIVED, State.CITY_ACCEPTED)),
    "done": ("已答复", ()),
}
REACHED = (
    ("accepted_on", "已受理"), ("decided_on", "已作出决定"), ("filed_on", "已上报市委编办"), ("effective_on", "已印发生效"),
)  # fmt: skip
ANY = (("", "全部"),)
POSTS: Mapping[str, str] = dict([*QuotaType.choices, *LeaderLevel.choices])


class CaseQuery(StyledForm, forms.Form):
    """The query row over the lists of cases; it lives in the address."""

    printed = False
    q = forms.CharField(label="标题、文号、单位、内容", max_length=60, required=False)
    kind = forms.ChoiceField(
        label="事项类型", choices=[*ANY, *((kind.code, kind.label) for kind in KINDS)], required=False
    )
    state = forms.ChoiceField(label="环节", choices=[*ANY, *State.choices], required=False)
    urgency = forms.ChoiceField(label="缓急", choices=[*ANY, *Urgency.choices], required=False)
    term = forms.ChoiceField(label="办理期限", choices=[*ANY, ("LATE", "已超期"), ("SOON", "临近到期")], required=False)
    district = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reached = forms.ChoiceField(label="办理进度", choices=[*ANY, *REACHED], required=False)
    as_of = forms.DateField(label="进度截至", widget=Day(), required=False)
    since = forms.DateField(label="建立日期起", widget=Day(), required=False)
    until = forms.DateField(label="建立日期止", widget=Day(), required=False)

    def narrow(self, rows: QuerySet[Proposal], request: Visit) -> QuerySet[Proposal]:
        """Return the rows that the query leaves; a field that cannot be read narrows nothing."""
        if not self.is_valid():
            return rows
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        exact = {name: asked[name] for name in ("kind", "state", "urgency") if name in asked}
        rows = rows.filter(**exact)
        if "term" in asked:
            rows = deadlines.narrowed(rows, asked["term"], near=own_office.near_days(request))
        if "district" in asked:
            rows = rows.filter(territory__uuid=asked["district"])
        if "reached" in asked:
            rows = rows.filter(**{f"{asked['reached']}__lte": asked.get("as_of", timezone.localdate())})
        if "since" in asked:
            rows = rows.filter(created_at__gte=history.ends(asked["since"] - timedelta(days=1)))
        if "until" in asked:
            rows = rows.filter(created_at__lt=history.ends(asked["until"]))
        if {"since", "until"} & set(asked):
            rows = rows.order_by("-created_at", "-pk")  # along the index of the days asked for
        if word := asked.get("q"):
            rows = search.found(rows, word)
        return rows


def reachable(request: Visit) -> QuerySet[Proposal]:
    """Return the cases that the person may read, newest first."""
    return lists.readable(held=policy.held_by(request), person_id=request.user.pk).order_by("-pk")


def page_of(request: Visit, rows: QuerySet[Proposal]) -> growing.Leaf:
    """Return the page of the rows that the address names."""
    return growing.leaf(rows, request.GET, per_page=lists.PAGE)


def shown(request: Visit, template: str, rows: QuerySet[Proposal], **more: Any) -> HttpResponse:
    """Show a page of cases under the query row."""
    query = CaseQuery(request.GET or None)
    page = page_of(request, query.narrow(rows, request) if query.is_bound else rows)
    return render(request, template, {"query": query, "page": page, "holders": lists.holders(page), **more})


def case_list(request: Visit) -> HttpResponse:
    """Show every case within the person's reach."""
    return shown(request, "cases/list.html", reachable(request))


def incoming(request: Visit) -> HttpResponse:
    """Show the incoming register: what was sent to the office, by number, and what waits to be entered."""
    rows = reachable(request).filter(Q(state=State.SUBMITTED) | ~Q(number=""))
    query = CaseQuery(request.GET or None)
    rows = query.narrow(rows, request) if query.is_bound else rows
    if readers.given(request.GET, "export"):
        table = case_tables.incoming(rows.order_by("pk"))
        return tables.handed_out(request, name=f"收文登记簿{timezone.localdate():%Y%m%d}", tables=[table])
    page = page_of(request, rows)
    context = {"query": query, "page": page, "table": case_tables.incoming(page)}
    return render(request, "cases/incoming.html", context)


def filing(request: Visit) -> HttpResponse:
    """Show what is on its way to the city, by stage."""
    return staged(request, "cases/filing.html", reachable(request), FILING)


def city_list(request: Visit) -> HttpResponse:
    """Show the city's one list over all its districts, with the days since each was filed."""
    stages = {**AT_CITY, "done": (AT_CITY["done"][0], tuple(s for s in State if s not in AWAITING_CITY))}
    return staged(request, "cases/city.html", reachable(request), stages, districts=districts(request))


def districts(request: Visit) -> list[tuple[Territory, list[tuple[str, int, int | None]]]]:
    """Return each district below the person's city with the total and the headroom of every type of posts."""
    cities = [path for duty, path in policy.held_by(request) if duty in policy.CITY]
    found = []
    for territory in Territory.objects.filter(parent__path__in=cities):
        totals = balances.totals(territory=territory, as_of=timezone.localdate())
        found.append((territory, [(POSTS[unit], *totals[unit]) for unit in POSTS if unit in totals]))
    return found


def staged(
    request: Visit, template: str, rows: QuerySet[Proposal], stages: Mapping[str, tuple[str, tuple]], **more: Any
) -> HttpResponse:
    """Show the cases of one of several stages, with a tab for each."""
    stage = readers.choice(request.GET, "stage", stages, usual=next(iter(stages)))
    tabs = [(name, label) for name, (label, _) in stages.items()]
    return shown(request, template, rows.filter(state__in=stages[stage][1]), tabs=tabs, stage=stage, **more)


def archive(request: Visit) -> HttpResponse:
    """Show closed and archived cases with their packages."""
    rows = reachable(request).filter(state__in=(State.CLOSED, State.WITHDRAWN, State.VOID, State.ARCHIVED))
    query = CaseQuery(request.GET or None)
    page = page_of(request, query.narrow(rows, request) if query.is_bound else rows)
    packages = lists.packages_of(page)
    held = {case.uuid: [package for package in packages if package.subject_uuid == case.uuid] for case in page}
    return render(request, "cases/archive.html", {"query": query, "page": page, "packages_by_case": held})


urlpatterns = [
    path("cases/", case_list, name="case_list"),
    path("incoming/", incoming, name="incoming"),
    path("filing/", filing, name="filing"),
    path("city/", city_list, name="city_list"),
    path("archive/", archive, name="archive"),
]
