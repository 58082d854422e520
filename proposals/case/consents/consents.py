"""The one home of consents: what was shown when a word was given, and whether it still stands for what the case asks.

A consent is given for the lines of that moment. It falls when they change: it stays in the history, shown with what
changed, and nothing may rely on it any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from proposals.case import snapshots
from proposals.case.consents.models import Consent, Given, Opinion, WrittenException
from proposals.case.lifecycle import CaseStep
from proposals.case.snapshots import CaseReading
from proposals.prepared import Prepared
from proposals.procedure.act import Act

if TYPE_CHECKING:
    from proposals.case.models import Proposal

Kind, Result = Consent.Kind, Consent.Result
# Steps by which a word is given, and steps that rely on one: the chronicle keeps what they saw.
GIVING = (
    CaseStep.ASK_OPINION, CaseStep.PASS_COMPLIANCE, CaseStep.OBJECT_COMPLIANCE, CaseStep.CONSULT_CITY,
    CaseStep.RECORD_CITY_OPINION, CaseStep.PROPOSE_ITEM,
    CaseStep.APPROVE_ITEM, CaseStep.DECLINE_ITEM, CaseStep.OVERRIDE,
)  # fmt: skip
RELYING = (
    CaseStep.FINISH_ARGUMENT, CaseStep.DECIDE_BY_OFFICE, CaseStep.BEGIN_DELIBERATION, CaseStep.CIRCULATE,
    CaseStep.RESOLVE_APPROVED, CaseStep.RESOLVE_AMENDED,
    CaseStep.RECORD_PARTY_COMMITTEE,
)  # fmt: skip


def digest(case: Proposal) -> str:
    """Return the digest of what the case asks now."""
    return snapshots.lines_digest(snapshots.lines_of(case))


def shown(case: Proposal) -> dict[str, Any]:
    """Return what a word given now is given for."""
    lines = snapshots.lines_of(case)
    return {"round": case.round, "digest": snapshots.lines_digest(lines), "lines": lines}


def given_for(case: Proposal, act: Act) -> Mapping[str, Any] | None:
    """Return what the chronicle keeps of a step that gives a word or relies on one."""
    if act.step not in (*GIVING, *RELYING):
        return None
    return {"round": case.round, "digest": digest(case)}


def stands(given: Given, case: Proposal) -> bool:
    """Return whether a word was given for what the case asks now."""
    return given.digest == digest(case)


def enter(case: Proposal, act: Act, kind: str, result: str, *, text: str = "", asked: str = "") -> None:
    """Enter a word that was given, for the lines as they are."""
    case.consents.create(
        kind=kind, result=result, asked_on=act.happened_on, answered_on=act.happened_on,
        by=act.on_behalf_of or act.signed, text=text, asked=asked, **shown(case),
    )  # fmt: skip


def newest(case: Proposal, kind: str, reading: CaseReading | None = None) -> Consent | None:
    """Return the newest answer of a kind, standing or fallen, from what was read of the case already."""
    if reading is None:
        return _NEWEST.first(case=case, kind=kind)
    given: list[Consent] = reading.of(ANSWERED, case=case)
    return next((one for one in reversed(given) if one.kind == kind), None)


def standing(case: Proposal, kind: str, reading: CaseReading | None = None) -> Consent | None:
    """Return the newest answer of a kind where it was given for what the case asks now."""
    found = newest(case, kind, reading)
    return found if found and stands(found, case) else None


def words(given: Given, case: Proposal) -> str:
    """Say for which lines a word was given: 针对第1次报送, and whether they have changed since."""
    if not given.digest:
        return "未记明所针对的方案"
    return f"针对第{given.round}次报送" + ("" if stands(given, case) else "的原方案，其后调整事项已变更")


def exceptions(case: Proposal, reading: CaseReading | None = None) -> list[WrittenException]:
    """Return the written exceptions that stand for the lines as they are."""
    given = EXCEPTIONS(case=case) if reading is None else reading.of(EXCEPTIONS, case=case)
    now = digest(case) if given else ""
    return [one for one in given if one.digest == now]


def opinions(case: Proposal, reading: CaseReading | None = None) -> list[Opinion]:
    """Return what was asked of others and what they said, oldest first, from what was read of the case already."""
    return OPINIONS(case=case) if reading is None else reading.of(OPINIONS, case=case)


def bind_files(case: Proposal) -> None:
    """Tie files that were attached while the lines were in hand to the lines as they leave the desk."""
    case.uploads.filter(digest="").update(digest=digest(case))


_NEWEST: Prepared[Consent] = Prepared(
    lambda case, kind: Consent.objects.filter(proposal=case, kind=kind).exclude(answered_on=None).order_by("-pk")[:1]
)
ANSWERED: Prepared[Consent] = Prepared(
    lambda case: Consent.objects.filter(proposal=case).exclude(answered_on=None).order_by("pk")
)
OPINIONS: Prepared[Opinion] = Prepared(lambda case: Opinion.objects.filter(proposal=case).order_by("pk"))
EXCEPTIONS: Prepared[WrittenException] = Prepared(lambda case: WrittenException.objects.filter(proposal=case))
