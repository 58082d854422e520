"""The register's own steps in the browser: people in and out, grants, permits that lapse, corrections, closing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from project.web import door
from project.web.access import own_office, registers
from project.web.access.visit import Visit
from project.web.forms.asked import AskedForm, Offer, Pairs
from project.web.forms.business_day import dated, taken_apart, usual_day
from project.web.intake import readers
from project.web.tables import register_tables, tables
from project.web.tables.sources import Links
from proposals.effect import founding_papers
from proposals.models import Permit, Posting, Register, SubjectKind, Territory
from proposals.organisation.body_words import Bodies
from proposals.procedure.table import Row
from proposals.register import body_view, tree
from proposals.register.lifecycle import REGISTER_STEPS, RegisterStep
from workflows import subjects
from workflows.attempt import Ref

OFFERED: Mapping[str, Row] = {
    row.step: row for row in REGISTER_STEPS if row.step not in (RegisterStep.IMPORT_OPENING, RegisterStep.RECONCILE)
}
DATED = (RegisterStep.ENTER_GRANT, RegisterStep.ENROL, RegisterStep.LEAVE, RegisterStep.HAND_BACK_PERMIT)
RECENT = 100
FIXED = ("body", "permit", "posting", "unit")


def register_step(request: Visit, step: str) -> HttpResponse:
    """Show the form of a step of the register, or take it; a refusal repeats what was typed."""
    if step not in OFFERED:
        raise Http404
    district = registers.district_of(request)
    register = Register.objects.select_related("territory").get(territory=district)
    offer = Offer(choices=choices_of(district, step, registers.day_of(request)))
    initial: dict[str, Any] = {name: value for name in FIXED if (value := readers.word(request.GET, name))}
    asked = subjects.asks_of(kind=SubjectKind.REGISTER, step=step)
    asks = dated(asked) if step in DATED else asked
    initial["happened_on"] = usual_day(request)
    form = AskedForm(request.POST or None, asks=asks, offer=offer, initial=initial)
    reasons: Any = door.against(request, subject=register, step=step) if request.method == "GET" else ()
    status = door.status_of(reasons) if reasons else 200
    if request.method == "POST":
        if form.is_valid():
            facts, day = taken_apart(form)
            taken = door.take(
                request, subject=Ref(SubjectKind.REGISTER, register.uuid), step=step, facts=facts, happened_on=day,
                seen_matters=False,
            )  # fmt: skip
            if taken.entry is not None:
                messages.success(request, f"已办理「{OFFERED[step].label}」。")
                return redirect(f"{reverse('register')}?district={district.uuid}")
            reasons, status = taken.reasons, taken.status
        else:
            status = 422
    context = {"district": district, "register": register, "row": OFFERED[step], "form": form, "reasons": reasons}
    return render(request, "register/step.html", context, status=status)


def choices_of(district: Territory, step: str, as_of: Any) -> Mapping[str, Pairs]:
    """Return what the fields of a step may choose from."""
    names = tree.names_on(territory=district, as_of=as_of)
    known = (
        Bodies.standing(territory_id=district.pk, on=as_of)
        if step in (RegisterStep.ENROL, RegisterStep.LEAVE)
        else Bodies({}, {}, {})
    )
    bodies = [(str(body.uuid), known.words[pk]) for pk, body in known.by_pk.items()]
    open_permits = Permit.objects.filter(territory=district, account__balance__gt=0).select_related("account")
    permits = [(str(permit.uuid), _permit(permit, names)) for permit in open_permits]
    if step == RegisterStep.CORRECT_POSTING:
        kinds = (Posting.Kind.HOLD, Posting.Kind.RELEASE, Posting.Kind.REVERSAL)
        postings = Posting.objects.filter(territory=district, reversed_by=None).exclude(kind__in=kinds).order_by("-id")
        papers = founding_papers.offered(territory=district)
        return {"posting": [
            *((str(one.uuid), f"{one.effective_on:%Y-%m-%d} {one}") for one in postings[:RECENT]),
            *((str(one.case), f"{one.on:%Y-%m-%d} 仅变动机构 {one.paper}") for one in papers[:RECENT]),
        ]}  # fmt: skip
    return (
        {"body": bodies, "permit": permits} if step not in (RegisterStep.ENTER_GRANT, RegisterStep.CLOSE_PERIOD) else {}
    )


def _permit(permit: Permit, names: Mapping[int, str]) -> str:
    account = permit.account
    left = f"剩余{account.balance}名，有效期至{permit.expires_on:%Y-%m-%d}"
    return f"{permit.number or '未编号'} {names.get(account.body_id or 0, '')} {account.get_unit_display()} {left}"


def permits(request: Visit) -> HttpResponse:
    """Show the permits that were not used up on a day: in force, and past their own day."""
    district, as_of = registers.district_of(request), registers.day_of(request)
    table = register_tables.permits(
        body_view.permits(territory=district, as_of=as_of),
        names=tree.names_on(territory=district, as_of=as_of),
        links=Links.of(request, district=district, as_of=as_of),
        today=as_of == timezone.localdate(),
        near=own_office.near_days(request),
    )
    if readers.given(request.GET, "export"):
        return tables.handed_out(request, name=f"{district.name}用编核准单{as_of:%Y%m%d}", tables=[table])
    context = {
        **registers.frame(request, district=district, as_of=as_of),
        "table": table,
    }
    return render(request, "register/permits.html", context)


urlpatterns = [
    path("register/steps/<slug:step>/", register_step, name="register_step"),
    path("permits/", permits, name="permits"),
]
