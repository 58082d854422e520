"""What a founding paper made of the register of bodies, read off its history: what holds now and what held before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.ledger.models import Posting
from proposals.organisation.bodies import Body, BodyVersion, BodyVersions, Succession
from proposals.procedure.act import uuid_in
from proposals.procedure.entries import Entry, SubjectKind

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

OPENED = "OPENING"
# What a version says of itself when a correction made it: what came before holds again, or a closed body stands again.
TAKEN_BACK, REOPENED = "REVERSAL", "REOPENED"
CLOSING = (
    ChangeOp.ABOLISH, ChangeOp.ABOLISH_INNER, ChangeOp.COORD_ABOLISH, ChangeOp.MERGE, ChangeOp.MERGE_INNER,
)  # fmt: skip
LOOKED_AT = 200


class Made(NamedTuple):
    """What the paper made of one body: its version (None where it closed the body) in the body's history."""

    body: Body
    version: BodyVersion | None
    history: list[BodyVersion]

    @property
    def standing(self) -> list[BodyVersion]:
        """What holds of the body, the newest last."""
        return unwound(self.history)

    @property
    def current(self) -> BodyVersion | None:
        """The version that stands, or None where the body is closed."""
        return next((version for version in self.history if version.valid_to is None), None)

    @property
    def before(self) -> BodyVersion | None:
        """What held before the paper: None where the paper opened the body."""
        standing = self.standing
        if self.version is None:
            return standing[-1]
        place = standing.index(self.version)
        return standing[place - 1] if place else None


@dataclass(frozen=True)
class Founded:
    """A founding paper that took effect on a day, by an entry of its case; no posting where it moved no posts."""

    case: UUID
    entry_hash: str
    on: date
    paper: str
    posting: Posting | None = None

    @cached_property
    def made(self) -> list[Made]:
        """What the paper made of bodies, with the whole history of each."""
        versions = {v.body_id: v for v in BodyVersion.objects.filter(entry_hash=self.entry_hash)}
        closing = ChangeLine.objects.filter(proposal__uuid=self.case, op__in=CLOSING)
        closed = [line.named for line in closing if line.named and line.amount]
        bodies = Body.objects.filter(pk__in=versions) | Body.objects.filter(uuid__in=closed, closed_on=self.on)
        histories = histories_of(bodies.values_list("pk", flat=True))
        return [
            Made(body, versions.get(body.pk), histories[body.pk])
            for body in bodies.order_by("code", "id")
            if body.pk in histories
        ]


def histories_of(bodies: Iterable[int]) -> dict[int, list[BodyVersion]]:
    """Return every version of the bodies in order, by the body's key: one query."""
    histories: dict[int, list[BodyVersion]] = {}
    for version in BodyVersion.objects.filter(body__in=list(bodies)).order_by("valid_from", "id"):
        histories.setdefault(version.body_id, []).append(version)
    return histories


def unwound(history: Iterable[BodyVersion]) -> list[BodyVersion]:
    """Return what holds of a body's history: a correction takes the newest of it off again."""
    holding: list[BodyVersion] = []
    for version in history:
        if version.change == TAKEN_BACK:
            holding.pop()
        elif version.change != REOPENED:
            holding.append(version)
    return holding


def find(*, territory: Territory, named: str) -> Founded | None:
    """Return the founding paper of a posting, or of a case where it moved no posts; None where there is none."""
    uuid = uuid_in(named)
    posting = Posting.objects.filter(uuid=uuid, territory=territory, kind=Posting.Kind.POST).first()
    if posting is not None:
        return Founded(posting.subject, posting.entry_hash, posting.effective_on, posting.paper, posting)
    return next(iter(_without_posts(territory, Entry.objects.filter(subject_id=uuid))), None)


def offered(*, territory: Territory) -> list[Founded]:
    """Return the newest founding papers that moved no posts and were not corrected."""
    newest = _by_papers(territory).order_by("-valid_from", "-id").values_list("entry_hash", flat=True)[:LOOKED_AT]
    found = _without_posts(territory, Entry.objects.filter(hash__in=list(newest)))
    versions = BodyVersion.objects.filter(entry_hash__in=[one.entry_hash for one in found])
    histories = histories_of(versions.values_list("body", flat=True))
    holding = {version.entry_hash for history in histories.values() for version in unwound(history)}
    return [one for one in found if one.entry_hash in holding]


def _by_papers(territory: Territory) -> BodyVersions:
    return BodyVersion.objects.filter(body__territory=territory).exclude(change__in=(OPENED, TAKEN_BACK, REOPENED))


def _without_posts(territory: Territory, entries: Iterable[Entry]) -> list[Founded]:
    """Return the founding papers among the entries of cases that changed facts of bodies and moved no posts."""
    cases = {entry.hash: entry.subject_id for entry in entries if entry.subject_kind == SubjectKind.CASE}
    posted = Posting.objects.filter(subject__in=set(cases.values()), kind=Posting.Kind.POST)
    without = set(cases.values()) - set(posted.values_list("subject", flat=True))
    wanted = [name for name, case in cases.items() if case in without]
    first: dict[str, Founded] = {}
    for version in _by_papers(territory).filter(entry_hash__in=wanted).order_by("-valid_from", "-id"):
        name = version.entry_hash
        first.setdefault(name, Founded(cases[name], name, version.valid_from, version.paper))
    return list(first.values())


def corrected_by(succession: Succession, *, on: date) -> str:
    """Return the paper by which a succession was corrected by a day; nothing while it holds.

    A predecessor that stands again says so itself; a body that was split off leaves that to the ledger.
    """
    reversal = Posting.objects.filter(
        reverses__entry_hash=succession.entry_hash, reverses__kind=Posting.Kind.POST, effective_on__lte=on
    )
    again = BodyVersion.objects.filter(
        body=succession.predecessor_id, change=REOPENED, valid_from__gte=succession.on, valid_from__lte=on
    )
    papers = (rows.values_list("paper", flat=True).first() for rows in (reversal, again))
    return next((paper for paper in papers if paper is not None), "")
