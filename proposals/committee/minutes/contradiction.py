"""What is found where minutes say something else than the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One place where the minutes say something else than the record."""

    place: str
    says: str
    record: str

    def __str__(self) -> str:
        return f"{self.place}：纪要写为“{self.says}”，会议记录为“{self.record}”。"
