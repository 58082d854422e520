"""The facts of the forms: 机构编制事项审批表 and 用编核准单."""

from __future__ import annotations

from docs_templates.facts.approval_form import ApprovalForm, FormOpinion, UsePermit
from docs_templates.sources import argument, record
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.issuer import number_of, office
from docs_templates.sources.record import last
from docs_templates.sources.wording import listed, sentence
from proposals.case.lifecycle import CaseStep
from proposals.effect import permits
from proposals.vocabulary import Decider, DecisionMode, FilingMode, Outcome, Track


def form(dossier: Dossier) -> ApprovalForm:
    """Tell the form that goes with the filing package."""
    case = dossier.case
    return ApprovalForm(
        **dossier.base(issuer=office(case.territory), title=dossier.matter, times=record.filings(dossier.past)),
        applicant=case.proposer,
        credit_code=_credit_code(dossier),
        kind=dossier.kind,
        track=case.get_track_display(),
        accepted_on=_accepted_on(dossier),
        authority=_authority(dossier),
        changes=dossier.changes,
        basis=_basis(dossier),
        argument=_conclusion(dossier),
        findings=argument.findings(dossier),
        opinions=opinions(dossier),
        annexes=dossier.purposes("SIGNED_SCAN", "CITY_REPLY", "TASK"),
    )


def _credit_code(dossier: Dossier) -> str:
    body = dossier.case.proposer_body
    version = body.version(on=dossier.act.happened_on) if body else None
    return version.credit_code if version else ""


def _authority(dossier: Dossier) -> str:
    legs = [f"{Decider(leg['decider']).label}{DecisionMode(leg['mode']).label}" for leg in dossier.case.route]
    return "，".join(legs)


def _accepted_on(dossier: Dossier) -> str:
    """A small matter is laid straight before the office: it has it from that day."""
    sent = last(dossier.past, CaseStep.SEND_SMALL)
    on = dossier.case.accepted_on or (sent.on if sent else None)
    return on.isoformat() if on else ""


def _basis(dossier: Dossier) -> tuple[str, ...]:
    """A small matter cites no documents of its own: it rests on the clause by which it is decided."""
    case = dossier.case
    cited = tuple(f"{one}{f'，{sentence(one.clause)}' if one.clause else ''}" for one in dossier.read.basis)
    return cited or tuple(dict.fromkeys(leg["citation"] for leg in case.route))


def _conclusion(dossier: Dossier) -> str:
    argued = last(dossier.past, CaseStep.FINISH_ARGUMENT, CaseStep.PASS_COMPLIANCE)
    if argued is None:
        return "简易事项，不要求逐条论证。" if dossier.case.track == Track.SHORT else ""
    return str(argued.facts.get("conclusion") or argued.facts.get("opinion", ""))


def opinions(dossier: Dossier) -> tuple[FormOpinion, ...]:
    """Tell the cells of the form in the order of the route; the city's cell stays empty for ink."""
    told = [_desk(dossier), _compliance(dossier), _office(dossier), _committee(dossier), _party(dossier)]
    city = FormOpinion(place="市级意见") if dossier.case.filing_mode != FilingMode.NONE else None
    return tuple(cell for cell in (*told, city) if cell)


def _cell(place: str, one: record.Happening | None, words: str) -> FormOpinion | None:
    if one is None:
        return None
    return FormOpinion(
        place=place, words=words, person=one.on_behalf_of or one.signed, on=one.on.isoformat(),
        recorded_later=bool(one.on_behalf_of),
    )  # fmt: skip


def _desk(dossier: Dossier) -> FormOpinion | None:
    one = last(dossier.past, CaseStep.FINISH_ARGUMENT, CaseStep.ACCEPT)
    return _cell("股室意见", one, str(one.facts.get("conclusion") or "经审查，符合受理条件。") if one else "")


def _compliance(dossier: Dossier) -> FormOpinion | None:
    passed = last(dossier.past, CaseStep.PASS_COMPLIANCE)
    return _cell("合法合规审查", passed, str(passed.facts["opinion"]) if passed else "")


def _office(dossier: Dossier) -> FormOpinion | None:
    decided = last(dossier.past, CaseStep.DECIDE_BY_OFFICE)
    if decided or (dossier.act.step == CaseStep.DECIDE_BY_OFFICE):
        return _cell("编办意见", decided, str((decided.facts if decided else {}).get("opinion") or "同意。"))
    proposed = last(dossier.past, CaseStep.PROPOSE_ITEM)
    return _cell(
        "编办意见", proposed, str(proposed.facts.get("opinion") or "同意提请区委编委审议。") if proposed else ""
    )


def _committee(dossier: Dossier) -> FormOpinion | None:
    decided = last(dossier.past, CaseStep.RESOLVE_APPROVED, CaseStep.RESOLVE_AMENDED, CaseStep.RESOLVE_REJECTED)
    item, meeting = dossier.item, dossier.meeting
    if decided is None or item is None or meeting is None:
        return None
    outcome = Outcome(item.outcome).label if item.outcome else "审议"
    words = f"{meeting.title}{outcome}。{sentence(item.tally.get('sentence', ''))}。"
    chair = meeting.presiding.name if meeting.presiding else ""
    return FormOpinion(
        place="编委意见",
        words=words,
        person=chair,
        on=decided.on.isoformat(),
        recorded_later=bool(decided.on_behalf_of),
    )


def _party(dossier: Dossier) -> FormOpinion | None:
    said = dossier.case.party_committee
    if not said:
        return None
    one = last(
        dossier.past, CaseStep.RECORD_PARTY_COMMITTEE, CaseStep.RECORD_PARTY_DEFERRAL, CaseStep.RECORD_PARTY_REFUSAL
    )
    text = f"{record.party_sitting(said['meeting'])}{said['result']}。{said.get('text', '')}"
    return FormOpinion(place="区委意见", words=text, on=said["on"], recorded_later=bool(one and one.on_behalf_of))


def permit(dossier: Dossier) -> UsePermit:
    """Tell the permit to fill approved posts; the figures are those of the moment, before this permit."""
    case, act = dossier.case, dossier.act
    plan = dossier.adjustments.plan
    used = {move.source.body: 0 for line in plan.lines for move in line.moves}
    rows = [row for row in plan.rows if row.body in used]
    granted = sum(line.amount for line in plan.lines if line.moves)
    terms = permits.terms_of(line for line in case.change_lines if line.amount)
    title = "用编核准单"
    return UsePermit(
        **dossier.base(issuer=office(case.territory), title=title, times=1),
        number=number_of(slug="hezhundan", case=case, act=act),
        unit=listed([row.name for row in rows]),
        quota_type=listed([row.label for row in rows]),
        approved=sum(row.approved[0] for row in rows),
        actual=sum(row.actual[0] for row in rows),
        committed=sum(row.committed for row in rows) - granted,
        vacancy=sum(row.vacant[0] for row in rows),
        granted=granted,
        purpose=dossier.told(case.summary or case.reason) or dossier.matter,
        ways=terms.ways,
        post=terms.post,
        from_outside=terms.from_outside,
        valid_until=str(act.facts["expires_on"]),
        opinions=tuple(cell for cell in (_office(dossier),) if cell),
    )
