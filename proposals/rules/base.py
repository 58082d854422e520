"""The shapes of law: a finding, and the rule that makes findings; the docstring of a rule is the message shown."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from proposals.case.lifecycle import CaseStep
from proposals.vocabulary import Duty, Severity

if TYPE_CHECKING:
    from proposals.rules.view import CaseView

SENT = (CaseStep.SEND_TO_OFFICE, CaseStep.SEND_SMALL)
TAKEN_IN = (CaseStep.ACCEPT,)
ARGUED = (CaseStep.FINISH_ARGUMENT, CaseStep.SEND_TO_COMPLIANCE)
PROPOSED = (CaseStep.DECIDE_BY_OFFICE, CaseStep.PROPOSE_ITEM)
RESOLVED = (
    CaseStep.DECIDE_BY_OFFICE,
    CaseStep.RESOLVE_APPROVED,
    CaseStep.RESOLVE_AMENDED,
    CaseStep.RECORD_PARTY_COMMITTEE,
)
ISSUED = (CaseStep.ISSUE_DOWNWARD, CaseStep.ISSUE_AHEAD, CaseStep.ISSUE_PERMIT)
ALL_ALONG = (*SENT, *TAKEN_IN, *PROPOSED, *RESOLVED)
# Where a reservation of another case blocks; before, it only warns.
DECIDING = (*PROPOSED, *RESOLVED, *ISSUED)

ENACTED = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: what, which numbers, which clause, what to do, and who let it pass with what reason.

    `matters` are other cases that it is about: their titles and numbers are for who may read them, and never part of
    the message.
    """

    rule: str
    severity: str
    message: str
    figures: tuple[tuple[str, str], ...]
    citation: str
    remedy: str
    line: UUID | None = None
    overridden_by: str = ""
    override_reason: str = ""
    overridable: bool = False
    matters: tuple[UUID, ...] = ()
    exception: str = ""

    @property
    def key(self) -> str:
        """What tells the finding from every other of the case: its rule, its line and its figures, never its words."""
        figures = hashlib.sha256(json.dumps(self.figures, ensure_ascii=False).encode()).hexdigest()
        return f"{self.rule}:{self.line or ''}:{figures[:16]}"

    @property
    def said(self) -> str:
        """The finding as a record and a form call it: its rule, and the sentence."""
        return f"{self.rule} {self.message}"

    @property
    def blocks(self) -> bool:
        """Whether the step may not be taken because of it."""
        return self.severity == Severity.BLOCK and not self.overridden_by

    def summary(self) -> dict[str, Any]:
        """Return what the chronicle keeps of it, as primitives."""
        passed = {"exception": self.exception} if self.exception else {}
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "citation": self.citation,
            "line": str(self.line or ""),
            "overridden_by": self.overridden_by,
            "reason": self.override_reason,
            **passed,
        }


class Rule:
    """One clause. The docstring of a subclass is its message, with the figures' names in braces.

    `steps` names the steps of a case at which it is asked, `warns` those at which it only warns; `overridable` the
    duties that may let a finding pass, in writing and with a reason (none: nobody may); `since` and `until` bound the
    days on which the clause is law. `adjustable` is False where no district may make the clause weaker or stronger.
    """

    code: ClassVar[str]
    citation: ClassVar[str]
    remedy: ClassVar[str]
    severity: ClassVar[str] = Severity.BLOCK
    steps: ClassVar[tuple[str, ...]] = ALL_ALONG
    warns: ClassVar[tuple[str, ...]] = ()
    overridable: ClassVar[tuple[str, ...]] = ()
    since: ClassVar[date] = ENACTED
    until: ClassVar[date | None] = None
    verified: ClassVar[bool] = True
    adjustable: ClassVar[bool] = True

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Yield what is wrong; nothing means the clause is kept."""
        raise NotImplementedError

    def in_force(self, *, on: date) -> bool:
        """Return whether the clause is law on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def finding(
        self,
        case: CaseView,
        *,
        line: UUID | None = None,
        severity: str = "",
        citation: str = "",
        overridable: bool = True,
        matters: tuple[UUID, ...] = (),
        **figures: object,
    ) -> Finding:
        """Make a finding of this rule; the territory's rulebook may set another strength than the rule's own."""
        own = case.lawbook.severity(self.code) if self.adjustable else None
        strength = severity or own or self.severity
        if case.step in self.warns and strength == Severity.BLOCK:
            strength = Severity.WARN
        allowed = overridable and bool(self.overridable)
        message = self.message().format_map(figures)
        made = Finding(
            rule=self.code,
            severity=strength,
            message=message,
            figures=tuple((name, str(value)) for name, value in figures.items()),
            citation=citation or self.citation,
            remedy=self.remedy,
            line=line,
            overridable=allowed,
            matters=matters,
        )
        told = {"key": made.key, "rule": made.rule, "message": made.message}
        if passed := next((one for one in case.exceptions if allowed and one.passes(**told)), None):
            return replace(made, overridden_by=passed.by, override_reason=passed.reason, exception=str(passed.uuid))
        return made

    @classmethod
    def message(cls) -> str:
        """Return the sentence shown, with the names of its figures in braces."""
        return inspect.getdoc(cls) or ""


BY_CHAIR: tuple[str, ...] = (Duty.COMMITTEE_CHAIR,)
BY_OFFICE: tuple[str, ...] = (Duty.OFFICE_DIRECTOR, Duty.COMMITTEE_CHAIR)
