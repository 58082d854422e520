"""How a file comes in: written down within its limit, declared free of secrets, examined by the worker before use."""

from __future__ import annotations

import threading
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from docs_templates.received import incoming, uploads
from docs_templates.received.uploads import UploadRefused
from project.web.access.visit import Visit
from project.web.forms.asked import AskedForm
from project.web.intake import keys
from proposals.case import drafts
from proposals.case.drafts import DraftRefused
from proposals.models import Examination, Proposal, Upload
from proposals.procedure.act import Actor
from proposals.procedure.asks import UPLOAD
from workflows.jobs import examining
from workflows.jobs.examining import QuotaReached

# A form that takes a step with its file waits so long for the worker, and so many requests at once do; the others are
# told to press again. Waiting costs a thread and nothing else.
PATIENCE = 3.0
WAITING = threading.BoundedSemaphore(2)
STILL_WAITS = "文件已收下，正在检查，通常几秒内完成。请稍候片刻，重新选择该文件后再办理一次。"


def with_files(request: Visit, *, form: AskedForm, case: Proposal, purpose: str) -> dict[str, Any]:
    """Return the facts of a valid form, its new files added to the case; a bad file raises DraftRefused.

    A file that is still being examined is added as well: the step waits for it and the form keeps it chosen.
    """
    facts = form.facts()
    for ask in form.asks:
        file = form.cleaned_data.get(f"{ask.name}_file") if ask.kind == UPLOAD else None
        if file is not None:
            seen = patiently(keep(request, file))
            added = add(request, seen=seen, name=file.name or "", case=case, purpose=purpose, what=ask.name)
            facts[ask.name] = str(added.uuid)
    return facts


def receive(request: Visit, *, file: UploadedFile, case: Proposal, purpose: str) -> Upload:
    """Keep a file and add it to the case, once; the form asked for the declaration, the page tells what is found."""
    seen = keep(request, file)
    told(request, seen)
    return add(request, seen=seen, name=file.name or "", case=case, purpose=purpose, what="file")


def keep(request: Visit, file: UploadedFile) -> Examination:
    """Write a file down and queue its examination; what may not come in raises DraftRefused, like all a draft refuses.

    What is known to be unusable is refused; it is looked into anew all the same.
    """
    size, at = file.size or 0, timezone.now()
    if size > settings.UPLOAD_LIMIT:
        raise DraftRefused(uploads.too_large())
    try:
        examining.within_quota(person=request.user, size=size, at=at)
        seen = examining.begin(kept=incoming.keep(chunks=file.chunks()), person=request.user, at=at)
    except (UploadRefused, QuotaReached) as refused:
        raise DraftRefused(str(refused)) from None
    return _not_refused(seen)


def patiently(seen: Examination) -> Examination:
    """Return how a file stands after a little patience; an unusable one raises DraftRefused."""
    if not seen.unfinished or not WAITING.acquire(blocking=False):
        return seen
    try:
        return _not_refused(examining.awaited(sha256=seen.sha256, seconds=PATIENCE))
    finally:
        WAITING.release()


def with_codes(*, case: Proposal, upload: str) -> None:
    """Have the page codes of a file of the case read that a step compares with a paper, and wait a little for them."""
    named = case.uploads.filter(uuid=upload).first()
    seen = Examination.objects.filter(sha256=named.sha256).first() if named else None
    if seen is None:
        return
    examining.want_codes(sha256=seen.sha256)
    if not seen.waits:  # its sender has had a little patience already
        seen.refresh_from_db()
        patiently(seen)


def usable(request: Visit, file: UploadedFile) -> Examination:
    """Keep a file that is needed at once; one that is not found usable within a little patience raises DraftRefused."""
    seen = patiently(keep(request, file))
    if seen.waits:
        raise DraftRefused(STILL_WAITS)
    told(request, seen)
    return seen


def told(request: Visit, seen: Examination) -> None:
    """Tell who brings a file what of it nobody could search for secret marks."""
    if seen.unread:
        messages.warning(request, f"密级标志未检（{seen.unread}），请确认其中没有国家秘密。")


def _not_refused(seen: Examination) -> Examination:
    if seen.standing == Examination.Standing.UNUSABLE:
        raise DraftRefused(seen.reason)
    return seen


def add(request: Visit, *, seen: Examination, name: str, case: Proposal, purpose: str, what: str) -> Upload:
    """Add a kept file to a case, once for one sending of the form; `what` is the field that it came in."""
    return drafts.add_upload(
        case=case.uuid,
        actor=Actor.of(request.user),
        at=timezone.now(),
        stored=seen.as_stored(),
        purpose=purpose,
        name=(name or "未命名")[-200:],
        identity=keys.made_by(request, what=f"{case.uuid} {what}"),
    )
