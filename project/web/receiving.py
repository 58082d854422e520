"""How a file comes in: checked by size and content, declared free of secrets, kept outside the web root."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from docs_templates import uploads
from project.web.forms.asked import AskedForm
from proposals import drafting
from proposals.act import Actor
from proposals.asks import UPLOAD
from proposals.drafting import DraftRefused
from proposals.models import Proposal, Upload


def with_files(request: HttpRequest, *, form: AskedForm, case: Proposal, purpose: str) -> dict[str, Any]:
    """Return the facts of a valid form, its new files added to the case; a bad file raises DraftRefused."""
    facts = form.facts()
    for ask in form.asks:
        file = form.cleaned_data.get(f"{ask.name}_file") if ask.kind == UPLOAD else None
        if file is not None:
            facts[ask.name] = str(receive(request, file=file, case=case, purpose=purpose).uuid)
    return facts


def receive(request: HttpRequest, *, file: UploadedFile, case: Proposal, purpose: str) -> Upload:
    """Check and keep a file and add it to the case; the form has asked for the declaration.

    A file that may not come in raises DraftRefused, like everything else that a draft refuses.
    """
    at = timezone.now()
    try:
        received = uploads.receive(data=file.read(), at=at)
    except uploads.UploadRefused as refused:
        raise DraftRefused(str(refused)) from None
    return drafting.add_upload(
        case=case.uuid,
        actor=Actor.of(request.user),
        at=at,
        stored=received.as_stored(),
        purpose=purpose,
        name=(file.name or "未命名")[-200:],
    )
