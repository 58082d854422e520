"""Hold a signed scan against the printed paper, by the page codes that the worker read from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from docs_templates import archive
from docs_templates.models import FrozenPaper
from docs_templates.received.signed_scans import complaints_of, scan_complaints
from docs_templates.received.uploads import UploadRefused
from proposals.models import Examination, Proposal
from proposals.procedure.reasons import Reason


def reasons(*, case: Proposal, facts: Mapping[str, Any]) -> Iterable[Reason]:
    """Compare a signed scan with the printed paper, page by page."""
    paper = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=facts.get("paper", "")).last()
    upload = case.uploads.usable().filter(uuid=facts.get("upload") or UUID(int=0)).first()
    if paper is None:
        yield Reason("NO_SUCH_PAPER", "这份文书还没有制作，请先编文号。")
    elif upload is not None:
        yield from unlike(paper=paper, scan=upload.sha256)


def unlike(*, paper: FrozenPaper, scan: str) -> Iterable[Reason]:
    """Say what is wrong with a scan by the codes that the worker read; one that came before them is read here."""
    read = Examination.objects.filter(sha256=scan).first()
    if read is not None and read.codes is None:
        yield Reason("SCAN_WAITS", "正在逐页识别扫描件的页脚标识，请稍候片刻再办理。")
        return
    if read is None:
        complaints = _compared(paper.pk, paper.rendered_sha256, scan)
    else:
        complaints = (read.codes_fault,) if read.codes_fault else complaints_of(paper=paper, texts=read.codes or [])
    yield from (Reason("SCAN_DIFFERS", complaint) for complaint in complaints)


@lru_cache(maxsize=64)
def _compared(paper: int, rendered: str, scan: str) -> tuple[str, ...]:
    """Compare stored bytes, which never change: the printed paper's and the scan's digests name the answer for good."""
    try:
        return scan_complaints(paper=FrozenPaper.objects.get(pk=paper), scan=archive.read_object(sha256=scan))
    except UploadRefused as refusal:
        return (str(refusal),)
