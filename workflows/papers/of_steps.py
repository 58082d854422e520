"""How steps and papers meet: which papers a step freezes, what the system adds to it, whether a scan fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from docs_templates import freezing
from docs_templates.catalogue import BY_SLUG
from docs_templates.catalogue import frozen_by as papers_of
from docs_templates.facts.downward import Notice
from docs_templates.facts.frozen import from_canonical
from docs_templates.facts.parts import PaperFacts, Remark, RemarkKind
from docs_templates.models import FrozenPaper, Package
from docs_templates.package.kinds import MADE_WITH_PACKAGE
from docs_templates.sources import by_paper
from docs_templates.sources.issuer import FOUNDING, UPWARD, founding_slug, upward_slug
from proposals.case.lifecycle import CaseStep
from proposals.models import Entry, Proposal, SubjectKind, Upload
from proposals.prepared import Prepared
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from workflows import queue
from workflows.attempt import Refused
from workflows.papers import manuscripts, numbers

NUMBERING = (CaseStep.ALLOT_NUMBER, CaseStep.RECORD_EXTERNAL_NUMBER)
DECIDING = (
    CaseStep.RESOLVE_APPROVED, CaseStep.RESOLVE_AMENDED, CaseStep.DECIDE_BY_OFFICE, CaseStep.RECORD_PARTY_COMMITTEE,
)  # fmt: skip
# These papers are numbered by the very step that makes them, when nobody numbered them before.
NUMBERED_BY: Mapping[str, str] = {
    CaseStep.ISSUE_PERMIT: "hezhundan",
    CaseStep.ISSUE_REFUSAL: "fuhan",
    CaseStep.CONSULT_CITY: "goutong",
}

choices = by_paper.choices


def made(*, case: Proposal) -> tuple[tuple[str, str], ...]:
    """Return (slug, label) of the papers of the case that have been made and may be scanned or made anew."""
    slugs = FrozenPaper.objects.filter(subject_uuid=case.uuid).values_list("slug", flat=True)
    return tuple((slug, BY_SLUG[slug].label) for slug in dict.fromkeys(slugs))


def upward(case: Proposal) -> str:
    """Return the number of this filing's paper to the city, or nothing."""
    slug = upward_slug(case)
    return case.numbers.get(slug, "") if slug and numbered(case=case, slug=slug) else ""


def founding(case: Proposal) -> str:
    """Return the number of the paper that founds the register entries, or nothing when it tells an older decision."""
    paper = _founding_paper(case)
    return case.numbers.get(paper.slug, "") if paper else ""


def founding_day(case: Proposal) -> str:
    """Return the day from which that paper takes effect, as it is printed; nothing where there is no such paper."""
    paper = _founding_paper(case)
    return from_canonical(Notice, paper.facts).effective_on if paper else ""


_NEWEST_PAPER: Prepared[FrozenPaper] = Prepared(
    lambda subject, slug: FrozenPaper.objects.filter(subject_uuid=subject, slug=slug).order_by("-version")[:1]
)
_NEWEST_DECISION: Prepared[Entry] = Prepared(
    lambda subject: Entry.objects.filter(subject_id=subject, step__in=DECIDING).order_by("-seq")[:1]
)


def _founding_paper(case: Proposal) -> FrozenPaper | None:
    paper = _NEWEST_PAPER.first(subject=case.uuid, slug=founding_slug(case))
    if paper is None:
        return None
    return None if _decided_since(case=case, paper=paper) else paper


def _decided_since(*, case: Proposal, paper: FrozenPaper) -> bool:
    """Return whether the paper tells an older decision than the one in force."""
    decided = _NEWEST_DECISION.first(subject=case.uuid)
    return decided is not None and decided.at > paper.frozen_at


def numbered(*, case: Proposal, slug: str) -> bool:
    """Return whether the paper of this round has its number: frozen as often as the case goes up."""
    if slug in FOUNDING:
        return _founding_paper(case) is not None
    if slug == "goutong":
        return False  # the city is asked as often as the plan changes
    papers = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=slug)
    if slug not in UPWARD:
        return papers.exists()
    filings = Entry.objects.filter(subject_id=case.uuid, step=CaseStep.FILE_UPWARD).count()
    paper = papers.filter(round=filings + 1).last()
    return paper is not None and not _decided_since(case=case, paper=paper)


def system_facts(*, case: Proposal, act: Act) -> dict[str, Any]:
    """Return what the system adds to a step: the next number, the digest of a scan, the day a paper names.

    Raises Refused for a number that is taken, a paper that has one, a territory without code words.
    """
    if act.step in manuscripts.WRITING:
        return manuscripts.system_facts(case=case, act=act)
    if act.step in NUMBERING:
        slug = act.facts["paper"]
        if numbered(case=case, slug=slug):
            text = f"《{BY_SLUG[slug].label}》已编文号{case.numbers.get(slug, '')}，不能重复编号。"
            raise Refused([Reason("NUMBERED", text)])
        return {**numbers.of_paper(case=case, slug=slug, act=act), **manuscripts.bound(case=case, paper=slug)}
    if act.step in NUMBERED_BY and not act.facts.get("oral"):
        slug = NUMBERED_BY[act.step]
        signed = manuscripts.bound(case=case, paper=slug)
        if slug == "goutong" or slug not in case.numbers:
            return {**numbers.of_paper(case=case, slug=slug, act=act), **signed}
        return signed
    if act.step == CaseStep.ATTACH_SIGNED_SCAN:
        return {"sha256": Upload.objects.get(uuid=act.facts["upload"]).sha256}
    if act.step in (CaseStep.ISSUE_DOWNWARD, CaseStep.ISSUE_AHEAD):
        return {"effective_on": _effective_on(case=case, act=act)}
    return numbers.system_facts(case=case, act=act)


def _effective_on(*, case: Proposal, act: Act) -> str:
    """Return the day that the founding paper names; the ledger never follows another one."""
    named = founding_day(case) or act.happened_on.isoformat()
    wanted = act.facts.get("effective_on") or named
    if wanted != named:
        text = f"下达文件写明自{named}起执行，生效日期应与文件一致；如需改动，请重新制作文书。"
        raise Refused([Reason("OTHER_DAY", text)])
    return named


def freeze(*, subject: Any, act: Act) -> dict[str, str]:
    """Freeze every paper of the step and return the digests of their facts by slug.

    Raises Refused with a reason for every missing value and every character that cannot be printed.
    """
    told = {slug: _told(slug=slug, subject=subject, act=act) for slug in _slugs(subject, act)}
    objections = [text for slug, facts in told.items() for text in freezing.objections(slug=slug, facts=facts)]
    if objections:
        raise Refused([Reason("PAPER_FACTS", text) for text in dict.fromkeys(objections)])
    if act.step == CaseStep.ATTACH_SIGNED_SCAN:
        _keep_scan(case=subject, act=act)
    frozen = {}
    for slug, facts in told.items():
        paper = freezing.freeze(
            slug=slug, facts=facts, subject_kind=subject.subject_kind, subject_uuid=subject.uuid, step=act.step,
            at=act.at, read=act.reading,
        )  # fmt: skip
        frozen[slug] = paper.digest
    return frozen


def _keep_scan(*, case: Proposal, act: Act) -> None:
    """Put the signed scan beside the version it was compared with: the newest."""
    papers = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=act.facts["paper"])
    if newest := papers.order_by("version").last():
        papers.filter(pk=newest.pk).update(scan_sha256=act.facts["sha256"])


def _slugs(subject: Any, act: Act) -> tuple[str, ...]:
    """Return the papers that the step freezes of this subject."""
    if subject.subject_kind not in (SubjectKind.CASE, SubjectKind.MEETING):
        return ()
    if act.step == CaseStep.REISSUE_PAPER:
        return (act.facts["paper"],)
    slugs = [paper.slug for paper in papers_of(step=act.step) if paper.slug not in MADE_WITH_PACKAGE]
    if act.step in NUMBERING:
        return tuple(slug for slug in slugs if slug == act.facts["paper"])
    if subject.subject_kind == SubjectKind.MEETING:
        return tuple(slug for slug in slugs if slug == "jiyao")
    unwanted = {"jiyao"} | ({"goutong"} if act.facts.get("oral") else set())
    unwanted |= {"shipifu", "huizhi"} if act.on_behalf_of else set()  # the city answered on a paper of its own
    if act.step == CaseStep.ISSUE_REFUSAL and dict(made(case=subject)).get("fuhan"):
        unwanted.add("fuhan")
    return tuple(slug for slug in slugs if slug not in unwanted)


def _told(*, slug: str, subject: Any, act: Act) -> PaperFacts:
    if act.step != CaseStep.REISSUE_PAPER:
        facts = by_paper.facts_for(slug=slug, subject=subject, act=act)
        named = act.facts.get("manuscript")
        return manuscripts.as_signed(facts=facts, named=named) if named else facts
    return _anew(slug=slug, subject=subject, act=act)


def _anew(*, slug: str, subject: Any, act: Act) -> PaperFacts:
    """Return the facts of the newest version again: what was decided stays, the reason of the new version is added."""
    paper = FrozenPaper.objects.filter(subject_uuid=subject.uuid, slug=slug).last()
    if paper is None:
        raise Refused([Reason("NO_SUCH_PAPER", "这份文书还没有制作过，不能重新制作。")])
    facts: PaperFacts = from_canonical(BY_SLUG[slug].facts, paper.facts)
    on = timezone.localdate(act.at)
    text = f"本件为第{paper.version + 1}版，{on.year}年{on.month}月{on.day}日重新制作，理由：{act.facts['reason']}"
    anew = Remark(kind=RemarkKind.MADE_ANEW, text=text)
    return by_paper.all_written(replace(facts, chain_head=subject.head_hash, remarks=(*facts.remarks, anew)))


def package_reasons(*, case: Proposal) -> Iterable[Reason]:
    """Say why the filing package cannot go up yet: it is being made for the newest sealing, or could not be made."""
    sealed = Entry.objects.filter(subject_id=case.uuid, step=CaseStep.SEAL_PACKAGE).order_by("seq").last()
    if sealed is None:
        return
    made_now = Package.objects.filter(subject_uuid=case.uuid, sealed_entry_hash=sealed.hash).first()
    if made_now and any(one["sha256"] == made_now.sha256 for one in case.packages):
        return
    if queue.failed(entry=sealed):
        yield Reason(
            "PACKAGE_FAILED",
            "报送包没有制作成功，请办理「退回行文」后重新生成，或者在「后台任务」里重新制作；仍不成功请联系系统管理员。",
        )
    else:
        yield Reason("PACKAGE_IN_WORK", "报送包正在生成，请稍候片刻再办理上报。")
