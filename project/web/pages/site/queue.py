"""The work behind the pages, for the office and the system administrator: what waits, runs, or was given up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from project.web.access import queue as access
from project.web.access.visit import Visit
from project.web.intake import readers
from workflows.jobs import pulse, standing


def queue(request: Visit) -> HttpResponse:
    """Show what is not done; a POST takes up again what was given up, one job or all that the person sees."""
    rows = access.seen(request)
    if request.method == "POST":
        wanted = readers.identity(request.POST, "job")
        taken = standing.again([row.job for row, _ in rows if row.failed and wanted in (None, row.job)])
        messages.success(request, f"已重新排队{taken}件，请稍候查看。" if taken else "没有需要重新制作的文书。")
        return redirect("queue")
    given_up = any(row.failed for row, _ in rows)
    context = {"rows": rows, "complaint": pulse.complaint(at=timezone.now()), "given_up": given_up}
    return render(request, "site/queue.html", context)


urlpatterns = [path("queue/", queue, name="queue")]
