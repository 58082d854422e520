"""Why a step is refused: one reason, said so that the person knows what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A refusal, warning or hint: what is wrong and what to do, with the clause it rests on."""

    code: str
    message: str
    citation: str = ""
    severity: str = "BLOCK"

    def __str__(self) -> str:
        return f"{self.message}（{self.citation}）" if self.citation else self.message
