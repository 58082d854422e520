"""When a step of a case moves the ledger and the register: hold, post, release, permit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from proposals.case.steps.book import STEPS
from proposals.case.values import in_force
from proposals.effect import carrying_out, permits, reservations
from proposals.effect.reservations import LedgerRefused
from proposals.models import Entry, Proposal, Register
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.traits import Trait
from proposals.register.steps import following
from workflows.attempt import Refused
from workflows.papers import of_steps


def system_facts(*, case: Proposal, act: Act, effective_on: str | None) -> dict[str, Any]:
    """Return what the system adds to a founding paper that lets posts be used: the last day of its permits."""
    if Trait.POST not in STEPS[act.step].traits or not effective_on or not permits.uses_posts(case):
        return {}
    until = permits.last_day(case=case, effective_on=date.fromisoformat(effective_on), on=act.happened_on)
    return {"permitted_until": until.isoformat()}


def follow(*, case: Proposal, act: Act, entry: Entry) -> None:
    """Move the ledger as the step of a case demands; what it cannot carry out is Refused, and nothing happens."""
    with refusing():
        _move(case, act, entry)


def follow_register(*, register: Register, act: Act, entry: Entry) -> None:
    """Move the ledger as a step of the register demands, in the same way."""
    with refusing():
        following.follow(register=register, act=act, entry=entry)


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what the ledger refuses into reasons for the person who tried."""
    try:
        yield
    except LedgerRefused as refusal:
        messages = [shortfall.message for shortfall in refusal.shortfalls] or [str(refusal)]
        raise Refused([Reason("LEDGER", message) for message in messages]) from refusal


def _move(case: Proposal, act: Act, entry: Entry) -> None:
    traits = STEPS[act.step].traits
    if Trait.HOLD in traits or Trait.ADJUST in traits and in_force.said(act.facts):
        reservations.hold(case=case, entry=entry)
    elif Trait.RELEASE in traits:
        reservations.release(case=case, entry=entry)
    elif Trait.POST in traits and case.effective_on:
        until = act.facts.get("permitted_until")
        carrying_out.apply(
            case=case, entry=entry, paper=of_steps.founding(case), effective_on=case.effective_on,
            permitted_until=date.fromisoformat(until) if until else None,
        )  # fmt: skip
    elif Trait.PERMIT in traits:
        expires_on = date.fromisoformat(act.facts["expires_on"])
        reservations.approve_use(
            case=case, entry=entry, expires_on=expires_on, number=case.numbers.get("hezhundan", "")
        )
