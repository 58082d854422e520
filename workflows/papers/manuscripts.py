"""Manuscripts of outgoing papers: which stands, what was signed, and that nothing else is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.parts import PaperFacts
from docs_templates.printing import spans
from docs_templates.sources import by_paper
from proposals.case.correspondence.manuscripts import OPEN
from proposals.case.lifecycle import CaseStep
from proposals.case.values import titles
from proposals.law.lawbook import Lawbook, Signing
from proposals.models import Manuscript, Proposal
from proposals.prepared import Ask, Given, Prepared
from proposals.procedure.act import Act
from proposals.vocabulary import Duty
from workflows.access import Held

Stage = Manuscript.Stage
PENDING = "（待编）"
WRITING = (CaseStep.DRAFT_PAPER, CaseStep.REVIEW_PAPER, CaseStep.SIGN_PAPER, CaseStep.RETURN_PAPER)
NUMBERING_PARTY = CaseStep.RECORD_EXTERNAL_NUMBER
SIGNERS = (Duty.OFFICE_DIRECTOR, Duty.COMMITTEE_CHAIR, Duty.COMMITTEE_VICE)
# Steps that number the one paper they send.
ITSELF: Mapping[str, str] = {CaseStep.ISSUE_REFUSAL: "fuhan", CaseStep.CONSULT_CITY: "goutong"}


def rule(*, case: Proposal, paper: str, on: date) -> Signing | None:
    """Return who reviews and signs the paper in this territory, or None where no rule asks for it."""
    return Lawbook.of(case=case, on=on).signing(paper)


def open_one(*, case: Proposal, paper: str) -> Manuscript | None:
    """Return the manuscript of a paper that is on its way, or None."""
    found = _OPEN_ONE.first(case=case, paper=paper)
    if found is not None:
        found.proposal = case
    return found


_OPEN_ONE: Prepared[Manuscript] = Prepared(
    lambda case, paper: (
        Manuscript.objects.filter(proposal=case, paper=paper, stage__in=OPEN)
        .select_related("drafted_by", "reviewed_by", "signed_by")
        .order_by("pk")
    )
)


def signed(*, case: Proposal, paper: str) -> Manuscript | None:
    """Return the signed manuscript that waits for its number, or None."""
    found = open_one(case=case, paper=paper)
    return found if found and found.stage == Stage.SIGNED else None


def drawn(*, case: Proposal, paper: str, act: Act, in_party_name: bool) -> PaperFacts:
    """Return what the system itself would print now, with a placeholder where the number will stand."""
    step = NUMBERING_PARTY if in_party_name else CaseStep.ALLOT_NUMBER
    as_if = replace(act, step=step, facts={"paper": paper, "number": PENDING})
    return by_paper.facts_for(slug=paper, subject=titles.as_set_by(case, act), act=as_if)


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
    if act.step != CaseStep.DRAFT_PAPER:
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


def turns(step: str) -> tuple[str, ...]:
    """Return the stages that a manuscript may be in for a step to take it up."""
    match step:
        case CaseStep.REVIEW_PAPER:
            return (Stage.DRAFTED,)
        case CaseStep.SIGN_PAPER:
            return (Stage.REVIEWED,)
        case _:
            return (Stage.DRAFTED, Stage.REVIEWED, Stage.SIGNED)


def of(case: Proposal) -> list[tuple[Manuscript, str]]:
    """Return every manuscript of the case with the name of its paper, in the order in which they were drafted."""
    rows = case.manuscripts.select_related("drafted_by", "reviewed_by")
    return [(one, BY_SLUG[one.paper].label) for one in rows]


def waiting(*, held: Held, person_id: int) -> Ask:
    """Return the query for what waits for one of the person's duties: to be reviewed, signed, or drafted again."""
    turns_at = {
        *((Stage.DRAFTED, path) for duty, path in held if duty in (Duty.OFFICE_REVIEWER, Duty.OFFICE_DIRECTOR)),
        *((Stage.REVIEWED, path) for duty, path in held if duty in SIGNERS),
    }
    at = sorted(turns_at)
    paths = {f"path{n}": path for n, (_, path) in enumerate(at)}
    return _waiting(tuple(stage for stage, _ in at)).ask(who=person_id, **paths)


@lru_cache(maxsize=64)
def _waiting(stages: tuple[str, ...]) -> Prepared[Manuscript]:
    """Return the query of what waits for somebody who handles these stages, each in the territory of a path."""

    def build(who: Given, **paths: Given) -> QuerySet[Manuscript]:
        mine = Q(pk=None)
        for n, stage in enumerate(stages):
            mine |= Q(proposal__territory__path=paths[f"path{n}"], stage=stage)
        others = Manuscript.objects.filter(mine).exclude(drafted_by=who).exclude(reviewed_by=who)
        own = Manuscript.objects.filter(stage=Stage.RETURNED, drafted_by=who)
        return (others | own).select_related("proposal", "drafted_by").order_by("pk")

    return Prepared(build, "who", *(f"path{n}" for n in range(len(stages))))


def choices(*, case: Proposal, step: str) -> Iterable[tuple[str, str]]:
    """Return (slug, label) of the papers that a step of writing may be about now."""
    if step == CaseStep.DRAFT_PAPER:
        return by_paper.choices(case)
    rows = case.manuscripts.filter(stage__in=turns(step)).values_list("paper", flat=True)
    return [(paper, BY_SLUG[paper].label) for paper in rows]
