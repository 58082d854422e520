"""Bringing an opening balance in: the template, a preview that names every mistake by place, and then the step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from docs_templates.archive import ObjectMissing, read_object
from project.web import door, receiving, register_reach, spreadsheets
from project.web.forms.dress import Day, Dressed
from project.web.visit import Visit
from proposals import closing, opening_sheets
from proposals.drafting import DraftRefused
from proposals.models import Register, SubjectKind, Territory
from proposals.models.quota import UNIT_LABELS
from proposals.opening_faults import Fault, faults
from workflows.attempt import Ref

SHOWN = 200


class OpeningForm(Dressed, forms.Form):
    """The day and paper of an opening balance, and the filled template."""

    on = forms.DateField(label="期初日期", widget=Day())
    paper = forms.CharField(label="依据文件(文号)", max_length=200)
    sheet = forms.FileField(label="填好的模板", required=False, help_text="xlsx 格式，请使用下载的模板。")
    declared = forms.BooleanField(label="所传文件不含国家秘密", required=False)
    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_sha256(self) -> str:
        """Ask for the declaration with a new file, and for a file at all."""
        known: str = self.cleaned_data["sha256"]
        if not known and not self.cleaned_data.get("sheet"):
            self.add_error("sheet", "请选择填好的模板。")
        if not known and not self.cleaned_data.get("declared"):
            self.add_error("declared", "请确认所传文件不含国家秘密。")
        return known


def opening_import(request: Visit) -> HttpResponse:
    """Check a filled template and show what it would enter; enter it only when nothing is wrong."""
    district = register_reach.district_of(request)
    register = Register.objects.select_related("territory").get(territory=district)
    form = OpeningForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"district": district, "register": register, "form": form}
    if request.method != "POST":
        context["reasons"] = door.against(request, subject=register, step="import_opening")
        return render(request, "register/opening.html", context)
    if form.is_valid() and (closed := _closed(form, district)):
        form.add_error("on", closed)
    if not form.is_valid():
        return render(request, "register/opening.html", context, status=422)
    try:
        digest, facts, unread = _read(form)
    except (DraftRefused, ObjectMissing) as refused:
        form.add_error("sheet", str(refused) if isinstance(refused, DraftRefused) else "文件没有找到，请重新选择。")
        return render(request, "register/opening.html", context, status=422)
    found = [*unread, *faults(facts=facts, territory=district)]
    facts |= {"on": form.cleaned_data["on"].isoformat(), "paper": form.cleaned_data["paper"]}
    if request.POST.get("do") == "enter" and not found:
        reference = Ref(SubjectKind.REGISTER, register.uuid)
        taken = door.take(request, subject=reference, step="import_opening", facts=facts, seen_matters=False)
        if taken.entry is not None:
            messages.success(request, f"已完成期初登记：机构{len(facts['bodies'])}个。")
            return redirect(f"{reverse('register')}?district={district.uuid}")
        return render(request, "register/opening.html", {**context, "reasons": taken.reasons}, status=taken.status)
    context |= {"faults": found[:SHOWN], "more": max(0, len(found) - SHOWN), "digest": digest, "summary": _told(facts)}
    return render(request, "register/opening.html", context, status=422 if found else 200)


def _closed(form: OpeningForm, district: Territory) -> str:
    return closing.objection(territory_id=district.pk, day=form.cleaned_data["on"], what="期初日期")


def _read(form: OpeningForm) -> tuple[str, dict[str, Any], list[Fault]]:
    digest = form.cleaned_data["sha256"]
    if form.cleaned_data.get("sheet"):
        digest = receiving.keep(form.cleaned_data["sheet"]).sha256
    facts, unread = opening_sheets.read(read_object(sha256=digest))
    return digest, facts, unread


def _told(facts: dict[str, Any]) -> list[tuple[str, str]]:
    sums: dict[str, list[int]] = {}
    for row in facts["quotas"]:
        if isinstance(row["approved"], int) and isinstance(row["actual"], int):
            both = sums.setdefault(row["unit"], [0, 0])
            both[0] += row["approved"]
            both[1] += row["actual"]
    told = [("机构", f"{len(facts['bodies'])} 个"), ("问题台账", f"{len(facts['problems'])} 条")]
    return told + [(UNIT_LABELS.get(u, u), f"核定 {a} · 实有 {b} · 总量 {facts['totals'].get(u, '不设')}")
                   for u, (a, b) in sums.items()]  # fmt: skip


def opening_template(request: Visit) -> HttpResponse:
    """Return the empty template with one example row a sheet and the allowed words as lists."""
    sheets = {
        title: ([column.heading for column in columns], [opening_sheets.EXAMPLES[title]])
        for title, columns in opening_sheets.SHEETS.items()
    }
    choices = {
        title: {place: column.words for place, column in enumerate(columns, start=1) if column.words}
        for title, columns in opening_sheets.SHEETS.items()
    }
    return spreadsheets.workbook(name="期初登记模板", sheets=sheets, choices=choices)


urlpatterns = [
    path("register/opening/", opening_import, name="opening_import"),
    path("register/opening/template/", opening_template, name="opening_template"),
]
