"""What happened on paper: the list of records that wait, entering one for a case, and the second person's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from project.web import door, receiving
from project.web.access import cases as reach
from project.web.access import growing, lists, policy
from project.web.access.visit import Visit
from project.web.case import casefile, choices
from project.web.case import paper_record as recorded
from project.web.forms.asked import AskedForm
from project.web.forms.paper import PaperForm
from project.web.intake import keys, readers
from proposals.case.drafts import DraftRefused
from proposals.case.lifecycle import CaseStep
from proposals.case.steps.book import STEPS
from proposals.models import PaperRecord, Proposal, Register, SubjectKind, Upload
from proposals.procedure.paper_records import PaperRecordStep
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import following
from proposals.procedure.table import Row
from workflows import subjects
from workflows.attempt import Ref

# What only the person it concerns can do is never entered for somebody else.
IN_PERSON = frozenset({
    CaseStep.DELEGATE, CaseStep.END_DELEGATION, CaseStep.GRANT_READING, CaseStep.END_READING,
})  # fmt: skip
ROWS: Mapping[str, Row] = {
    name: step.row for name, step in STEPS.items() if casefile.offered(step.row) and name not in IN_PERSON
}


def reachable(request: Visit) -> Any:
    """Return the records of the districts in which the person may record."""
    paths = [path for duty, path in policy.held_by(request) if duty in policy.RECORDING]
    return PaperRecord.objects.filter(territory__path__in=paths).select_related("recorded_by", "confirmed_by")


def paper_records(request: Visit) -> HttpResponse:
    """Show the records, those that wait first."""
    rows = reachable(request).order_by("-status", "-recorded_at", "-pk")
    page = growing.leaf(rows, request.GET, per_page=lists.PAGE)
    return render(request, "paper/list.html", {"page": page})


def paper_record_new(request: Visit) -> HttpResponse:
    """Enter what somebody did on paper for a case: first which step, then what it says."""
    named = readers.identity(request.GET, "case")
    if named is None:
        return redirect("case_list")
    case = reach.case_of(request, named)
    open_rows = [row for row in following(STEPS, case) if row.step in ROWS]
    row = next((row for row in open_rows if row.step == readers.word(request.GET, "step")), None)
    if row is None:
        return render(request, "paper/choose.html", {"case": case, "rows": open_rows})
    asks, offer = (
        subjects.asks_of(kind=SubjectKind.CASE, step=row.step),
        choices.of(case=case, step=row.step, who=request.user),
    )
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AskedForm(
        data, files, asks=asks, offer=offer, initial=choices.initial(case=case, step=row.step), prefix="step"
    )
    paper = PaperForm(data, files, files=choices.scans([case]))
    reasons: tuple[Reason, ...] = ()
    if data is not None and form.is_valid() and paper.is_valid():
        try:
            facts = receiving.with_files(request, form=form, case=case, purpose=Upload.Purpose.OTHER)
            if row.step == CaseStep.ATTACH_SIGNED_SCAN:
                receiving.with_codes(case=case, upload=facts["upload"])
            act = {"kind": "case", "subject": str(case.uuid), "step": row.step, "facts": facts}
            taken = record(request, paper=paper, cases=[case], acts=[act], title=f"{row.label}：{case.title}")
        except DraftRefused as refused:
            reasons = (Reason("FILE_REFUSED", str(refused)),)
        else:
            if taken.entry is not None:
                return redirect("paper_records")
            reasons = taken.reasons
    context = {"case": case, "row": row, "form": form, "paper": paper, "reasons": reasons}
    return render(request, "paper/new.html", context, status=_status(data, reasons))


def _status(data: Any, reasons: tuple[Reason, ...]) -> int:
    if data is None:
        return 200
    return door.status_of(reasons) if reasons else 422


def record(
    request: Visit, *, paper: PaperForm, cases: list[Proposal], acts: list[dict[str, Any]], title: str
) -> door.Taken:
    """Keep the scan with every case it concerns and enter the record; a bad file raises DraftRefused."""
    data = paper.cleaned_data
    digest = data["evidence"]
    if data["file"]:
        received = receiving.usable(request, data["file"])
        for case in cases:
            receiving.add(
                request, seen=received, name=data["file"].name, case=case, purpose=paper_purpose(acts), what="scan"
            )
        digest = received.sha256
    taken = door.take(
        request,
        subject=Ref(SubjectKind.REGISTER, Register.objects.get(territory=cases[0].territory).uuid),
        step=PaperRecordStep.RECORD_ON_BEHALF,
        facts={
            "record": str(keys.made_by(request, what="record")),
            "title": title[:200],
            "number": data["number"],
            "acts": acts,
        },
        seen_matters=False,
        on_behalf_of=data["on_behalf_of"],
        happened_on=data["happened_on"],
        evidence=(digest,),
    )
    if taken.entry is not None:
        messages.success(request, "已代录，待另一人复核确认后生效。")
    return taken


def paper_purpose(acts: list[dict[str, Any]]) -> str:
    """Return what kind of material the scan of these acts is."""
    return Upload.Purpose.CITY_REPLY if acts[0]["step"].startswith("city_") else Upload.Purpose.OTHER


def paper_record(request: Visit, record: UUID) -> HttpResponse:
    """Show a record with its scan; a second person confirms or declines it."""
    found = reachable(request).filter(uuid=record).select_related("territory").first()
    if found is None:
        raise Http404
    step = (
        PaperRecordStep.DECLINE_RECORD
        if readers.word(request.POST, "do") == "decline"
        else PaperRecordStep.CONFIRM_RECORD
    )
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        taken = door.take(
            request,
            subject=Ref(SubjectKind.REGISTER, Register.objects.get(territory=found.territory).uuid),
            step=step,
            facts={"record": str(found.uuid), "remark": readers.word(request.POST, "remark").strip()},
            seen_matters=False,
        )
        if taken.entry is not None:
            messages.success(
                request, "已复核确认。" if step == PaperRecordStep.CONFIRM_RECORD else "已登记复核不通过。"
            )
            return redirect("paper_records")
        reasons = taken.reasons
    acts, cases = recorded.told(found)
    scans = recorded.scans(found, cases)
    own = found.recorded_by_id == request.user.pk
    context = {"record": found, "acts": acts, "scans": scans, "own": own, "reasons": reasons}
    return render(request, "paper/record.html", context, status=door.status_of(reasons) if reasons else 200)


urlpatterns = [
    path("paper-records/", paper_records, name="paper_records"),
    path("paper-records/new/", paper_record_new, name="paper_record_new"),
    path("paper-records/<uuid:record>/", paper_record, name="paper_record"),
]
