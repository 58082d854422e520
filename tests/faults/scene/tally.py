"""What a part of the harness counted and what it found lost; printed as one line that the runner adds up."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MARK = "tally "


@dataclass
class Tally:
    """Figures by name, and a sentence for everything that must not have come about."""

    figures: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another's figures and losses."""
        self.figures.update(other.figures)
        self.lost.extend(other.lost)

    def line(self) -> str:
        """Return the line that the runner reads."""
        return MARK + json.dumps({"figures": self.figures, "lost": self.lost}, ensure_ascii=False)

    @classmethod
    def of(cls, line: str) -> Tally:
        """Return the tally of a line."""
        said = json.loads(line.removeprefix(MARK))
        return cls(Counter(said["figures"]), said["lost"])


class Budget:
    """Seconds on the wall that may be used up; `controls` and the like give parts of it away."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.ends - time.monotonic()

    def __iter__(self) -> Iterator[None]:
        while self.left() > 0:
            yield
