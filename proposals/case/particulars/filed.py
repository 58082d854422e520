"""A change line as a snapshot of its case kept it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proposals.case.particulars.table import Particulars


@dataclass(frozen=True, slots=True)
class FiledLine:
    """What a line said when its case was filed; bodies by their uuid, empty where none was named."""

    line: str
    op: str
    body: str
    body_name: str
    counterpart: str
    unit: str
    requested: int | None
    says: Particulars

    @property
    def amount(self) -> int:
        """The number that was asked for; a line without a number counts one."""
        return 1 if self.requested is None else self.requested


def lines_in(snapshot: Mapping[str, Any]) -> tuple[FiledLine, ...]:
    """Return the lines of a snapshot in their order."""
    return tuple(
        FiledLine(
            line=one["line"], op=one["op"], body=one.get("body") or "", body_name=one.get("body_name") or "",
            counterpart=one.get("counterpart") or "", unit=one.get("unit") or "", requested=one.get("requested"),
            says=Particulars(one.get("params") or {}),
        )
        for one in snapshot["lines"]
    )  # fmt: skip
