"""The founding law of a territory in the browser: the ready profiles, what each holds, and drawing one of them up."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from project.web import door
from project.web.access import registers
from project.web.access.visit import Visit
from project.web.forms.rulebook import rules as forms_of
from project.web.intake import readers
from project.web.pages.rulebook.law import change_of, routes
from proposals.law.changes import RulebookStep
from proposals.models import AuthorityRule, Cap, Rulebook, RuleChange, Setting, SubjectKind, Territory
from proposals.rulebook import profiles
from workflows.attempt import Ref


def founding_law(request: Visit) -> HttpResponse:
    """Show the profiles, one of them with every row and a form to draw it up, or what a change would lay down."""
    district = registers.district_of(request)
    if (change := readers.identity(request.GET, "change")) is not None:
        return render(request, "rulebook/founding.html", _waiting(district, change))
    name = readers.word(request.GET, "profile")
    if not name:
        offered = [(one, profiles.label(one), counts(profiles.rows(one))) for one in profiles.names()]
        context = {"district": district, "offered": offered, "stands": profiles.law_stands(district)}
        return render(request, "rulebook/founding.html", context)
    if name not in profiles.names():
        raise Http404
    return _drawn_up(request, district, name)


def _drawn_up(request: Visit, district: Territory, name: str) -> HttpResponse:
    """Show the form under the profile's rows, or draw the profile up; what was typed stays."""
    book = Rulebook.objects.select_related("territory").get(territory=district)
    content, since = profiles.rows(name), date.fromisoformat(profiles.read(name)["since"])
    initial = {"since": since, "digest": profiles.digest(content)}
    form = forms_of.AdoptForm(request.POST or None, initial=initial)
    reasons: Any = (
        () if request.method == "POST" else door.against(request, subject=book, step=RulebookStep.ADOPT_PROFILE)
    )
    status = door.status_of(reasons) if reasons else 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts = {**form.facts(), "profile": name, "change": change_of(request, book)}
            ref = Ref(SubjectKind.RULEBOOK, book.uuid)
            taken = door.take(request, subject=ref, step=RulebookStep.ADOPT_PROFILE, facts=facts, seen_matters=False)
            if taken.entry is not None:
                messages.success(request, "已拟定启用办事规则，待另一人复核后生效。")
                return redirect(f"{reverse('rulebook')}?district={district.uuid}")
            reasons, status = taken.reasons, taken.status
    context = {
        "district": district, "rulebook": book, "form": form, "reasons": reasons, "name": name,
        "stands": profiles.law_stands(district), "label": profiles.label(name), **_shown(district, content, since),
    }  # fmt: skip
    return render(request, "rulebook/founding.html", context, status=status)


def _waiting(district: Territory, change: UUID) -> dict[str, Any]:
    """Return what the rows of a drawn-up adoption are."""
    found = RuleChange.objects.filter(uuid=change, territory=district, table=RulebookStep.ADOPT_PROFILE).first()
    if found is None:
        raise Http404
    since = date.fromisoformat(found.content["since"])
    label = profiles.label(found.content["profile"])
    return {"district": district, "label": label, **_shown(district, found.content["rows"], since)}


def _shown(district: Territory, content: profiles.Rows, since: date) -> dict[str, Any]:
    """Return the rows as the rulebook's own page shows them, and how many there are of each sort."""
    made = profiles.provisions(territory=district, content=content, since=since)
    return {
        "counts": counts(content),
        "authority": routes(row for row in made if isinstance(row, AuthorityRule)),
        "caps": [row for row in made if isinstance(row, Cap)],
        "settings": [(row, forms_of.name_of(row), forms_of.shown(row)) for row in made if isinstance(row, Setting)],
    }


def counts(content: profiles.Rows) -> list[tuple[str, int, int]]:
    """Return how many rows of each sort there are, and how many of them nobody compared with the text."""
    labels = {"authority": "审批权限", "caps": "限额", "settings": "办事设置"}
    return [(labels[table], len(rows), sum(not row.get("verified") for row in rows)) for table, rows in content.items()]


urlpatterns = [path("rulebook/founding/", founding_law, name="founding_law")]
