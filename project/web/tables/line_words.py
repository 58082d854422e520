"""What a change line says besides its body and numbers, in the office's words."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case.particulars.table import Particulars as P
from proposals.case.values import in_force
from proposals.models import ChangeLine
from proposals.vocabulary import UNIT_LABELS


def otherwise(line: ChangeLine) -> str:
    """Say what the city granted otherwise than was laid before it, in its own words."""
    if not line.granted_wording:
        return ""
    other = in_force.instead(line)
    given = f"市级另批{UNIT_LABELS[other.unit]}{other.n}名" if other else "市级批准数多于报送数"
    return f"{given}（批复原文：{line.granted_wording}）"


def more(line: ChangeLine) -> Iterator[tuple[str, str]]:
    """Yield label and words of everything else that a change line says."""
    if line.rank is not None:
        yield "规格", str(line.get_rank_display())
    for key, words in line.says.told():
        if key is not P.people:
            yield key.label, words
        elif people := min(line.says.people or 0, in_force.number(line)):
            yield key.label, str(people)
