"""How posts are used beside permits: the year's plans with what is left of them, and the pool of talent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import path

from project.web.access.visit import Visit
from project.web.intake import readers
from project.web.pages.register.side_registers import answered, frame
from project.web.tables import use_tables
from proposals.ledger import balances
from proposals.models import Body, Territory
from proposals.register import tree
from proposals.use_of_posts import pool, use_plans


def plans(request: Visit) -> HttpResponse:
    """Show what bodies may use in a year, what permits used of it, and what is left."""
    context = frame(request, kind="STAFF_USE_PLAN")
    district, as_of, links = context["district"], context["as_of"], context["links"]
    years = sorted({*use_plans.years(territory=district), as_of.year}, reverse=True)
    year = readers.number_among(request.GET, "year", years) or as_of.year
    rows = use_plans.of_year(territory=district, year=year, as_of=as_of)
    planned = [row for row in rows if row.plan or any(one.plan for one in rows)]
    table = use_tables.plans(planned, names=_names(district, as_of), year=year, links=links)
    shown = context | {"table": table, "years": years, "year": year}
    return answered(request, shown, template="side/use_plans.html", name=f"{year}年度用编计划", shown=[table])


def talent_pool(request: Visit) -> HttpResponse:
    """Show the pool of talent: what was approved for it, what it lent for what, and what is to come back."""
    context = frame(request, kind="TALENT_POOL")
    district, as_of, links = context["district"], context["as_of"], context["links"]
    kept = balances.of_talent_pool(territory=district, as_of=as_of)
    stock = use_tables.stock(pool.stock(territory=district, as_of=as_of, balances=kept), links=links)
    lent = pool.loans(territory=district, as_of=as_of)
    loans = use_tables.loans(lent, names=_names(district, as_of), links=links)
    shown = context | {"stock": stock, "loans": loans}
    return answered(request, shown, template="side/talent_pool.html", name="人才周转池", shown=[stock, loans])


def _names(district: Territory, as_of: date) -> dict[UUID, str]:
    """Return the names of the bodies by uuid, as of the day."""
    names = tree.names_on(territory=district, as_of=as_of)
    uuids = dict(Body.objects.filter(territory=district).values_list("pk", "uuid"))
    return {uuids[pk]: name for pk, name in names.items()}


urlpatterns = [path("use-plans/", plans, name="use_plans"), path("talent-pool/", talent_pool, name="talent_pool")]
