"""Whether a case went by one law, and whether everybody whom its route names has answered before it took effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from proposals.case.lifecycle import CaseStep
from proposals.case.steps.book import STEPS
from proposals.law import law_in_time
from proposals.models import Proposal
from proposals.procedure.steps import having
from proposals.procedure.traits import Trait
from proposals.vocabulary import Decider, DecisionMode

# With which steps a body gives what the route asks of it; the office's study ends in its proposal or its own decision.
ANSWERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Decider.OFFICE: (CaseStep.DECIDE_BY_OFFICE, CaseStep.PROPOSE_ITEM),
        Decider.COMMITTEE: (CaseStep.RESOLVE_APPROVED, CaseStep.RESOLVE_AMENDED),
        Decider.PARTY_COMMITTEE: (CaseStep.RECORD_PARTY_COMMITTEE,),
        Decider.CITY: (CaseStep.CITY_APPROVE,),
    }
)
# A permit and a founding paper are what brings a matter into force.
IN_FORCE = having(STEPS, Trait.POST, Trait.PERMIT)
# After these everybody on the route is asked again.
ANEW = (
    CaseStep.ACCEPT,
    CaseStep.SEND_SMALL,
    CaseStep.REARGUE,
    CaseStep.REOPEN_DECISION,
    CaseStep.RESUME,
    CaseStep.RESOLVE_RETURNED,
)


def routes(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Check the route of a case against its chain: where it was routed, by which law, and who answered."""
    routings = [body for body in bodies if "route" in body["frozen"]]
    yield from _one_law(routings)
    if not routings:
        return
    last = routings[-1]
    if case.route != last["frozen"]["route"]:
        yield "审批路径与办理记录不符"
    if case.routed_on and last["frozen"].get("routed_on") not in (None, case.routed_on.isoformat()):
        yield "适用规定的日期与办理记录不符"
    issued = next((n for n, body in enumerate(bodies) if body["step"] in IN_FORCE), None)
    if issued is not None:
        begun = max((n for n, body in enumerate(bodies[:issued]) if body["step"] in ANEW), default=0)
        yield from _unanswered(bodies[begun:issued], last["frozen"]["route"])


def _one_law(routings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The law changes with acceptance, with a small matter's sending, or in so many words; never on the way."""
    known: str | None = None
    for body in routings:
        taken = body["frozen"].get("routed_on")
        if body["step"] not in law_in_time.FREEZING and known and taken and taken != known:
            yield f"第{body['seq']}条改按{taken}的规定确定审批路径，此前适用{known}的规定，没有办理「重新确定审批路径」"
        known = taken or known


def _unanswered(before: Sequence[Mapping[str, Any]], route: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Name every body on the route that neither decided nor studied the matter before it took effect."""
    taken = {body["step"] for body in before}
    for leg in route:
        asked = DecisionMode(leg["mode"])
        if asked != DecisionMode.RECORD and not taken & set(ANSWERS[leg["decider"]]):
            yield f"已经生效，但审批路径中的{Decider(leg['decider']).label}{asked.label}没有办理"
