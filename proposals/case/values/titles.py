"""What a case is called on paper: the title it was filed with, its numbers and names as they are in force now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from proposals.case.lifecycle import CaseStep
from proposals.case.models import Round
from proposals.case.particulars.filed import FiledLine, lines_in
from proposals.case.values import in_force
from proposals.case.values import sums as counts
from proposals.case.values.bound_numbers import Bound, bind, spots
from proposals.case.values.in_force import Share
from proposals.case.values.sums import Sums, Tally
from proposals.organisation.bodies import BodyVersion
from proposals.prepared import Prepared, PreparedIn

if TYPE_CHECKING:
    from proposals.case.lines import ChangeLine
    from proposals.case.models import Proposal
    from proposals.procedure.act import Act

TAILS = (
    "的动议", "的请示", "的报告", "的申请", "的议题", "的建议", "的方案", "的函", "动议事项", "有关事项", "事项", "动议",
)  # fmt: skip
ABOUT = "关于"
NAMING = (
    CaseStep.DRAFT_PAPER,
    CaseStep.ALLOT_NUMBER,
    CaseStep.RECORD_EXTERNAL_NUMBER,
)  # steps whose drafter may set a title anew
ROUNDS: Prepared[Round] = Prepared(lambda case: Round.objects.filter(proposal=case).order_by("n", "pk"))
SENTENCE = re.compile(r"[^。；;\n]*[。；;\n]?")


@dataclass(frozen=True)
class Titled:
    """A title as it may be printed: `open` names the numbers that its drafter has to set anew before it is."""

    text: str
    filed: str
    open: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the case was filed under another title."""
        return self.text != self.filed


@dataclass(frozen=True)
class Held:
    """What texts of a case are held to: the sums they were written with, those in force, bodies renamed on the way."""

    then: tuple[Sums, ...]
    now: Sums
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def moved(self) -> bool:
        """Whether anything is otherwise than when the texts were written."""
        return bool(self.renamed) or any(sums != self.now for sums in self.then)

    def title(self, text: str) -> Bound:
        """Return a title with its numbers and names as they are now."""
        return bind(self._named(text), then=self.then, now=self.now)

    def told(self, text: str) -> str:
        """Return a typed text as it may be quoted: a sentence whose number nobody can set is left out."""
        if not self.moved:
            return text
        bound = (bind(one, then=self.then, now=self.now, told=True) for one in SENTENCE.findall(self._named(text)))
        return "".join(one.text for one in bound if not one.open)

    def _named(self, text: str) -> str:
        for old, new in self.renamed:
            if new not in text:
                text = text.replace(old, new)
        return text


def of_case(case: Proposal, known: Held | None = None) -> Titled:
    """Return the title of a case; what was refused keeps the title under which it was asked.

    `known` is what the texts of the case are held to, where that was read already.
    """
    if case.agreed is False:
        return Titled(text=case.title, filed=case.title)
    base = case.retitled.get("title") or case.title
    bound = (known or held(case)).title(base)
    return Titled(text=bound.text, filed=case.title, open=bound.open)


def printable(case: Proposal, known: Held | None = None) -> str:
    """Return the title for a paper that asks nobody: a number that cannot be told is left out of it."""
    titled = of_case(case, known)
    return without(titled.text, titled.open)


def without(text: str, numbers: Iterable[str]) -> str:
    """Return the text without these numbers; what is said of posts stays true."""
    for number in numbers:
        text = text.replace(number, "", 1)
    return text


def held(case: Proposal, rounds: Sequence[Round] | None = None) -> Held:
    """Return what the texts of a case are held to; `rounds` are the case's, where they were read already."""
    lines = case.change_lines
    rounds = ROUNDS(case=case) if rounds is None else rounds
    names = _names(lines, rounds)
    now = counts.sums(_tallies(lines, in_force.of, names))
    if kept := case.retitled.get("values"):
        return Held(then=(counts.sums(_tallies(lines, lambda line: _kept(kept, line), names)),), now=now)
    asked = counts.sums(_tallies(lines, _asked, names))
    earlier = [lines_in(one.snapshot) for one in sorted(rounds, key=lambda one: -one.pk)]
    times = [asked, *(counts.sums(_filed(line, names) for line in filed) for filed in earlier)]
    then = tuple(sums for position, sums in enumerate(times) if sums not in times[:position])
    return Held(then=then, now=now, renamed=_renamed(lines, earlier))


def set_anew(case: Proposal, act: Act) -> None:
    """Keep the title that a drafter set anew with the values it was written with; the filed one is kept as it is."""
    if title := act.facts.get("title"):
        values = {str(line.uuid): [list(share) for share in in_force.of(line)] for line in case.change_lines}
        case.retitled = {"title": title, "on": act.happened_on.isoformat(), "values": values}


def as_set_by(case: Proposal, act: Act) -> Proposal:
    """Return the case as it will be called once the act is done; nothing is kept of it."""
    if not act.facts.get("title"):
        return case
    copied = copy(case)
    set_anew(copied, act)
    return copied


def differing(case: Proposal, title: str) -> tuple[str, ...]:
    """Return the numbers of posts in a title that no sum of the values in force says."""
    now = held(case).now
    names = sorted({key.body for key in now} - {""})
    return tuple(
        title[spot.start : spot.end]
        for spot in spots(title, names)
        if spot.posts and bind(title[: spot.end], then=({}, now), now=now).open
    )


def matter(title: str) -> str:
    """Return what a case is about: its title without 关于 and without the kind of paper, whoever wrote it."""
    who, _, bare = title.strip().partition(ABOUT)
    bare = title.strip() if "《" in who else f"{who}{bare}"
    previous = ""
    while previous != bare:
        previous = bare
        for tail in TAILS:
            if bare.endswith(tail) and len(bare) > len(tail) + 3:
                bare = bare.removesuffix(tail)
                break
    return bare


def plan_of(title: str) -> str:
    """Return what a committee agrees to: a plan; a 动议 is a motion, and nothing that is decided or printed."""
    return f"关于{matter(title)}的方案"


def _tallies(
    lines: Iterable[ChangeLine], shares: Callable[[ChangeLine], Iterable[Share]], names: Mapping[str, str]
) -> Iterator[Tally]:
    for line in lines:
        body, other = names.get(str(line.target), "") or line.body_name, names.get(str(line.other), "")
        for unit, n in shares(line):
            yield Tally(line.op, unit, body, other, n, line.says.people or 0)


def _asked(line: ChangeLine) -> tuple[Share, ...]:
    return (Share(line.unit, 1 if line.requested is None else line.requested),)


def _kept(values: Mapping[str, list[list[Any]]], line: ChangeLine) -> tuple[Share, ...]:
    return tuple(Share(unit, n) for unit, n in values.get(str(line.uuid), ()))


def _filed(line: FiledLine, names: Mapping[str, str]) -> Tally:
    body = names.get(line.body or str(line.says.new_body or line.line), line.body_name)
    other = names.get(line.counterpart or str(line.says.new_counterpart or ""), "")
    return Tally(line.op, line.unit, body, other, line.amount, line.says.people or 0)


_CALLED: PreparedIn[tuple[UUID, str]] = PreparedIn(
    lambda values: BodyVersion.objects.filter(body__uuid__in=values, valid_to=None).values_list("body__uuid", "name")
)


def _names(lines: Sequence[ChangeLine], rounds: Iterable[Any]) -> dict[str, str]:
    """Return what the bodies of the lines are called: as they stand, or as the line that founds them says."""
    named = {one for round_ in rounds for line in lines_in(round_.snapshot) for one in (line.body, line.counterpart)}
    named |= {str(body.uuid) for line in lines for body in (line.body, line.counterpart) if body}
    found = {str(uuid): name for uuid, name in _CALLED(UUID(one) for one in named if one)}
    new = {str(line.uuid): line.says.name or line.body_name for line in lines if line.target == line.uuid}
    return found | new


def _renamed(lines: Sequence[ChangeLine], earlier: Iterable[Sequence[FiledLine]]) -> tuple[tuple[str, str], ...]:
    """Return (old, new) for every name that a line asked for otherwise in an earlier round."""
    now = {str(line.uuid): (line.body_name, line.says.name) for line in lines}
    pairs = [
        (old, new)
        for filed in earlier
        for line in filed
        for old, new in zip((line.body_name, line.says.name), now.get(line.line, ()), strict=False)
        if old and new and old != new
    ]
    return tuple(sorted(dict.fromkeys(pairs), key=lambda pair: -len(pair[0])))
