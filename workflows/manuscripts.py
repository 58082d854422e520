"""拟稿 → 核稿 → 签发: who may do it with which paper, what was signed, and that nothing else is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from docs_templates import spans
from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.parts import PaperFacts
from docs_templates.sources import telling
from docs_templates.sources.issuer import FOUNDING, issuer_of
from proposals import titles
from proposals.act import Act
from proposals.lawbook import Lawbook, Signing
from proposals.models import BodyVersion, Manuscript, Proposal
from proposals.models.manuscript import OPEN
from proposals.reasons import Reason
from proposals.states import Duty
from workflows import access, lending
from workflows.access import Held
from workflows.attempt import Attempt

Stage = Manuscript.Stage
PENDING = "（待编）"
WRITING = ("draft_paper", "review_paper", "sign_paper", "return_paper")
NUMBERING_PARTY = "record_external_number"
# Steps that number the one paper they send.
ITSELF: Mapping[str, str] = {"issue_refusal": "fuhan", "consult_city": "goutong"}


def rule(*, case: Proposal, paper: str, on: date) -> Signing | None:
    """Return who reviews and signs the paper in this territory, or None where no rule asks for it."""
    return Lawbook.of(case=case, on=on).signing(paper)


def open_one(*, case: Proposal, paper: str) -> Manuscript | None:
    """Return the manuscript of a paper that is on its way, or None."""
    rows = case.manuscripts.filter(paper=paper, stage__in=OPEN)
    return rows.select_related("drafted_by", "reviewed_by", "signed_by").first()


def signed(*, case: Proposal, paper: str) -> Manuscript | None:
    """Return the signed manuscript that waits for its number, or None."""
    found = open_one(case=case, paper=paper)
    return found if found and found.stage == Stage.SIGNED else None


def drawn(*, case: Proposal, paper: str, act: Act, in_party_name: bool) -> PaperFacts:
    """Return what the system itself would print now, with a placeholder where the number will stand."""
    step = NUMBERING_PARTY if in_party_name else "allot_number"
    as_if = replace(act, step=step, facts={"paper": paper, "number": PENDING})
    return telling.facts_for(slug=paper, subject=titles.as_set_by(case, act), act=as_if)


def bound(*, case: Proposal, paper: str) -> dict[str, Any]:
    """Return what a step that numbers a paper is told of its signed manuscript: which it is, the day it names."""
    found = signed(case=case, paper=paper)
    if found is None:
        return {}
    named = {"effective_on": found.effective_on.isoformat()} if found.effective_on else {}
    letter = {"letter": found.wording["paragraphs"]} if paper == "goutong" else {}
    return {"manuscript": str(found.uuid), **named, **letter}


def day_of(*, case: Proposal, paper: str) -> str:
    """Return the day from which a signed paper will take effect, or nothing where none is signed."""
    found = signed(case=case, paper=paper)
    return str(found.effective_on or found.signed_on) if found else ""


def as_signed(*, facts: PaperFacts, named: str) -> PaperFacts:
    """Return the facts with the words that were signed, the day they were signed on and who signed."""
    manuscript = Manuscript.objects.get(uuid=named)
    given = spans.worded(facts, manuscript.wording)
    told: dict[str, Any] = {"dated": str(manuscript.signed_on)}
    if hasattr(given, "signer"):
        told["signer"] = manuscript.signer
    if hasattr(given, "effective_on"):
        told["effective_on"] = str(manuscript.effective_on or manuscript.signed_on)
    return replace(given, **told)


def current_digest(*, case: Proposal, manuscript: Manuscript, act: Act) -> str:
    """Return the digest of the paper as its facts stand now, in the words of the manuscript."""
    facts = drawn(case=case, paper=manuscript.paper, act=act, in_party_name=manuscript.in_party_name)
    return spans.digest(spans.worded(facts, manuscript.wording))


def system_facts(*, case: Proposal, act: Act) -> dict[str, Any]:
    """Return what the system adds to a step of writing: every span in full, the digest, whether somebody reviews."""
    paper = act.facts["paper"]
    if act.step != "draft_paper":
        found = open_one(case=case, paper=paper)
        return {"digest": found.digest} if found else {}
    in_party_name = bool(act.facts.get("in_party_name"))
    facts = drawn(case=case, paper=paper, act=act, in_party_name=in_party_name)
    wording = {span.key: span.text for span in spans.spans(facts)} | dict(act.facts.get("wording") or {})
    asked = rule(case=case, paper=paper, on=act.happened_on)
    return {
        "wording": wording,
        "digest": spans.digest(spans.worded(facts, wording)),
        "reviewed": bool(asked and asked.reviewers),
    }


def can_be_drafted(attempt: Attempt) -> Iterator[Reason]:
    """A paper is drafted where a rule says who reviews and signs it; an edited wording keeps to the facts."""
    case, act, paper = attempt.subject, attempt.act, attempt.act.facts.get("paper")
    if attempt.preview or not paper or paper not in dict(telling.choices(case)):
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


def may_be_handled(attempt: Attempt) -> Iterator[Reason]:
    """Each hand is another person's, in its turn, on the words that were drafted."""
    act, paper = attempt.act, attempt.act.facts.get("paper")
    if not paper:
        waiting = attempt.subject.manuscripts.filter(stage__in=_turns(act.step))
        if not waiting.exists():
            yield Reason("NO_MANUSCRIPT", _nothing(act.step))
        return
    found = open_one(case=attempt.subject, paper=paper)
    if found is None or found.stage not in _turns(act.step):
        yield Reason("NO_MANUSCRIPT", _nothing(act.step))
        return
    yield from _hands(attempt, found)
    if act.step != "return_paper" and current_digest(case=attempt.subject, manuscript=found, act=act) != found.digest:
        label = BY_SLUG[paper].label
        yield Reason("MANUSCRIPT_STALE", f"《{label}》拟稿后事项内容有变化，请办理「退回改稿」或重新拟稿。")


def _turns(step: str) -> tuple[str, ...]:
    match step:
        case "review_paper":
            return (Stage.DRAFTED,)
        case "sign_paper":
            return (Stage.REVIEWED,)
        case _:
            return (Stage.DRAFTED, Stage.REVIEWED, Stage.SIGNED)


def _nothing(step: str) -> str:
    what = {"review_paper": "待核稿", "sign_paper": "待签发"}.get(step, "可退回")
    return f"本事项没有{what}的文稿，请先办理「拟稿」。" if step == "review_paper" else f"本事项没有{what}的文稿。"


def _hands(attempt: Attempt, found: Manuscript) -> Iterator[Reason]:
    case, act = attempt.subject, attempt.act
    asked = rule(case=case, paper=found.paper, on=act.happened_on)
    if asked is None:
        return
    signers = signers_of(case=case, manuscript=found, asked=asked, act=act)
    allowed = {"review_paper": asked.reviewers, "sign_paper": signers}.get(act.step, (*asked.reviewers, *signers))
    who_may: dict[str, Any] = {"actor": act.actor, "duties": allowed, "subject": case, "on": act.happened_on}
    if not attempt.carried and not access.appointed(**who_may, held=attempt.held):
        attempt.lent = access.lent_to(**who_may)
        if attempt.lent is None:
            who = "、".join(Duty(duty).label for duty in allowed)
            yield Reason("NOT_YOUR_PAPER", f"《{BY_SLUG[found.paper].label}》由{who}办理，您没有这项职责。")
    earlier = {found.drafted_by_id: "拟稿人", found.reviewed_by_id: "核稿人"}
    if act.step == "return_paper" or act.on_behalf_of:
        return
    if act.actor.id in earlier:
        yield Reason("SAME_PERSON", f"您是这份文稿的{earlier[act.actor.id]}，核稿、签发须由另外的人办理。")
    for hand, what in earlier.items():
        if hand and lending.between(one=hand, other=act.actor.id, since=act.happened_on, until=act.happened_on):
            told = f"您与这份文稿的{what}之间有委托代办，不能核稿、签发对方经手的文稿，请由第三人办理，或先收回委托。"
            yield Reason("SAME_PERSON", told)


def signers_of(*, case: Proposal, manuscript: Manuscript, asked: Signing, act: Act) -> tuple[str, ...]:
    """Return the duties that sign: those of the organ in whose name the paper goes out."""
    step = NUMBERING_PARTY if manuscript.in_party_name else "allot_number"
    issuer = issuer_of(slug=manuscript.paper, case=case, act=replace(act, step=step, facts={}))
    return asked.office_signers if issuer.signs == Duty.OFFICE_DIRECTOR else asked.committee_signers


def signed_first(attempt: Attempt) -> Iterator[Reason]:
    """What is numbered was signed, and is still what was signed."""
    case, act = attempt.subject, attempt.act
    paper = ITSELF.get(act.step) or act.facts.get("paper")
    if not paper or act.facts.get("oral") or rule(case=case, paper=paper, on=act.happened_on) is None:
        return
    if attempt.preview and act.step == "consult_city":
        return  # whether it is said on the telephone is still to be answered
    if act.step == "issue_refusal" and case.numbers.get(paper):
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


def letter_given(attempt: Attempt) -> Iterator[Reason]:
    """What is said on the telephone is written down; what is written is the letter that was signed."""
    case, act = attempt.subject, attempt.act
    if attempt.preview or act.facts.get("letter"):
        return
    if act.facts.get("oral") or rule(case=case, paper="goutong", on=act.happened_on) is None:
        yield Reason("FACT_MISSING", "请填写「沟通内容」。")


def _another_day(found: Manuscript, act: Act) -> bool:
    wanted = act.facts.get("effective_on")
    return bool(wanted) and wanted != str(found.effective_on or found.signed_on)


def of(case: Proposal) -> list[tuple[Manuscript, str]]:
    """Return every manuscript of the case with the name of its paper, in the order in which they were drafted."""
    rows = case.manuscripts.select_related("drafted_by", "reviewed_by")
    return [(one, BY_SLUG[one.paper].label) for one in rows]


def waiting(*, held: Held, person_id: int) -> QuerySet[Manuscript]:
    """Return the manuscripts that wait for one of the person's duties: to be reviewed, signed, or drafted again."""
    mine = Q(pk=None)
    for duty, path in held:
        here = Q(proposal__territory__path=path)
        if duty in (Duty.OFFICE_REVIEWER, Duty.OFFICE_DIRECTOR):
            mine |= here & Q(stage=Stage.DRAFTED)
        if duty in (Duty.OFFICE_DIRECTOR, Duty.COMMITTEE_CHAIR, Duty.COMMITTEE_VICE):
            mine |= here & Q(stage=Stage.REVIEWED)
    others = Manuscript.objects.filter(mine).exclude(drafted_by=person_id).exclude(reviewed_by=person_id)
    own = Manuscript.objects.filter(stage=Stage.RETURNED, drafted_by=person_id)
    return (others | own).select_related("proposal", "drafted_by").order_by("pk")


def choices(*, case: Proposal, step: str) -> Iterable[tuple[str, str]]:
    """Return (slug, label) of the papers that a step of writing may be about now."""
    if step == "draft_paper":
        return telling.choices(case)
    rows = case.manuscripts.filter(stage__in=_turns(step)).values_list("paper", flat=True)
    return [(paper, BY_SLUG[paper].label) for paper in rows]
