"""What the lists show: what was done, which cases a reader finds, by duty and path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from docs_templates.catalogue import BY_SLUG
from docs_templates.models import FrozenPaper, Package
from proposals.models import Entry, Examination, Proposal, SubjectKind, Upload
from proposals.prepared import Given, Prepared
from workflows import access, subjects
from workflows.access import Held
from workflows.models import WorkItem

PAGE = 20


def done(*, person_id: int) -> QuerySet[Entry]:
    """Return what the person did, newest first."""
    return Entry.objects.filter(actor_id=person_id).order_by("-at", "-pk")


def readable(*, held: Held, person_id: int) -> QuerySet[Proposal]:
    """Return the cases the person may read."""
    return Proposal.objects.filter(reach(held, person_id)).select_related("territory")


def reach(held: Held, person_id: int) -> Q:
    """Return the filter of the cases that the person may read today."""
    return access.readable_cases(held=held, person_id=person_id, on=timezone.localdate())


_WHOLE: Prepared[Proposal] = Prepared(
    lambda case: Proposal.objects.filter(uuid=case).select_related("territory__parent", "drafter")
)


@lru_cache(maxsize=256)
def _by_duties(duties: tuple[str, ...]) -> Prepared[Proposal]:
    """Return the query of one case that somebody with these duties, each on a path, may read."""

    def build(case: Given, **paths: Given) -> QuerySet[Proposal]:
        held: Any = tuple((duty, paths[f"path{n}"]) for n, duty in enumerate(duties))
        rows = Proposal.objects.filter(access.by_duty(held), uuid=case)
        return rows.select_related("territory__parent", "drafter")

    return Prepared(build, "case", *(f"path{n}" for n in range(len(duties))))


def by_duty(*, held: Held, case: UUID) -> Proposal | None:
    """Return the case, if a duty of the person lets him read it."""
    within = sorted(access.readers(held))
    paths = {f"path{n}": path for n, (_, path) in enumerate(within)}
    return _by_duties(tuple(duty for duty, _ in within)).first(case=case, **paths) if within else None


def let(*, held: Held, person_id: int, case: UUID) -> Proposal | None:
    """Return the case, if the person has a right of his own on it today."""
    own = access.rights(held=held, person_id=person_id, on=timezone.localdate())
    found = _WHOLE.first(case=case) if own else None
    return found if found is not None and found.pk in own else None


def titles(cases: Iterable[UUID], *, held: Held, person_id: int) -> dict[UUID, str]:
    """Return the titles of those of the cases that the person may read, by uuid; one query."""
    rows = readable(held=held, person_id=person_id).filter(uuid__in=list(cases))
    return dict(rows.values_list("uuid", "title"))


def named(cases: Iterable[UUID], *, held: Held, person_id: int) -> dict[UUID, str]:
    """Return the numbers and titles of those of the cases that the person may read, by uuid; one query."""
    rows = readable(held=held, person_id=person_id).filter(uuid__in=list(cases))
    return {uuid: f"{number} {title}".strip() for uuid, number, title in rows.values_list("uuid", "number", "title")}


def alike(*, case: Proposal, held: Held, person_id: int) -> list[Proposal]:
    """Return the newest other cases of the same kind that the person may read: how such matters were decided before."""
    return list(readable(held=held, person_id=person_id).filter(kind=case.kind).exclude(pk=case.pk).order_by("-pk")[:5])


def holders(cases: Iterable[Proposal]) -> dict[UUID, WorkItem]:
    """Return the open work item of each case by the case's uuid: who has it now; one query."""
    wanted = {case.pk: case.uuid for case in cases}
    found = WorkItem.objects.filter(process__in=list(wanted), finished=None).select_related("owner")
    return {wanted[item.process_id]: item for item in found}


HOLDER: Prepared[WorkItem] = Prepared(
    lambda case: WorkItem.objects.filter(process=case, finished=None).select_related("owner")
)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of a case as the list of papers shows it."""

    uuid: UUID
    slug: str
    label: str
    version: int
    step_label: str
    frozen_at: datetime
    pages: int | None
    ready: bool
    fault: str
    scan: str


def papers_of(case: Proposal) -> list[PaperLine]:
    """Return the papers of a case in the order in which they were made, with the scan that came back signed."""
    return [_paper(case, paper) for paper in FrozenPaper.objects.filter(subject_uuid=case.uuid).order_by("pk")]


def _paper(case: Proposal, paper: FrozenPaper) -> PaperLine:
    return PaperLine(
        uuid=paper.uuid,
        slug=paper.slug,
        label=BY_SLUG[paper.slug].label,
        version=paper.version,
        step_label=subjects.row_of(kind=SubjectKind.CASE, step=paper.frozen_by).label,
        frozen_at=paper.frozen_at,
        pages=paper.pages,
        ready=bool(paper.rendered_sha256),
        fault=paper.fault,
        scan=case.scans.get(paper.slug, {}).get("upload", ""),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The files of a case, each with what was found in it: None where it was looked into before it was named."""

    rows: list[tuple[Upload, Examination | None]]

    @property
    def waits(self) -> bool:
        """Whether any file that counts is still being examined."""
        return any(found is not None and found.waits and not row.dropped for row, found in self.rows)


def evidence_of(case: Proposal) -> Evidence:
    """Return the files of a case in the order in which they came."""
    rows = list(case.uploads.select_related("uploaded_by"))
    found = {one.sha256: one for one in Examination.objects.filter(sha256__in=[row.sha256 for row in rows])}
    return Evidence([(row, found.get(row.sha256)) for row in rows])


def packages_of(cases: Iterable[Proposal]) -> list[Package]:
    """Return the sealed packages of the cases, newest first."""
    return list(Package.objects.filter(subject_uuid__in=[case.uuid for case in cases]).order_by("-created_at"))
