"""Whether every word before a decision is the one that was given, and nothing relied on one that had fallen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from proposals.case.consents import consents, opinions
from proposals.case.consents.consents import Kind
from proposals.case.lifecycle import CASE_STEPS, CaseStep
from proposals.law.lawbook import Lawbook
from proposals.models import Proposal, Upload
from proposals.text import alike
from proposals.vocabulary import Decider, DecisionMode, State

LABELS: Mapping[str, str] = MappingProxyType({row.step: row.label for row in CASE_STEPS})
# By which steps a word of each kind is given, in the order of the chronicle; a question and its answer are one word.
GIVEN_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Kind.CITY: (CaseStep.CONSULT_CITY,),
        Kind.COMPLIANCE: (CaseStep.PASS_COMPLIANCE, CaseStep.OBJECT_COMPLIANCE),
        Kind.OFFICE: (CaseStep.PROPOSE_ITEM,),
        Kind.CHAIR: (CaseStep.APPROVE_ITEM, CaseStep.DECLINE_ITEM),
    }
)
# Which words a step relies on, wherever they were given before it.
RELIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CaseStep.FINISH_ARGUMENT: (Kind.COMPLIANCE,),
        CaseStep.BEGIN_DELIBERATION: (Kind.CHAIR,),
        CaseStep.CIRCULATE: (Kind.CHAIR,),
        CaseStep.RESOLVE_APPROVED: (Kind.CHAIR,),
        CaseStep.RESOLVE_AMENDED: (Kind.CHAIR,),
    }
)
WITH_THE_COMMITTEE = (State.SCHEDULED, State.IN_DELIBERATION, State.IN_CIRCULATION)


def words(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Hold the words of a case against its chain, and every step that relied on one against what that one saw."""
    yield from _rows(case, bodies)
    yield from _askings(case, bodies)
    yield from _exceptions(case, bodies)
    yield from (fault for place, body in enumerate(bodies) for fault in _relied(case, body, bodies[:place]))
    said = consents.newest(case, Kind.CHAIR)
    if case.state in WITH_THE_COMMITTEE and said and not consents.stands(said, case):
        yield f"编委主任同意上会的意见{consents.words(said, case)}"


def _seen(body: Mapping[str, Any]) -> str:
    return str(body["frozen"].get("given_for", {}).get("digest", ""))


def _rows(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Every word is a row and every row a word, given for the lines that the chain tells."""
    for kind, steps in GIVEN_BY.items():
        rows = [one.digest for one in case.consents.filter(kind=kind)]
        told = [_seen(body) for body in bodies if body["step"] in steps]
        if len(rows) != len(told):
            yield f"{Kind(kind).label}登记{len(rows)}条，办理记录有{len(told)}条"
        elif any(seen and seen != row for row, seen in zip(rows, told, strict=True)):
            yield f"{Kind(kind).label}所针对的方案与办理记录不符"


def _askings(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    told = {body["facts"].get("opinion"): _seen(body) for body in bodies if body["step"] == CaseStep.ASK_OPINION}
    rows = {str(one.uuid): one for one in case.opinions.all()}
    for name, seen in told.items():
        if name and name not in rows:
            yield f"征求意见{name}记入了办理记录，现已不存在"
        elif name and rows[name].digest != seen:
            yield f"{rows[name].unit}的意见所针对的方案与办理记录不符"
    times = Counter((one.body_id, alike.key("" if one.body_id else one.unit)) for one in opinions.open_askings(case))
    for (_, unit), n in times.items():
        if n > 1:
            yield f"对同一单位{f'（{unit}）' if unit else ''}的征求意见有{n}条尚未答复"


def _relied(case: Proposal, body: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name the step that relied on a word given for other lines; entries of older releases tell nothing of lines."""
    now, label = _seen(body), LABELS.get(body["step"], body["step"])
    yield from _passed(body, label, before, now)
    if not now:
        return
    kinds = list(RELIES.get(body["step"], ()))
    if body["step"] == CaseStep.PROPOSE_ITEM and _city_is_asked(case, body, before):
        kinds.append(Kind.CITY)
    for kind in kinds:
        given = [one for one in before if one["step"] in GIVEN_BY[kind]]
        if given and (seen := _seen(given[-1])) and seen != now:
            yield f"第{body['seq']}条「{label}」依据的{Kind(kind).label}针对的是原方案，其后调整事项已变更"


def _passed(body: Mapping[str, Any], label: str, before: Sequence[Mapping[str, Any]], now: str) -> Iterator[str]:
    """Name an exception by which a step passed a finding: one that nobody wrote before, or wrote for other lines."""
    for passed in (one for one in body["frozen"].get("findings", []) if one["overridden_by"]):
        named = f"第{body['seq']}条「{label}」依据的特批说明（{passed['rule']}）"
        given = [one for one in before if one["step"] == CaseStep.OVERRIDE and _let(one["facts"], passed)]
        if not given and passed.get("exception"):
            yield f"{named}不在此前的办理记录中"
        if now and given and (seen := _seen(given[-1])) and seen != now:
            yield f"{named}针对的是原方案，其后调整事项已变更"


def _let(facts: Mapping[str, Any], passed: Mapping[str, Any]) -> bool:
    """Return whether an exception let a finding pass: by its identity; older entries tell the words only."""
    if "exception" in facts:
        return bool(facts["exception"] == passed.get("exception"))
    return bool(facts["finding"] == f"{passed['rule']} {passed['message']}")


def _exceptions(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Hold every written exception against its entry, in the order of the chain."""
    rows, told = list(case.exceptions.all()), [body for body in bodies if body["step"] == CaseStep.OVERRIDE]
    if len(rows) != len(told):
        yield f"特批说明登记{len(rows)}条，办理记录有{len(told)}条"
        return
    for row, body in zip(rows, told, strict=True):
        facts, seen = body["facts"], _seen(body)
        same = (str(row), row.reason) == (facts["finding"], facts["reason"]) and seen in ("", row.digest)
        known = (facts.get("exception"), facts.get("finding_key")) in ((None, None), (str(row.uuid), row.finding))
        if not (same and known):
            yield f"特批说明「{row}」与第{body['seq']}条办理记录不符"


def _city_is_asked(case: Proposal, body: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether that day's route led to the city's approval, had to be talked over, and no letter stood in."""
    routed = [one["frozen"] for one in before if "route" in one["frozen"]]
    if not routed or any(one["rule"] == "PRE-01" for one in body["frozen"].get("findings", [])):
        return False
    at_city = any((leg["decider"], leg["mode"]) == (Decider.CITY, DecisionMode.APPROVE) for leg in routed[-1]["route"])
    if (
        not at_city
        or not case.routed_on
        or case.uploads.filter(purpose=Upload.Purpose.PRE_COMM, digest=_seen(body)).exists()
    ):
        return False
    return bool(Lawbook.of(case=case, on=case.routed_on).switch("pre_communication"))
