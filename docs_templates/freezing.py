"""The only place that freezes the facts of papers and prints what was frozen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from docs_templates.archive import read_object, store_bytes
from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import digest_of, to_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.models import FrozenPaper, StoredObject
from docs_templates.printing.press import print_frozen
from docs_templates.printing.text_guard import complaints
from proposals.case.snapshots import CaseReading
from proposals.prepared import Prepared
from proposals.prepared_writes import insert

PDF = "application/pdf"


def objections(*, slug: str, facts: PaperFacts) -> tuple[str, ...]:
    """Return, in Chinese, every missing value and unprintable character; empty when the paper may be frozen.

    For `judge`, before anything moves; it reads no database and takes about a millisecond a page of text.
    """
    return complaints(facts=facts, paper=BY_SLUG[slug].label, fonts_root=settings.FONTS_ROOT)


VERSIONS: Prepared[tuple[str, int]] = Prepared(
    lambda subject: FrozenPaper.objects.filter(subject_uuid=subject).values_list("slug", "version")
)


def freeze(
    *, slug: str, facts: PaperFacts, subject_kind: str, subject_uuid: UUID, step: str, at: datetime,
    read: object = None,
) -> FrozenPaper:  # fmt: skip
    """Keep the facts as the next version of the paper, inside the transaction of the step that freezes it.

    `read` is what the step read of the subject after its lock was taken, where it read something.
    The caller has asked `objections` before and puts the returned row's digest into the chronicle entry.
    """
    if not isinstance(facts, BY_SLUG[slug].facts):
        raise TypeError(f"{slug} is not told by {type(facts).__name__}")
    canonical = to_canonical(facts)
    asked = read.of if isinstance(read, CaseReading) and read.case.uuid == subject_uuid else None
    known = asked(VERSIONS, subject=subject_uuid) if asked else VERSIONS(subject=subject_uuid)
    paper = FrozenPaper(
        subject_kind=subject_kind,
        subject_uuid=subject_uuid,
        slug=slug,
        version=max((n for paper, n in known if paper == slug), default=0) + 1,
        round=facts.round,
        facts=canonical,
        digest=digest_of(canonical),
        chain_head=facts.chain_head,
        frozen_by=step,
        frozen_at=at,
    )
    insert(paper)
    return paper


def print_paper(*, paper: FrozenPaper, at: datetime) -> StoredObject:
    """Print the frozen paper and keep the PDF; doing it again gives the same file (the worker may be killed any time).

    Raises what `print_frozen` raises: then a new version must be frozen (`reissue_paper`).
    """
    printed = print_frozen(
        slug=paper.slug, canonical=paper.facts, version=paper.version, fonts_root=settings.FONTS_ROOT
    )
    stored = store_bytes(data=printed.pdf, media_type=PDF, at=at)
    FrozenPaper.objects.filter(pk=paper.pk, rendered_sha256="").update(
        rendered_sha256=stored.sha256, pages=printed.pages
    )
    paper.refresh_from_db()
    return StoredObject.objects.get(sha256=paper.rendered_sha256)


def printed_bytes(*, paper: FrozenPaper, at: datetime) -> bytes:
    """Return the PDF of the paper, printing it first when the worker has not come to it yet."""
    if not paper.rendered_sha256:
        print_paper(paper=paper, at=at)
    return read_object(sha256=paper.rendered_sha256)
