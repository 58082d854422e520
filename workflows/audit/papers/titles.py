"""What papers are called, held against what was decided: the titles set anew, and the numbers of titles that count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.downward import Notice
from docs_templates.facts.frozen import from_canonical
from docs_templates.models import FrozenPaper
from docs_templates.sources.issuer import FOUNDING
from proposals.case.values import titles as held
from proposals.models import Proposal


def titles(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Check that a title set anew is the newest that the chain tells of, and that the founding paper's counts hold."""
    told = [body["facts"]["title"] for body in bodies if _names_anew(body)]
    if case.retitled.get("title", "") != (told[-1] if told else ""):
        yield "重新确定的标题与办理记录不符"
    paper = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug__in=FOUNDING).order_by("pk").last()
    if paper is None or not case.agreed or not held.held(case).moved:
        return
    title = from_canonical(Notice, paper.facts).title
    if wrong := held.differing(case, title):
        yield f"《{BY_SLUG[paper.slug].label}》标题中的{'、'.join(wrong)}与生效的数额不符"


def _names_anew(body: Mapping[str, Any]) -> bool:
    return body["step"] in held.NAMING and bool(body["facts"].get("title"))
