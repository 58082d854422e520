"""文号登记簿: the document numbers of a district by year and series, with what carries each and every gap."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from docs_templates.models import AllocatedNumber, NumberSeries
from project.web.access import lists, policy, registers
from project.web.access.visit import Visit
from project.web.intake import readers
from project.web.tables import number_tables, tables


def number_register(request: Visit) -> HttpResponse:
    """Show one year's numbers of the district, of one series or of all."""
    district = registers.district_of(request)
    every = NumberSeries.objects.filter(territory=district.path).order_by("word")
    years = sorted({one.year for one in every} | {timezone.localdate().year}, reverse=True)
    year = readers.number_among(request.GET, "year", years) or timezone.localdate().year
    word = readers.word(request.GET, "word")
    of_year = [one for one in every.filter(year=year) if "-WS·" not in one.word]
    chosen = [one for one in of_year if one.word == word] or of_year
    rows = AllocatedNumber.objects.filter(series__in=chosen).select_related("series")
    if chosen == of_year:
        rows |= AllocatedNumber.objects.filter(territory=district.path, series=None, allocated_at__year=year)
    readable = lists.readable(held=policy.held_by(request), person_id=request.user.pk)
    reach = number_tables.Reach(dict(readable.filter(territory=district).values_list("uuid", "title")))
    table = number_tables.numbers(rows, chosen, reach=reach)
    if readers.given(request.GET, "export"):
        own = number_tables.runs(one for one in chosen if one.own)
        return tables.handed_out(request, name=f"{district.name}文号登记簿{year}", tables=[table, own])
    context = {
        **registers.frame(request, district=district, as_of=timezone.localdate()),
        "years": years, "year": year, "words": [one.word for one in of_year], "word": word, "table": table,
        "own": number_tables.runs(one for one in of_year if one.own),
        "may": policy.opens(name="rulebook_step", held=policy.held_by(request)),
    }  # fmt: skip
    return render(request, "register/numbers.html", context)


urlpatterns = [path("numbers/", number_register, name="number_register")]
