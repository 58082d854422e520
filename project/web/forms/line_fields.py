"""Which fields of a change line each sort of line uses, and the words by which rows beside the ledger are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from proposals.models import ChangeOp as O
from proposals.models import Setting
from proposals.side_registers import named_rows
from proposals.side_registers.named_rows import Row

# One word a field; `remark` belongs to every line. What a sort of line does not use is neither shown nor kept.
USED: Mapping[str, frozenset[str]] = {
    op: frozenset(words.split())
    for op, words in {
        O.CREATE: "name short_name counterpart rank category nature welfare_class funding duties source "
                  "ends_on end_condition",
        O.SPLIT: "body name short_name counterpart rank category nature welfare_class funding duties source",
        O.CREATE_INNER: "body name short_name rank duties",
        O.COORD_CREATE: "name counterpart rank ends_on end_condition",
        O.ABOLISH: "body counterpart source leaders", O.ABOLISH_INNER: "body counterpart source leaders",
        O.COORD_ABOLISH: "body counterpart leaders", O.MERGE: "body counterpart source leaders",
        O.MERGE_INNER: "body counterpart leaders",
        O.RENAME: "body name short_name", O.RENAME_INNER: "body name short_name", O.RERANK: "body rank",
        O.REAFFILIATE: "body counterpart", O.RECLASSIFY: "body category nature welfare_class funding source",
        O.ADD_PLATE: "body plate", O.REMOVE_PLATE: "body plate",
        O.DUTY_ADD: "body duty row mode department", O.DUTY_DROP: "body duty row", O.DUTY_MOVE: "body counterpart duty",
        O.DUTY_CLAIM: "row requested mode", O.DUTY_LIST: "name body list_type threshold", O.CHARTER: "body name duties",
        O.QUOTA_ADD: "body unit requested source", O.QUOTA_CUT: "body unit requested source",
        O.QUOTA_TRANSFER: "body counterpart unit requested people",
        O.QUOTA_CONVERT: "body unit requested to_unit source",
        O.LEADER_ADD: "body unit requested source", O.LEADER_CUT: "body unit requested source",
        O.LEADER_TRANSFER: "body counterpart unit requested people",
        O.LEADER_CONVERT: "body unit requested to_unit source",
        O.POOL_GROW: "unit requested source", O.POOL_SHRINK: "unit requested source",
        O.POOL_USE: "body unit requested purpose return_on", O.POOL_RETURN: "body unit requested",
        O.LEVEL_UP: "body unit requested people", O.LEVEL_DOWN: "body unit requested people",
        O.USE: "body unit requested use_way post from_outside", O.USE_PLAN: "body unit requested year carried",
        O.CORRECT: "body correct_field correct_value",
        O.RECTIFY: "row way measure part", O.PLEDGE_KEEP: "row name form department", O.PLEDGE_CANCEL: "row",
        O.BORROW: "body requested department ends_on", O.BORROW_END: "row", O.OTHER: "body counterpart",
    }.items()
}  # fmt: skip


def uses(op: str, name: str) -> bool:
    """Return whether a sort of line uses a field; before a sort is chosen every field may be filled."""
    return not op or name in ("op", "uuid", "remark") or name in USED[op]


def ops_of(name: str) -> str:
    """Return the sorts of line that use a field, as the page's script reads them; empty for all."""
    return "" if name in ("op", "uuid", "remark") else " ".join(op for op, names in USED.items() if name in names)


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

    def words(self, op: str, row: str) -> str:
        """Return the words of a row that may still be named, or nothing."""
        return next((words for words, one in self.of(op).items() if one.uuid == UUID(row)), "")
