"""What is read of a case while one step of it is judged and taken: each part once, and only when somebody asks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proposals.case.models import Answer, BasisDocument, Proposal
    from proposals.case.uploads import Upload


class CaseReading:
    """A case as one judging finds it: its answers, the documents it relies on, its files.

    Made anew for every judging, after the lock was taken, and given on from guards to law to the body with the act.
    It shows nothing that the body writes.
    """

    def __init__(self, case: Proposal) -> None:
        self.case = case

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The answers of the argument."""
        return tuple(self.case.answers.all())

    @cached_property
    def basis(self) -> tuple[BasisDocument, ...]:
        """The documents the case relies on, in order."""
        return tuple(self.case.basis.all())

    @cached_property
    def uploads(self) -> tuple[Upload, ...]:
        """The files that count, in order."""
        return tuple(self.case.uploads.filter(dropped=False))
