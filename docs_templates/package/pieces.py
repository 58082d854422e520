"""The only place that gathers what goes into a package of a case: printed papers, signed scans, uploaded files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from docs_templates.archive import read_object
from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import from_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.freezing import PDF, printed_bytes
from docs_templates.models import FrozenPaper, Package
from docs_templates.package.kinds import PACKAGES, place_of_paper, place_of_upload
from docs_templates.printing.text_guard import with_geta
from proposals.models import Proposal

EVERY_VERSION = frozenset({"tuihui", "goutong", "shouwen"})  # each of these is a paper of its own, not a revision


@dataclass(frozen=True)
class Piece:
    """One file of a package and what the lists say about it."""

    place: str
    path: str
    title: str
    label: str  # 文种
    responsible: str
    dated: str
    data: bytes
    media_type: str
    number: str = ""
    pages: int = 0
    slug: str = ""
    version: int = 0
    facts: str = ""  # canonical JSON, for papers of the catalogue
    frozen_in_chronicle: bool = False
    retention: str = ""
    purpose: str = ""
    original_name: str = ""
    note: str = ""

    @property
    def sha256(self) -> str:
        """Digest of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def facts_path(self) -> str:
        """Where the facts of the paper stand in the package."""
        return f"data/数据/{self.place}-{self.slug}-v{self.version}.json" if self.facts else ""


def gather(*, case: Proposal, kind: str, at: datetime) -> tuple[Piece, ...]:
    """Return the pieces of a case in the order of the package table."""
    order = {place.number: rank for rank, place in enumerate(PACKAGES[kind])}
    found = [*_papers(case, kind, at), *_uploads(case, kind)]
    return tuple(sorted(_named_once(found), key=lambda piece: (order[piece.place], piece.path)))


def of_paper(*, kind: str, slug: str, version: int, canonical: str, pdf: bytes, pages: int, frozen: bool) -> Piece:
    """Describe one printed paper."""
    paper, place = BY_SLUG[slug], place_of_paper(kind=kind, slug=slug)
    if place is None:
        raise ValueError(f"{slug} has no place in a package of kind {kind}")
    facts: PaperFacts = from_canonical(paper.facts, canonical)
    head = getattr(facts, "head", None)
    return Piece(
        place=place.number,
        path=f"data/正文/{place.number}-{paper.label}{f'-第{version}版' if version > 1 else ''}.pdf",
        title=facts.title,
        label=paper.label,
        responsible=facts.organ,
        dated=facts.dated,
        data=pdf,
        media_type=PDF,
        number=head.number if head else getattr(facts, "number", ""),
        pages=pages,
        slug=slug,
        version=version,
        facts=canonical,
        frozen_in_chronicle=frozen,
        retention=paper.retention,
    )


def _papers(case: Proposal, kind: str, at: datetime) -> Iterator[Piece]:
    for paper in _standing(case, kind):
        if place_of_paper(kind=kind, slug=paper.slug) is None:
            continue
        pdf = printed_bytes(paper=paper, at=at)
        piece = of_paper(
            kind=kind,
            slug=paper.slug,
            version=paper.version,
            canonical=paper.facts,
            pdf=pdf,
            pages=paper.pages or 0,
            frozen=True,
        )
        yield piece
        if paper.scan_sha256:
            yield replace(
                piece,
                path=piece.path.replace(".pdf", "-签章件.pdf"),
                title=f"{piece.title}（签章件）",
                data=read_object(sha256=paper.scan_sha256),
                facts="",
                frozen_in_chronicle=False,
                note="签章件扫描",
            )


def _standing(case: Proposal, kind: str) -> list[FrozenPaper]:
    """Leave out versions that a later one of the same round replaced, and for filing those of earlier rounds."""
    papers = FrozenPaper.objects.filter(subject_uuid=case.uuid).order_by("slug", "version")
    last: dict[tuple[str, int], FrozenPaper] = {}
    for paper in papers:
        one_of_many = paper.slug in EVERY_VERSION
        group = paper.version if one_of_many else 0 if kind == Package.Kind.FILING else -paper.round
        last[paper.slug, group] = paper
    return list(last.values())


def _uploads(case: Proposal, kind: str) -> Iterator[Piece]:
    for upload in case.uploads.usable().told().select_related("territory").order_by("id"):
        place = place_of_upload(kind=kind, purpose=upload.purpose)
        if place is None:
            continue
        label, suffix = upload.get_purpose_display(), PurePosixPath(upload.name).suffix.lower()
        yield Piece(
            place=place.number,
            path=f"data/附件/{place.number}-{label}{suffix if suffix.isascii() else ''}",
            title=with_geta(f"{label}（{upload.name}）"),
            label=label,
            responsible=with_geta(case.proposer),
            dated=upload.uploaded_at.date().isoformat(),
            data=read_object(sha256=upload.sha256),
            media_type=upload.media_type,
            pages=upload.counted or 0,
            purpose=upload.purpose,
            original_name=upload.name,
        )


def _named_once(pieces: list[Piece]) -> Iterator[Piece]:
    """Number the files of one name: 06-单位请示.pdf, 06-单位请示-2.pdf."""
    used: dict[str, int] = {}
    for piece in pieces:
        used[piece.path] = count = used.get(piece.path, 0) + 1
        if count > 1:
            path = PurePosixPath(piece.path)
            yield replace(piece, path=f"{path.parent}/{path.stem}-{count}{path.suffix}")
        else:
            yield piece
