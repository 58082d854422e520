"""Finding cases by what they say: the terms of their texts as rows, written in the transaction that changes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from proposals.case.models import Proposal
from proposals.text import terms

COLUMNS = (
    "title", "number", "paper_number", "proposer", "trigger_note", "urgency_reason", "summary", "background", "reason",
    "leading_instruction",
)  # fmt: skip
STORED = ("numbers", "retitled", "withdrawal", "city_reply", "party_committee")
CHINESE = re.compile(f"[{terms.HAN}]")
# A term that more cases have is as good as any other to begin with.
COMMON = 1000


class CaseTerm(models.Model):
    """One term (proposals.text.terms) that a text of a case has, however often and wherever."""

    case = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="terms", db_index=False)
    term = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(name="cases_of_a_term", fields=["term", "-case"])]
        constraints = [models.UniqueConstraint(name="a_term_of_a_case_once", fields=["case", "term"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.term}"


def said(case: Any) -> tuple[str, ...]:
    """Return what the case's own columns say; another subject says nothing here."""
    if not isinstance(case, Proposal):
        return ()
    return tuple(own(case))


def own(case: Any) -> Iterator[str]:
    """Yield the texts of the case's own columns."""
    yield from (getattr(case, name) for name in COLUMNS)
    for name in STORED:
        yield from within(getattr(case, name))


def beside(
    *, lines: Iterable[Any], answers: Iterable[Any], basis: Iterable[Any], uploads: Iterable[Any]
) -> Iterator[str]:
    """Yield the texts of what belongs to a case."""
    for line in lines:
        yield from (line.get_op_display(), line.body_name, line.remark, *within(line.says.stored))
    for answer in answers:
        yield from (answer.text, answer.pointer)
    for document in basis:
        yield from (document.title, document.number, document.clause)
    yield from (upload.name for upload in uploads)


def within(value: Any) -> Iterator[str]:
    """Yield the words within a stored value; others are codes, days, identities or figures."""
    if isinstance(value, str):
        if CHINESE.search(value):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from within(part)
    elif isinstance(value, list):
        for part in value:
            yield from within(part)


def meant(case: Any) -> frozenset[int]:
    """Return the terms that a case has by its texts as they are stored."""
    return terms.of(
        [
            *own(case),
            *beside(
                lines=case.lines.all(),
                answers=case.answers.all(),
                basis=case.basis.all(),
                uploads=case.uploads.filter(dropped=False),
            ),
        ]
    )


def keep(case: Proposal) -> None:
    """Write the terms of a case as its texts are now, inside the caller's transaction and under the case's lock."""
    rows = CaseTerm.objects.filter(case=case)
    kept, now = set(rows.values_list("term", flat=True)), meant(case)
    if gone := kept - now:
        rows.filter(term__in=gone).delete()
    add(case, now - kept)


def add(case: Proposal, found: Iterable[int]) -> None:
    """Write terms that a case has gained; those it has already stay as they are."""
    rows = [CaseTerm(case=case, term=term) for term in sorted(found)]
    if rows:
        CaseTerm.objects.bulk_create(rows, ignore_conflicts=True)


def follow(case: Any, before: Sequence[str]) -> None:
    """Write what a step changed of the texts that the case said before."""
    now = said(case)
    if now == tuple(before):
        return
    then, present = terms.of(before), terms.of(now)
    if then <= present:
        add(case, present - then)
    else:
        keep(case)


def found(rows: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    """Return those of the cases that have every term of the text, driven by the one that the fewest cases have."""
    places = sorted(terms.sought(text), key=_often)
    if not places:
        return rows.none()
    rarest, *others = places
    for place in others:
        rows = rows.filter(Exists(_having(place).filter(case=OuterRef("pk"))))
    return rows.filter(pk__in=_having(rarest).values("case"))


def _having(place: range) -> QuerySet[CaseTerm]:
    rows = CaseTerm.objects.all()
    return rows.filter(term=place[0]) if len(place) == 1 else rows.filter(term__gte=place[0], term__lte=place[-1])


def _often(place: range) -> int:
    return _having(place)[:COMMON].count()
