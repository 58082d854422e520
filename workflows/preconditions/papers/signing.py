"""Who may draft, review and sign which paper, and that nothing is numbered but what was signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from docs_templates.catalogue import BY_SLUG
from docs_templates.printing import spans
from docs_templates.sources import by_paper
from docs_templates.sources.issuer import FOUNDING, issuer_of
from proposals.case.lifecycle import CaseStep
from proposals.law.lawbook import Signing
from proposals.models import BodyVersion, Manuscript, Proposal
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.vocabulary import Duty
from workflows import access
from workflows.desks import lending
from workflows.papers.manuscripts import ITSELF, NUMBERING_PARTY, current_digest, drawn, open_one, rule, signed, turns

# The steps in which a paper passes from hand to hand.
HANDS = (CaseStep.REVIEW_PAPER, CaseStep.SIGN_PAPER, CaseStep.RETURN_PAPER)


def can_be_drafted(case: Proposal, act: Act) -> Iterator[Reason]:
    """A paper is drafted where a rule says who reviews and signs it; an edited wording keeps to the facts."""
    paper = act.facts.get("paper")
    if not paper or paper not in dict(by_paper.choices(case)):
        return
    label = BY_SLUG[paper].label
    if rule(case=case, paper=paper, on=act.happened_on) is None:
        yield Reason("NO_SIGNING_RULE", f"本单位没有规定《{label}》的审签，请直接办理「编文号」。")
        return
    if act.facts.get("effective_on") and paper not in FOUNDING:
        yield Reason("NO_EFFECT", f"《{label}》不写明生效日期，请去掉。")
    facts = drawn(case=case, paper=paper, act=act, in_party_name=bool(act.facts.get("in_party_name")))
    wording = act.facts.get("wording") or {}
    names = BodyVersion.objects.standing(on=act.happened_on).filter(body__territory=case.territory)
    for text in spans.objections(facts=facts, wording=wording, names=names.values_list("name", flat=True)):
        yield Reason("WORDING", text)


def may_be_handled(case: Proposal, act: Act) -> Iterator[Reason]:
    """Each hand is another person's, in its turn, on the words that were drafted."""
    if not case.manuscripts.filter(stage__in=turns(act.step)).exists():
        yield Reason("NO_MANUSCRIPT", _nothing(act.step))
        return
    paper = act.facts["paper"]
    found = open_one(case=case, paper=paper)
    if found is None or found.stage not in turns(act.step):
        yield Reason("NO_MANUSCRIPT", _nothing(act.step))
        return
    yield from _hands(case, act, found)
    if act.step != CaseStep.RETURN_PAPER and current_digest(case=case, manuscript=found, act=act) != found.digest:
        label = BY_SLUG[paper].label
        yield Reason("MANUSCRIPT_STALE", f"《{label}》拟稿后事项内容有变化，请办理「退回改稿」或重新拟稿。")


def _nothing(step: str) -> str:
    words: Mapping[str, str] = {CaseStep.REVIEW_PAPER: "待核稿", CaseStep.SIGN_PAPER: "待签发"}
    what = words.get(step, "可退回")
    return (
        f"本事项没有{what}的文稿，请先办理「拟稿」。" if step == CaseStep.REVIEW_PAPER else f"本事项没有{what}的文稿。"
    )


def _hands(case: Proposal, act: Act, found: Manuscript) -> Iterator[Reason]:
    asked = rule(case=case, paper=found.paper, on=act.happened_on)
    if asked is None:
        return
    allowed = _allowed(case, act, found, asked)
    who_may: dict[str, Any] = {"actor": act.actor, "duties": allowed, "subject": case, "on": act.happened_on}
    if not act.confirmed_by and not access.holds(**who_may):
        who = "、".join(Duty(duty).label for duty in allowed)
        yield Reason("NOT_YOUR_PAPER", f"《{BY_SLUG[found.paper].label}》由{who}办理，您没有这项职责。")
    earlier = {found.drafted_by_id: "拟稿人", found.reviewed_by_id: "核稿人"}
    if act.step == CaseStep.RETURN_PAPER or act.on_behalf_of:
        return
    if act.actor.id in earlier:
        yield Reason("SAME_PERSON", f"您是这份文稿的{earlier[act.actor.id]}，核稿、签发须由另外的人办理。")
    for hand, what in earlier.items():
        if hand and lending.between(one=hand, other=act.actor.id, since=act.happened_on, until=act.happened_on):
            told = f"您与这份文稿的{what}之间有委托代办，不能核稿、签发对方经手的文稿，请由第三人办理，或先收回委托。"
            yield Reason("SAME_PERSON", told)


def duties_of(case: Proposal, act: Act) -> tuple[str, ...]:
    """Return which of the step's duties the rule of the paper lets take it; empty where no rule narrows them."""
    found = open_one(case=case, paper=act.facts.get("paper", ""))
    asked = rule(case=case, paper=found.paper, on=act.happened_on) if found else None
    return _allowed(case, act, found, asked) if found and asked else ()


def _allowed(case: Proposal, act: Act, found: Manuscript, asked: Signing) -> tuple[str, ...]:
    signers = signers_of(case=case, manuscript=found, asked=asked, act=act)
    hands: Mapping[str, tuple[str, ...]] = {CaseStep.REVIEW_PAPER: asked.reviewers, CaseStep.SIGN_PAPER: signers}
    return hands.get(act.step, (*asked.reviewers, *signers))


def signers_of(*, case: Proposal, manuscript: Manuscript, asked: Signing, act: Act) -> tuple[str, ...]:
    """Return the duties that sign: those of the organ in whose name the paper goes out."""
    step = NUMBERING_PARTY if manuscript.in_party_name else CaseStep.ALLOT_NUMBER
    issuer = issuer_of(slug=manuscript.paper, case=case, act=replace(act, step=step, facts={}))
    return asked.office_signers if issuer.signs == Duty.OFFICE_DIRECTOR else asked.committee_signers


def signed_first(case: Proposal, act: Act) -> Iterator[Reason]:
    """What is numbered was signed, and is still what was signed."""
    paper = ITSELF.get(act.step) or act.facts.get("paper")
    if not paper or rule(case=case, paper=paper, on=act.happened_on) is None:
        return
    if act.step == CaseStep.CONSULT_CITY and act.facts.get("oral"):
        return
    if act.step == CaseStep.ISSUE_REFUSAL and case.numbers.get(paper):
        return
    label, found = BY_SLUG[paper].label, signed(case=case, paper=paper)
    if found is None:
        yield Reason("NOT_SIGNED", f"《{label}》还没有签发，请先办理「拟稿」「核稿」「签发」。")
    elif act.step not in ITSELF and found.in_party_name != (act.step == NUMBERING_PARTY):
        other = "登记区委文号" if found.in_party_name else "编文号"
        yield Reason("OTHER_NAME", f"《{label}》签发的名义与此不同，请办理「{other}」。")
    elif current_digest(case=case, manuscript=found, act=act) != found.digest:
        yield Reason("MANUSCRIPT_STALE", f"《{label}》签发后事项内容有变化，请重新拟稿、核稿、签发。")
    elif found.signed_on and act.happened_on < found.signed_on:
        yield Reason("BEFORE_SIGNING", f"《{label}》于{found.signed_on}签发，编号日期不能早于签发日期。")
    elif _another_day(found, act):
        yield Reason("OTHER_DAY", f"签发的《{label}》写明的生效日期与所填不同，请去掉，或重新拟稿。")


def letter_given(case: Proposal, act: Act) -> Iterator[Reason]:
    """What is said on the telephone is written down; what is written is the letter that was signed."""
    if act.facts.get("letter"):
        return
    if act.facts.get("oral") or rule(case=case, paper="goutong", on=act.happened_on) is None:
        yield Reason("FACT_MISSING", "请填写「沟通内容」。")


def _another_day(found: Manuscript, act: Act) -> bool:
    wanted = act.facts.get("effective_on")
    return bool(wanted) and wanted != str(found.effective_on or found.signed_on)
