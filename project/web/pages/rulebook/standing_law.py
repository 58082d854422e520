"""Law that stands without two people in the browser: every row of it, and drawing up that an office answers for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from project.web import door
from project.web.access import registers
from project.web.access.visit import Visit
from project.web.forms.rulebook import rules as forms_of
from project.web.forms.rulebook.meeting_rule import told
from project.web.intake import readers
from project.web.pages.rulebook.law import change_of, routes
from proposals.law.changes import RulebookStep
from proposals.models import AuthorityRule, Cap, MeetingRule, Rulebook, RuleChange, Setting, SubjectKind, Territory
from proposals.rulebook import standing_law as standing
from workflows.attempt import Ref


def standing_law(request: Visit) -> HttpResponse:
    """Show the rows that no two people laid down with a form to take them over, or what a change would take over."""
    district = registers.district_of(request)
    if (identity := readers.identity(request.GET, "change")) is not None:
        found = RuleChange.objects.filter(uuid=identity, territory=district, table=RulebookStep.TAKE_OVER_LAW).first()
        if found is None:
            raise Http404
        context = {"district": district, "drawn": True, **_shown(district, found.content["rows"])}
        return render(request, "rulebook/standing.html", context)
    return _drawn_up(request, district, standing.rows(district))


def _drawn_up(request: Visit, district: Territory, rows: standing.Rows) -> HttpResponse:
    """Show the form above the rows, or draw their taking over up; what was typed stays."""
    book = Rulebook.objects.select_related("territory").get(territory=district)
    posted, step = request.method == "POST", RulebookStep.TAKE_OVER_LAW
    form = forms_of.TakeOverForm(request.POST if posted else None, initial={"digest": standing.digest(rows)})
    reasons: Any = () if posted or not rows else door.against(request, subject=book, step=step)
    status = 422 if posted else door.status_of(reasons) if reasons else 200
    if posted and form.is_valid():
        facts = {**form.facts(), "change": change_of(request, book)}
        ref = Ref(SubjectKind.RULEBOOK, book.uuid)
        taken = door.take(request, subject=ref, step=step, facts=facts, seen_matters=False)
        if taken.entry is not None:
            messages.success(request, "已拟定承接现行规则，待另一人复核后生效。")
            return redirect(f"{reverse('rulebook')}?district={district.uuid}")
        reasons, status = taken.reasons, taken.status
    context = {
        "district": district, "rulebook": book, "form": form if rows else None, "reasons": reasons,
        **_shown(district, rows),
    }  # fmt: skip
    return render(request, "rulebook/standing.html", context, status=status)


def _shown(district: Territory, content: standing.Rows) -> dict[str, Any]:
    """Return the rows as the rulebook's own page shows them."""
    made = standing.provisions(district, content)
    return {
        "n": len(made),
        "unseen": sum(not row.verified for row in made),
        "authority": routes(row for row in made if isinstance(row, AuthorityRule)),
        "caps": [row for row in made if isinstance(row, Cap)],
        "settings": [(row, forms_of.name_of(row), forms_of.shown(row)) for row in made if isinstance(row, Setting)],
        "meeting_rules": [(row, told(row.rule)) for row in made if isinstance(row, MeetingRule)],
    }


urlpatterns = [path("rulebook/standing/", standing_law, name="standing_law")]
