"""Bringing an opening balance in: the template, the form that takes it, and the page that tells how far it has come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from project.web import door, receiving
from project.web.access import registers
from project.web.access.visit import Visit
from project.web.forms.appearance import Day, StyledForm
from project.web.intake import keys, readers
from project.web.tables import spreadsheets, tables
from project.web.tables.tables import Cell, Column, Table
from proposals.case.drafts import DraftRefused
from proposals.ledger import periods
from proposals.models import Register, Territory
from proposals.opening.workbook import sheets as opening_sheets
from proposals.procedure.once import KeyReused
from proposals.procedure.reasons import Reason
from workflows.jobs import importing
from workflows.jobs.importing import Run
from workflows.models import OpeningImport

RECENT = 5
FAULTS = (Column("工作表", "nowrap"), Column("行", "number"), Column("列", "nowrap"), Column("问题和办法"))


class OpeningForm(StyledForm, forms.Form):
    """The day and paper of an opening balance, and the filled template."""

    on = forms.DateField(label="期初日期", widget=Day())
    paper = forms.CharField(label="依据文件（文号）", max_length=200)
    sheet = forms.FileField(label="填好的模板", help_text="xlsx 格式，请使用下载的模板。")
    declared = forms.BooleanField(label="所传文件不含国家秘密")


def opening_import(request: Visit) -> HttpResponse:
    """Take a filled template in and let the worker check it; what was taken in lately is listed below."""
    district = registers.district_of(request)
    register = Register.objects.select_related("territory").get(territory=district)
    form = OpeningForm(request.POST or None, request.FILES or None, initial=_typed_before(request, district))
    context = {"district": district, "register": register, "form": form, "recent": _of(district)[:RECENT]}
    if request.method != "POST":
        context["reasons"] = door.against(request, subject=register, step=importing.STEP)
        return render(request, "register/opening.html", context)
    if form.is_valid() and (closed := _closed(form, district)):
        form.add_error("on", closed)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            kept = receiving.keep(request, asked["sheet"])
            opened = importing.begin(
                territory=district, person=request.user, at=timezone.now(), file_name=asked["sheet"].name,
                sha256=kept.sha256, on=asked["on"], paper=asked["paper"],
                identity=keys.made_by(request, what="opening"),
            )  # fmt: skip
        except (DraftRefused, KeyReused) as refused:
            form.add_error("sheet", str(refused))
        else:
            return redirect("opening", opening=opened.uuid)
    return render(request, "register/opening.html", context, status=422)


def _closed(form: OpeningForm, district: Territory) -> str:
    return periods.objection(territory_id=district.pk, day=form.cleaned_data["on"], what="期初日期")


def _typed_before(request: Visit, district: Territory) -> dict[str, Any]:
    """Return day and paper of the import that the address names: who mends a workbook types them once."""
    named = readers.word(request.GET, "again")
    found = next((one for one in _of(district)[:RECENT] if str(one.uuid) == named), None)
    return {"on": found.on, "paper": found.paper} if found else {}


def _of(district: Territory) -> Any:
    return OpeningImport.objects.filter(territory=district).select_related("opened_by")


def opening(request: Visit, opening: UUID) -> HttpResponse:
    """Show how far an import has come and what was found; confirm it, or begin again what was given up."""
    within = OpeningImport.objects.filter(territory__in=registers.districts(request))
    found = within.select_related("territory", "opened_by", "confirmed_by").filter(uuid=opening).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return _pressed(request, found)
    run = importing.run(opening=found)
    under_way = run not in (Run.SETTLED, Run.FAILED)
    if request.htmx and not under_way:
        return HttpResponseClientRefresh()
    faults = Table("问题清单", FAULTS, [[Cell(value) for value in fault] for fault in found.faults])
    if readers.given(request.GET, "export"):
        return tables.handed_out(request, name=f"期初登记问题清单{found.opened_at:%Y%m%d}", tables=[faults])
    context = {
        "import": found,
        "district": found.territory,
        "run": run,
        "under_way": under_way,
        "stages": OpeningImport.Stage.choices,
        "faults": faults,
        "told": Table("读取说明", FAULTS, [[Cell(value) for value in one] for one in found.told]),
        "preview": [
            (Table(title, tuple(map(Column, heads)), [[Cell(value) for value in row] for row in rows]), total)
            for title, heads, rows, total in found.preview
        ],
        "more": found.fault_count - len(found.faults),
        "reasons": [Reason(*refusal) for refusal in found.refusals],
    }
    return render(request, "register/_course.html" if request.htmx else "register/course.html", context)


def _pressed(request: Visit, found: OpeningImport) -> HttpResponse:
    """Confirm or begin again; who comes second sees on the page that it was done."""
    if readers.word(request.POST, "do") == "again":
        importing.begin_again(opening=found)
    elif not importing.confirm(opening=found, person=request.user):
        messages.warning(request, "没有重复登记，现在的情况如下。")
    return redirect("opening", opening=found.uuid)


def opening_template(request: Visit) -> HttpResponse:
    """Return the empty template with one example row a sheet and the allowed words as lists."""
    sheets: list[spreadsheets.Sheet] = [
        (title, [column.heading for column in columns], [opening_sheets.EXAMPLES[title]])
        for title, columns in opening_sheets.SHEETS.items()
    ]
    choices = {
        title: {place: column.words for place, column in enumerate(columns, start=1) if column.words}
        for title, columns in opening_sheets.SHEETS.items()
    }
    return spreadsheets.answer(name="期初登记模板", sheets=sheets, form="xlsx", choices=choices)


urlpatterns = [
    path("register/opening/", opening_import, name="opening_import"),
    path("register/opening/template/", opening_template, name="opening_template"),
    path("register/opening/<uuid:opening>/", opening, name="opening"),
]
