"""What a case says: read once for a step, kept as a snapshot for every round, compared; the three values of a line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import F

from proposals.case.correspondence.uploads import Upload
from proposals.case.models import LINES, LINES_READ, Answer, BasisDocument
from proposals.case.values import in_force
from proposals.case.values.in_force import Values
from proposals.organisation.bodies import BodyVersion
from proposals.prepared import Ask, Prepared, PreparedIn
from proposals.procedure import chronicle
from proposals.read_together import read_together

if TYPE_CHECKING:
    from proposals.case.lines import ChangeLine
    from proposals.case.models import Proposal

M = TypeVar("M")
FIELDS = (
    "title", "kind", "origin", "trigger", "trigger_note", "proposer", "urgency", "summary", "background", "reason",
    "leading_instruction", "vertical_flags",
)  # fmt: skip

UNGRANTED: Mapping[str, Any] = MappingProxyType(
    {"granted": None, "granted_unit": "", "granted_instead": None, "granted_wording": ""}
)


ANSWERS: Prepared[Answer] = Prepared(lambda case: Answer.objects.filter(proposal=case))
BASIS: Prepared[BasisDocument] = Prepared(lambda case: BasisDocument.objects.filter(proposal=case))
UPLOADS: Prepared[Upload] = Prepared(lambda case: Upload.objects.counting().told().filter(proposal=case))
STANDING: PreparedIn[BodyVersion] = PreparedIn(
    lambda values, on: BodyVersion.objects.standing(on=on).filter(body__id__in=values).select_related("body", "parent")
)


class CaseReading:
    """A case as one judging finds it: answers, what it relies on, files, read in one statement, and its bodies.

    Made anew for every judging, after the lock was taken, and given on from guards to law to the body with the act;
    a page makes one for all that it shows and for all the steps that it offers. It shows nothing that the body writes.
    """

    plans = False  # whether the plan is drawn after the bodies were asked for, as most steps do

    def __init__(self, case: Proposal) -> None:
        self.case = case
        self._kept: dict[Hashable, Any] = {}

    def asks(self) -> tuple[Ask, ...]:
        """Return the queries that are read together when the first of them is asked for."""
        case = self.case.pk
        lines = () if LINES_READ in vars(self.case) else (LINES.ask(case=case),)
        return (*lines, ANSWERS.ask(case=case), BASIS.ask(case=case), UPLOADS.ask(case=case))

    @cached_property
    def planned(self) -> tuple[Ask, ...]:
        """The queries as they are read, or were."""
        return self.asks()

    @cached_property
    def rows(self) -> Mapping[Prepared[Any], list[Any]]:
        """What the queries found; the lines are the case's from here on, until their values are written."""
        found = read_together(*self.planned, using=self.case._state.db)
        rows = {ask.query: one for ask, one in zip(self.planned, found, strict=True)}
        if LINES in rows:
            self.case.take_lines(rows[LINES])
        return rows

    def of(self, query: Prepared[M], **given: Any) -> list[M]:
        """Return what a query found that is read together with the others; one that is not is asked now."""
        return self.rows[query] if any(one.query is query for one in self.planned) else query(**given)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The answers of the argument."""
        return tuple(self.rows[ANSWERS])

    @cached_property
    def basis(self) -> tuple[BasisDocument, ...]:
        """The documents the case relies on, in order."""
        return tuple(self.rows[BASIS])

    @cached_property
    def uploads(self) -> tuple[Upload, ...]:
        """The files that count, in order."""
        return tuple(self.rows[UPLOADS])

    def again(self) -> CaseReading:
        """Return the reading for one more judging of the same moment: it reads nothing twice, and saw no files yet."""
        other = copy(self)
        vars(other).pop("uploads", None)
        return other

    @property
    def looked_at_files(self) -> bool:
        """Whether anybody has asked for the files yet."""
        return "uploads" in vars(self)

    def standing(self, on: date) -> Mapping[int, BodyVersion]:
        """Return what is true on a day of every body that the lines name, by its key."""
        return self.once(("standing", on), lambda: self._standing(on))

    def once(self, what: Hashable, read: Callable[[], M]) -> M:
        """Return what stands under a name in this reading, read at its first use: the law asks more than one step."""
        if what not in self._kept:
            self._kept[what] = read()
        found: M = self._kept[what]
        return found

    def _standing(self, on: date) -> Mapping[int, BodyVersion]:
        lines = self.case.change_lines
        named = dict.fromkeys(pk for line in lines for pk in (line.body_id, line.counterpart_id) if pk)
        return {version.body_id: version for version in STANDING(named, on=on)}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two rounds."""

    label: str
    before: str
    after: str


def take(case: Proposal, reading: CaseReading | None = None) -> dict[str, Any]:
    """Return everything the proposal says, as primitives in a stable order, from what was read of it already."""
    read = reading or CaseReading(case)
    fields = {name: getattr(case, name) for name in FIELDS}
    return chronicle.primitive(
        {
            **fields,
            "lines": lines_of(case),
            "answers": {a.question: [a.text, a.pointer] for a in read.answers},
            "basis": [[b.level, b.title, b.number, b.clause] for b in read.basis],
            "uploads": [[u.purpose, u.name, u.sha256] for u in read.uploads],
        }
    )


def lines_of(case: Proposal) -> list[dict[str, Any]]:
    """Return the change lines as primitives, in their order."""
    return [
        {
            "line": str(line.uuid),
            "op": line.op,
            "body": str(line.body.uuid) if line.body else "",
            "body_name": line.body_name,
            "counterpart": str(line.counterpart.uuid) if line.counterpart else "",
            "unit": line.unit,
            "requested": line.requested,
            "params": line.params,
        }
        for line in case.change_lines
    ]


def digest_of(snapshot: Mapping[str, Any]) -> str:
    """Return the digest of a snapshot."""
    return chronicle.digest(snapshot)


def lines_digest(lines: Sequence[Mapping[str, Any]]) -> str:
    """Return the digest of the lines alone: unchanged lines may be filed again without a new decision."""
    return chronicle.digest(lines)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the fields that differ, deepest names first written out with dots."""
    flat_before, flat_after = _flat("", before), _flat("", after)
    names = [*flat_before, *(name for name in flat_after if name not in flat_before)]
    return [
        Change(label=name, before=flat_before.get(name, ""), after=flat_after.get(name, ""))
        for name in names
        if flat_before.get(name, "") != flat_after.get(name, "")
    ]


def _flat(prefix: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        pairs = [(f"{prefix}.{key}" if prefix else str(key), item) for key, item in value.items()]
    elif isinstance(value, list) and value:
        pairs = [(f"{prefix}.{position}", item) for position, item in enumerate(value, start=1)]
    else:
        return {prefix: "" if value in (None, []) else str(value)}
    flat: dict[str, str] = {}
    for name, item in pairs:
        flat.update(_flat(name, item))
    return flat


def set_decided(case: Proposal, values: Mapping[str, int]) -> None:
    """Write the decided value of every line: the named one, else what was requested."""
    case.lines.update(decided=F("requested"))
    change_decided(case, values)


def change_decided(case: Proposal, values: Mapping[str, int]) -> None:
    """Write the decided values that a higher body changed; every other line keeps what was decided before."""
    for line, value in values.items():
        case.lines.filter(uuid=line).update(decided=value)
    case.forget_lines()


def undecide(case: Proposal) -> None:
    """Take decided and granted values off every line: the matter will be decided anew, from what is requested."""
    case.lines.update(decided=None, **UNGRANTED)
    case.forget_lines()


def set_granted(case: Proposal, values: Values | None) -> None:
    """Write the granted value of every line: the named one, else what was decided; None grants nothing.

    Where the city granted more, or posts of another type, its words are kept with the line.
    """
    case.lines.update(**{**UNGRANTED, "granted": 0 if values is None else F("decided")})
    if values is not None:
        for line in case.lines.all():
            _grant(line, values)
    case.forget_lines()


def _grant(line: ChangeLine, values: Values) -> None:
    named, other = values.numbers.get(str(line.uuid)), in_force.instead(line, values)
    if named is None and other is None:
        return
    line.granted = line.granted if named is None else named
    if other:
        line.granted_unit, line.granted_instead = other
    if other or (line.decided is not None and (line.granted or 0) > line.decided):
        line.granted_wording = values.wording
    line.save(update_fields=[*UNGRANTED])
