"""An attempt at a step, and the refusal that names every reason at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.table import Row
from workflows.access import Held
from workflows.grants import CaseGrant


class Ref(NamedTuple):
    """Names a subject: its kind (case, meeting, register, rulebook) and its uuid."""

    kind: str
    uuid: UUID


class Refused(Exception):
    """The step was refused; `reasons` says why, all at once, in sentences for the person who tried."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("；".join(str(reason) for reason in reasons))
        self.reasons = tuple(reasons)

    @property
    def codes(self) -> set[str]:
        """Return the codes of the reasons."""
        return {reason.code for reason in self.reasons}


@dataclass(slots=True)
class Attempt:
    """A step about to be judged; `carried` is true when another subject's step takes it along.

    `lent` is the lent duty by which the actor may take it, found when it is judged; `rights` are the duties lent on the
    case that count that day, where a page read them for all its buttons.
    """

    subject: Any
    row: Row
    act: Act
    seen: str | None = None
    held: Held | None = None
    carried: bool = False
    preview: bool = False
    lent: CaseGrant | None = None
    rights: Sequence[CaseGrant] | None = None
    quoted: Mapping[str, Any] = field(default_factory=dict)
    findings: list[Any] = field(default_factory=list)
