"""The page on which the change lines of a case are typed, with what they would change beside them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from project.web.access import cases, lists, policy, registers
from project.web.access.visit import Visit
from project.web.case import preview
from project.web.forms.line_fields import Rows
from project.web.forms.lines import LineForm, initial_of, new_line
from project.web.intake import readers
from project.web.pages.drafting.drafts import draft_of
from project.web.tables import plan_tables
from project.web.tables.sources import Links
from proposals.case import drafts
from proposals.case.drafts import DraftRefused
from proposals.case.lines import CREATING
from proposals.models import ChangeLine, ChangeOp, Proposal
from proposals.organisation.body_words import Bodies, Made
from proposals.plan import trial
from proposals.procedure.reasons import Reason
from proposals.side_registers import named_rows
from proposals.text.figures import whole

REMOVE = "remove-"
LineSet = formset_factory(LineForm, extra=0, max_num=readers.MOST_ROWS, absolute_max=readers.MOST_ROWS)


def case_lines(request: Visit, case: UUID) -> HttpResponse:
    """Show, preview or save the change lines; rows are added and removed with and without JavaScript."""
    found = draft_of(request, case)
    if request.method != "POST":
        return _page(request, found, _formset(found))
    data = request.POST.copy()
    do = readers.word(data, "do") or "preview"
    if do == "add" or do.startswith(REMOVE):
        _reshape(data, do)
        return _page(request, found, _formset(found, data))
    formset = _formset(found, data)
    if not formset.is_valid():
        return _preview(request, found, None) if request.htmx else _page(request, found, formset, status=422)
    lines = [form.line() for form in formset.forms]
    seen = readers.word(data, "seen")
    try:
        if do == "save":
            drafts.save_lines(case=found.uuid, seen=seen, lines=lines)
            messages.success(request, "已保存草稿。")
            return redirect("case", case=found.uuid)
        ahead = preview.tried(case=found.uuid, seen=seen, lines=lines, on=registers.day_of(request))
    except DraftRefused as refused:
        reason = Reason("DRAFT_REFUSED", str(refused))
        found = cases.case_of(request, case)
        return _page(request, found, formset, reasons=(reason,), status=200 if request.htmx else 409)
    return _preview(request, found, ahead) if request.htmx else _page(request, found, formset, ahead=ahead)


def _reshape(data: QueryDict, do: str) -> None:
    """Add an empty row, or move the rows behind a removed one up by one."""
    total = readers.rows(data)
    if do == "add":
        if total == readers.MOST_ROWS:
            return
        data[f"form-{total}-uuid"] = str(new_line()["uuid"])
        data["form-TOTAL_FORMS"] = str(total + 1)
        return
    gone = whole(do.removeprefix(REMOVE), within=range(total))
    if gone is None:
        return
    for name in [name for name in data if name.startswith("form-") and name.count("-") == 2]:
        _, typed, field = name.split("-")
        place = whole(typed, within=readers.ROWS)
        if place is not None and place >= gone:
            behind = data.pop(name)
            if place > gone:
                data.setlist(f"form-{place - 1}-{field}", behind)
    data["form-TOTAL_FORMS"] = str(max(total - 1, 0))


def _formset(case: Proposal, data: QueryDict | None = None) -> BaseFormSet:
    today = timezone.localdate()
    saved = trial.lines_of(case)
    typed = [{"uuid": str(line.uuid), "op": line.op, "name": _named(line)} for line in saved]
    if data is not None:
        typed = _typed(data)
    made = [
        Made(row["uuid"], row["name"], position)
        for position, row in enumerate(typed, start=1)
        if row["op"] in CREATING and row["name"]
    ]
    bodies = Bodies.standing(territory_id=case.territory_id, on=today, made=made)
    lists = {row["name"]: row["uuid"] for row in typed if row["op"] == ChangeOp.DUTY_LIST and row["name"]}
    rows = Rows(territory_id=case.territory_id, on=today, made=lists)
    initial = [initial_of(line, bodies, rows) for line in saved] or [new_line()]
    return LineSet(data, initial=initial, form_kwargs={"kind": case.kind, "bodies": bodies, "rows": rows})


def _named(line: ChangeLine) -> str:
    return line.body_name if line.op in CREATING else line.says.name


def _typed(data: QueryDict) -> list[dict[str, str]]:
    places = range(readers.rows(data))
    return [{name: data.get(f"form-{n}-{name}", "").strip() for name in ("uuid", "op", "name")} for n in places]


def _page(
    request: Visit, case: Proposal, formset: BaseFormSet, ahead: Any = None, reasons: Any = (), status: int = 200
) -> HttpResponse:
    if ahead is None and not formset.is_bound and (formset.initial or [{}])[0].get("op"):
        ahead = preview.of(case, on=registers.day_of(request))
    bodies, rows = formset.form_kwargs["bodies"], formset.form_kwargs["rows"]
    context = {
        "formset": formset,
        "reasons": reasons,
        "names": [*bodies.words.values(), *bodies.made.values()],
        "rows": {op: rows.of(op) for op in named_rows.TABLES},
        "typed_day": registers.day_of(request),
        **ahead_of(request, case, ahead),
    }
    return render(request, "cases/lines.html", context, status=status)


def _preview(request: Visit, case: Proposal, ahead: Any) -> HttpResponse:
    return render(request, "cases/_preview.html", ahead_of(request, case, ahead))


def ahead_of(request: Visit, case: Proposal, ahead: preview.Preview | None) -> dict[str, Any]:
    """Return what the preview shows: what lies ahead, and its tables."""
    shown: dict[str, Any] = {"case": case, "ahead": ahead}
    if ahead is not None:
        links = Links.of(request, district=case.territory, as_of=ahead.plan.as_of)
        found = (*ahead.findings, *(finding for line in ahead.plan.lines for finding in line.findings))
        others = [matter for finding in found for matter in finding.matters]
        shown["matters"] = (
            lists.named(others, held=policy.held_by(request), person_id=request.user.pk) if others else {}
        )
        shown["tables"] = plan_tables.preview(ahead.plan, ahead.facts, case=case.uuid, links=links)
    return shown


urlpatterns = [path("cases/<uuid:case>/lines/", case_lines, name="case_lines")]
