"""How a file comes in: checked by size and content, declared free of secrets, kept outside the web root."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from docs_templates.received import uploads
from docs_templates.received.uploads import Received
from project.web.access.visit import Visit
from project.web.forms.asked import AskedForm
from project.web.intake import keys
from proposals.case import drafts
from proposals.case.drafts import DraftRefused
from proposals.models import Proposal, Upload
from proposals.procedure.act import Actor
from proposals.procedure.asks import UPLOAD


def with_files(request: Visit, *, form: AskedForm, case: Proposal, purpose: str) -> dict[str, Any]:
    """Return the facts of a valid form, its new files added to the case; a bad file raises DraftRefused."""
    facts = form.facts()
    for ask in form.asks:
        file = form.cleaned_data.get(f"{ask.name}_file") if ask.kind == UPLOAD else None
        if file is not None:
            facts[ask.name] = str(receive(request, file=file, case=case, purpose=purpose, what=ask.name).uuid)
    return facts


def receive(request: Visit, *, file: UploadedFile, case: Proposal, purpose: str, what: str = "file") -> Upload:
    """Check and keep a file and add it to the case, once; the form has asked for the declaration."""
    received = keep(file)
    if received.unread:
        messages.warning(request, f"密级标志未检（{received.unread}），请确认其中没有国家秘密。")
    return add(request, received=received, name=file.name or "", case=case, purpose=purpose, what=what)


def keep(file: UploadedFile) -> Received:
    """Check and keep a file; one that may not come in raises DraftRefused, like everything that a draft refuses."""
    if file.size is not None and file.size > settings.UPLOAD_LIMIT:
        raise DraftRefused(uploads.too_large())
    try:
        return uploads.receive(data=file.read(), at=timezone.now())
    except uploads.UploadRefused as refused:
        raise DraftRefused(str(refused)) from None


def add(request: Visit, *, received: Received, name: str, case: Proposal, purpose: str, what: str) -> Upload:
    """Add a kept file to a case, once for one sending of the form; `what` is the field that it came in."""
    return drafts.add_upload(
        case=case.uuid,
        actor=Actor.of(request.user),
        at=timezone.now(),
        stored=received.as_stored(),
        purpose=purpose,
        name=(name or "未命名")[-200:],
        identity=keys.made_by(request, what=f"{case.uuid} {what}"),
    )
