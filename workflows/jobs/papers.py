"""The jobs of the worker: print the papers of an entry, build the package it seals; at least once, with one effect."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django_tasks import task

from docs_templates import freezing
from docs_templates.models import FrozenPaper
from docs_templates.package.building import build_package
from proposals.case.lifecycle import CaseStep
from proposals.models import Entry, Person, Proposal, SubjectKind
from proposals.procedure.act import Actor
from proposals.vocabulary import State
from workflows import access
from workflows.attempt import Ref
from workflows.perform import perform
from workflows.queue import SEALS

SEALED_IN: Mapping[str, State] = {CaseStep.SEAL_PACKAGE: State.PACKAGED, CaseStep.ARCHIVE: State.ARCHIVED}


@task()
def finish_papers(subject: str, seq: int) -> dict[str, Any]:
    """Print the papers that an entry froze and build the package that it seals; doing it again changes nothing."""
    entry = Entry.objects.get(subject_id=subject, seq=seq)
    digests = json.loads(entry.body)["frozen"].get("papers", {}).values()
    printed = print_papers(
        FrozenPaper.objects.filter(subject_uuid=entry.subject_id, digest__in=digests, rendered_sha256="")
    )
    return {"printed": printed, "package": pack(entry=entry) if entry.step in SEALS else ""}


def print_papers(papers: Iterable[FrozenPaper]) -> int:
    """Print the papers and return how many; a failure is noted on the paper, where its case shows it, and raised."""
    done = 0
    for paper in papers:
        try:
            freezing.print_paper(paper=paper, at=paper.frozen_at)
        except Exception as fault:
            FrozenPaper.objects.filter(pk=paper.pk).update(fault=f"{type(fault).__name__}：{fault}"[:300])
            raise
        if paper.fault:
            FrozenPaper.objects.filter(pk=paper.pk).update(fault="")
        done += 1
    return done


def pack(*, entry: Entry) -> str:
    """Build the package that the entry seals and enter its digest in the chain; return the digest.

    A package that was taken back to paperwork meanwhile is not entered: its sealing is no longer the newest.
    """
    kind = SEALS[entry.step]
    case = Proposal.objects.select_related("territory").get(uuid=entry.subject_id)
    newest = Entry.objects.filter(subject_id=entry.subject_id, step=entry.step).order_by("seq").last()
    if case.state != SEALED_IN[entry.step] or newest is None or newest.seq != entry.seq:
        return ""
    package = build_package(case=case, kind=kind, sealed=entry)
    perform(
        subject=Ref(SubjectKind.CASE, case.uuid),
        step=CaseStep.RECORD_PACKAGE,
        actor=Actor.of(system_person()),
        at=timezone.now(),
        key=uuid.uuid5(case.uuid, f"{kind}:{package.round}:{entry.hash}:{package.sha256}"),
        seen=None,
        facts={
            "package": package.file_name,
            "sha256": package.sha256,
            "size": package.size,
            "kind": str(kind),
            "round": package.round,
        },
    )
    return package.sha256


def system_person() -> Person:
    """Return the actor of automatic steps, whom no login can hold."""
    person, _ = Person.objects.get_or_create(
        username="system",
        defaults={"uuid": access.SYSTEM_UUID, "name": "系统", "post": "自动办理", "is_active": False, "password": "!"},
    )
    return person
