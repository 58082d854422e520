"""Which fields of a change line each sort of line uses, and the words by which rows beside the ledger are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from proposals.case.particulars import table
from proposals.case.particulars.table import Particulars as P
from proposals.models import ChangeOp as O
from proposals.models import Setting
from proposals.side_registers import named_rows
from proposals.side_registers.named_rows import Row

EVERYWHERE = ("op", "uuid", "remark")
# The two fields in which one key is typed.
TYPED_APART: Mapping[str, str] = {"correct_field": P.fields.key, "correct_value": P.fields.key}


def uses(op: str, name: str) -> bool:
    """Return whether a sort of line uses a field; before a sort is chosen every field may be filled."""
    return not op or name in EVERYWHERE or TYPED_APART.get(name, name) in table.USED[op]


def ops_of(name: str) -> str:
    """Return the sorts of line that use a field, as the page's script reads them; empty for all."""
    return "" if name in EVERYWHERE else " ".join(table.ops_of(TYPED_APART.get(name, name)))


@dataclass(slots=True)
class Rows:
    """The rows that lines may name: by sort of line and words; read when a sort is first asked for.

    `made` are the lists of duties that the case itself sets up, by name, with the uuid of their line.
    """

    territory_id: int
    on: date
    made: Mapping[str, str] = field(default_factory=dict)
    read: dict[str, dict[str, Row]] = field(default_factory=dict)

    def of(self, op: str) -> dict[str, Row]:
        """Return the rows by their words; where two have the same words, a number tells them apart."""
        if op not in self.read:
            named: dict[str, Row] = {}
            for row in named_rows.nameable(territory_id=self.territory_id, op=op, as_of=self.on):
                words, n = row.label, 1
                while words in named:
                    n += 1
                    words = f"{row.label}（{n}）"
                named[words] = row
            if op == O.DUTY_ADD:
                named |= {name: Row(UUID(line), name, None, name, 1, "") for name, line in self.made.items()}
            self.read[op] = named
        return self.read[op]

    def list_types(self) -> list[tuple[str, str]]:
        """Return the types of duty lists that the rulebook knows."""
        rows = Setting.objects.in_force(territory=self.territory_id, on=self.on)
        return [(row.key, row.value) for row in rows.filter(topic=Setting.Topic.DUTY_LIST_TYPE)]

    def words(self, op: str, row: UUID) -> str:
        """Return the words of a row that may still be named, or nothing."""
        return next((words for words, one in self.of(op).items() if one.uuid == row), "")
