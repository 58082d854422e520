"""The site's way to the one door: takes a step from a form and says, all at once, why it was refused.

A form that takes a step carries `key` (so that a double click makes one entry) and `seen` (the version of the concern
that its page showed): {% include "site/_door.html" with subject=case %}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from project.web.access import policy, security_stream
from project.web.access.visit import Visit
from project.web.intake import keys, readers
from proposals.models import Entry
from proposals.procedure.act import Act, Actor
from proposals.procedure.reasons import Reason
from workflows import subjects
from workflows.attempt import Attempt, Ref, Refused
from workflows.grants import CaseGrant
from workflows.perform import perform
from workflows.verdict import judge

STATUS: tuple[tuple[frozenset[str], int], ...] = (
    (frozenset({"NOT_FOUND", "NO_SUCH_STEP"}), 404),
    (frozenset({"NOT_YOURS"}), 403),
    (frozenset({"STALE", "KEY_REUSED", "NOT_OPEN", "RECORD_SETTLED"}), 409),
)
NO_KEY = Reason("NO_KEY", keys.NO_KEY)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a step: its entry, or the reasons against it."""

    entry: Entry | None
    reasons: tuple[Reason, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status that tells the same: 200, 403 not yours, 404 unknown, 409 overtaken, 422 refused."""
        return 200 if self.entry is not None else status_of(self.reasons)


def status_of(reasons: Sequence[Reason]) -> int:
    """Return the HTTP status that fits the gravest of the reasons."""
    codes = {reason.code for reason in reasons}
    return next((status for known, status in STATUS if codes & known), 422)


def take(
    request: Visit,
    *,
    subject: Ref,
    step: str,
    facts: Mapping[str, Any],
    seen_matters: bool = True,
    on_behalf_of: str = "",
    happened_on: date | None = None,
    evidence: tuple[str, ...] = (),
    sealed: Mapping[str, str] | None = None,
) -> Taken:
    """Take a step as the signed-in person; `seen_matters` is False where no revision of the subject is concerned."""
    try:
        key = UUID(readers.word(request.POST, "key"))
    except ValueError:
        return Taken(entry=None, reasons=(NO_KEY,))
    try:
        entry = perform(
            subject=subject,
            step=step,
            actor=Actor.of(request.user),
            at=timezone.now(),
            key=key,
            seen=readers.word(request.POST, "seen") if seen_matters else None,
            on_behalf_of=on_behalf_of,
            happened_on=happened_on,
            evidence=evidence,
            sealed=sealed,
            facts=facts,
        )
    except Refused as refused:
        detail = f"{step}：{'、'.join(sorted(refused.codes))}"
        security_stream.note(
            request, security_stream.Kind.REFUSED, subject=f"{subject.kind} {subject.uuid}", detail=detail
        )
        return Taken(entry=None, reasons=refused.reasons)
    return Taken(entry=entry)


def against(
    request: Visit, *, subject: Any, step: str, facts: Mapping[str, Any] | None = None, read: Any = None,
    lent: Sequence[CaseGrant] | None = None,
) -> list[Reason]:  # fmt: skip
    """Return what stands against a step before anything more is typed in than `facts`: it greys the button.

    `read` is what the page read of the subject, and `lent` the duties lent on it that count today, where they were
    read already.
    """
    now = timezone.now()
    act = Act(
        step=step, actor=Actor.of(request.user), at=now, happened_on=timezone.localdate(now), facts=facts or {},
        reading=read,
    )  # fmt: skip
    row = subjects.row_of(kind=subject.subject_kind, step=step)
    return judge(Attempt(subject=subject, row=row, act=act, held=policy.held_by(request), preview=True, rights=lent))


def refusal(request: Visit, *, taken: Taken, back: str) -> HttpResponse:
    """Return a page that lists every reason and repeats what was typed, for forms that cannot show themselves again."""
    context = {"reasons": taken.reasons, "typed": readers.typed(request), "back": back}
    return render(request, "site/refused.html", context, status=taken.status)
