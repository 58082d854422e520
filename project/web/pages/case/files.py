"""Every file that leaves the site: uploads, papers and packages, each only to somebody who may read its case."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header

from docs_templates import archive
from docs_templates.catalogue import BY_SLUG
from docs_templates.received.uploads import MEDIA_TYPES
from project.web.access import cases, lists, security_stream
from project.web.access.visit import Visit

ENDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({"jpeg": ("jpeg", "jpg")})


def upload(request: Visit, upload: UUID) -> HttpResponse:
    """Hand out a file that came from outside."""
    found = cases.upload_of(request, upload)
    name = outgoing(found.name, media_type=found.media_type)
    return handed(request, sha256=found.sha256, media_type=found.media_type, name=name, noted=f"材料 {found.uuid}")


def case_evidence(request: Visit, case: UUID) -> HttpResponse:
    """Show the files of a case again, for a page that waits until they are examined."""
    found = cases.case_of(request, case)
    return render(request, "cases/_evidence.html", {"case": found, "evidence": lists.evidence_of(found)})


def paper(request: Visit, paper: UUID) -> HttpResponse:
    """Hand out a paper as PDF; while it is still being made there is none."""
    found, title = cases.paper_of(request, paper)
    name = f"{BY_SLUG[found.slug].label}-{title}.pdf"
    noted = f"文书 {found.uuid}"
    return handed(request, sha256=found.rendered_sha256, media_type="application/pdf", name=name, noted=noted)


def package(request: Visit, package: UUID) -> HttpResponse:
    """Hand out a sealed package."""
    found = cases.package_of(request, package)
    noted = f"材料包 {found.uuid}"
    return handed(request, sha256=found.sha256, media_type="application/zip", name=found.file_name, noted=noted)


def outgoing(name: str, *, media_type: str) -> str:
    """Return the name under which a file leaves: signs that cannot be seen gone, and the ending its content has."""
    seen = "".join(letter for letter in name if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    kind = next((kind for kind, known in MEDIA_TYPES.items() if known == media_type), "bin")
    stem, dot, ending = seen.strip().rpartition(".")
    if not dot or ending.lower() not in ENDINGS.get(kind, (kind,)):
        stem, ending = seen.strip(), kind
    return f"{stem.strip(' .') or '材料'}.{ending}"


def handed(request: Visit, *, sha256: str, media_type: str, name: str, noted: str) -> HttpResponse:
    """Return the stored file, never to be guessed at or kept by the browser; a damaged one is not handed out.

    The security stream is told which file, never what its case is about.
    """
    try:
        data = archive.read_object(sha256=sha256)
    except archive.ObjectMissing:
        raise Http404 from None
    security_stream.note(request, security_stream.Kind.DOWNLOADED, subject=noted, detail=sha256)
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [
    path("uploads/<uuid:upload>/", upload, name="upload"),
    path("cases/<uuid:case>/evidence/", case_evidence, name="case_evidence"),
    path("papers/<uuid:paper>/", paper, name="paper"),
    path("packages/<uuid:package>/", package, name="package"),
]
