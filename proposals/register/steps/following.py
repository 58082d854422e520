"""How the ledger follows a step of the register, once its entry stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from proposals.effect import founding_papers, permits, taking_back
from proposals.ledger import headcount, opening, periods, reversals
from proposals.ledger.models import HeadcountReport, Permit, Posting
from proposals.opening import data as opening_data
from proposals.organisation.bodies import Body
from proposals.procedure.act import Act
from proposals.procedure.entries import Entry
from proposals.procedure.subjects import Register
from proposals.register.lifecycle import RegisterStep
from proposals.register.steps import side_steps


def follow(*, register: Register, act: Act, entry: Entry) -> None:
    """Let the ledger and the registers beside it follow a step of the register; raises LedgerRefused."""
    if move := FOLLOWERS.get(act.step):
        move(register, act, entry)
    side_steps.follow(register=register, act=act, entry=entry)


def _open(register: Register, act: Act, entry: Entry) -> None:
    opening_data.enter(territory=register.territory, facts=act.facts, entry=entry)


def _grant(register: Register, act: Act, entry: Entry) -> None:
    facts = act.facts
    opening.grant(
        territory_id=register.territory_id, unit=facts["unit"], n=facts["count"], entry=entry, paper=facts["paper"]
    )


def _enrol(register: Register, act: Act, entry: Entry) -> None:
    facts = act.facts
    permit = _permit(register, facts.get("permit"))
    headcount.enrol(
        territory_id=register.territory_id, body=_body(register, facts), unit=facts["unit"], n=facts["count"],
        entry=entry, permit=permit, paper=facts["paper"],
    )  # fmt: skip


def _leave(register: Register, act: Act, entry: Entry) -> None:
    facts = act.facts
    headcount.leave(
        territory_id=register.territory_id, body=_body(register, facts), unit=facts["unit"], n=facts["count"],
        entry=entry, paper=facts["paper"],
    )  # fmt: skip


def _expire(register: Register, act: Act, entry: Entry) -> None:
    if permit := _permit(register, act.facts["permit"]):
        permits.expire(permit=permit, entry=entry)


def _hand_back(register: Register, act: Act, entry: Entry) -> None:
    if permit := _permit(register, act.facts["permit"]):
        permits.hand_back(permit=permit, n=act.facts["count"], entry=entry, paper=act.facts["paper"])


def _reconcile(register: Register, act: Act, entry: Entry) -> None:
    month = date.fromisoformat(act.facts["month"]).replace(day=1)
    bodies = {str(body.uuid): body for body in register.territory.bodies.all()}
    HeadcountReport.objects.filter(territory=register.territory, month=month, source=act.facts["source"]).delete()
    HeadcountReport.objects.bulk_create(
        HeadcountReport(
            territory=register.territory, month=month, source=act.facts["source"], body=bodies[count["body"]],
            unit=count["unit"], count=count["count"], explanation=count.get("explanation", ""), entry_hash=entry.hash,
        )
        for count in act.facts["counts"]
    )  # fmt: skip


def _correct(register: Register, act: Act, entry: Entry) -> None:
    posting = Posting.objects.filter(uuid=act.facts["posting"], territory=register.territory).first()
    paper = founding_papers.find(territory=register.territory, named=act.facts["posting"])
    if posting is not None:
        reversals.reverse(posting=posting, entry=entry, paper=act.facts["paper"])
    if paper is not None:
        taking_back.take_back(paper=paper, entry=entry, by=act.facts["paper"])


def _close(register: Register, act: Act, entry: Entry) -> None:
    through = date.fromisoformat(act.facts["through"])
    periods.enter(territory_id=register.territory_id, through=through, digest=act.facts["digest"], entry=entry)


FOLLOWERS: Mapping[str, Callable[[Register, Act, Entry], None]] = {
    RegisterStep.IMPORT_OPENING: _open,
    RegisterStep.ENTER_GRANT: _grant,
    RegisterStep.ENROL: _enrol,
    RegisterStep.LEAVE: _leave,
    RegisterStep.EXPIRE_PERMIT: _expire,
    RegisterStep.HAND_BACK_PERMIT: _hand_back,
    RegisterStep.RECONCILE: _reconcile,
    RegisterStep.CORRECT_POSTING: _correct,
    RegisterStep.CLOSE_PERIOD: _close,
}


def _body(register: Register, facts: Mapping[str, Any]) -> Body:
    return register.territory.bodies.get(uuid=facts["body"])


def _permit(register: Register, uuid: Any) -> Permit | None:
    rows = Permit.objects.select_related("account__body").filter(territory=register.territory)
    return rows.get(uuid=uuid) if uuid else None
