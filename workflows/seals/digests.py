"""What an entry says of the rows beside its chain, sheet by sheet, and what differs from it later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from proposals.models import Subject
from workflows.seals.reading import Rows, rows_of
from workflows.seals.sheets import SHEETS, Sheet

# Under which word of what an entry froze its digests stand.
ROWS = "rows"
# Between the digest of a sheet that grows and the last row that it covers.
UP_TO = "@"
NOTHING = ""


def sealing(subject: Subject) -> dict[str, dict[str, str]]:
    """Return what the entry of the step being taken freezes of the rows beside it: the digest of every sheet.

    An empty sheet has an empty one; of a kind of subject whose rows are not sealed nothing is frozen.
    """
    if subject.subject_kind not in SHEETS:
        return {}
    rows = rows_of(subject)
    return {ROWS: {one.name: _digest(one, rows[one.name]) for one in SHEETS[subject.subject_kind]}}


def differing(subject: Subject, sealed: Mapping[str, str]) -> Iterator[Sheet]:
    """Yield the sheets that say something else than what an entry sealed, as far as nobody may have written them since.

    A sheet that the entry does not know was not sealed by the release that wrote it.
    """
    rows = rows_of(subject)
    for one in SHEETS[subject.subject_kind]:
        open_now = one.drafted and getattr(subject, "editable", False)
        if one.name in sealed and not open_now and sealed[one.name] != _now(one, rows[one.name], sealed[one.name]):
            yield one


def _digest(sheet: Sheet, rows: Rows) -> str:
    if not rows:
        return NOTHING
    # Canonical JSON as everywhere; what comes from the reading is primitive already.
    said = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    digest = hashlib.sha256(said.encode()).hexdigest()
    return f"{digest}{UP_TO}{rows[-1][0]}" if sheet.grows else digest


def _now(sheet: Sheet, rows: Rows, sealed: str) -> str:
    """Return the digest of the rows that a sealed one covers."""
    if not sheet.grows:
        return _digest(sheet, rows)
    _, _, last = sealed.partition(UP_TO)
    return _digest(sheet, tuple(one for one in rows if one[0] <= int(last or 0)))
