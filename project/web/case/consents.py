"""What the page of a case shows of the words given before its decision: for which lines, and what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from project.web.case import differences
from proposals.case import snapshots
from proposals.case.consents import consents
from proposals.case.consents.models import Given
from proposals.case.snapshots import Change
from proposals.models import Consent, Opinion, Proposal


@dataclass(frozen=True, slots=True)
class Word:
    """One word, for which lines it was given, and, where it has fallen, what changed since."""

    given: Given
    seen: str
    fallen: bool
    changes: Sequence[Change]


def consents_of(case: Proposal) -> list[Word]:
    """Return what city, compliance desk, office and chair said, in the order of asking; nothing is left out."""
    return _told(case, Consent.objects.filter(proposal=case))


def opinions_of(case: Proposal) -> list[Word]:
    """Return every asking of a body with its answer, in the order of asking."""
    return _told(case, Opinion.objects.filter(proposal=case).select_related("body"))


def _told(case: Proposal, rows: Iterable[Given]) -> list[Word]:
    given = list(rows)
    now = {"lines": snapshots.lines_of(case)}
    fallen = [one for one in given if not consents.stands(one, case)]
    since = differences.compare(({"lines": one.lines}, now) for one in fallen)
    changes = {one.pk: changed for one, changed in zip(fallen, since, strict=True)}
    return [
        Word(given=one, seen=consents.words(one, case), fallen=one.pk in changes, changes=changes.get(one.pk, ()))
        for one in given
    ]
