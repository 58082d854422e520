"""What was signed, held against what was numbered and printed: hands, words and digests of every outgoing paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import FactsUnreadable, from_canonical
from docs_templates.models import FrozenPaper
from docs_templates.printing import spans
from proposals.case.correspondence.manuscripts import Manuscript as M
from proposals.case.lifecycle import CaseStep
from proposals.models import Entry, Manuscript, Person, Proposal, Setting
from workflows.papers.manuscripts import ITSELF

NUMBERING = (CaseStep.ALLOT_NUMBER, CaseStep.RECORD_EXTERNAL_NUMBER, *ITSELF)


def manuscripts(case: Proposal, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Check that each manuscript is what the chain says of it, and that nothing was numbered that nobody signed."""
    rows = {str(one.uuid): one for one in case.manuscripts.all()}
    said = list(_drafts(bodies))
    for one, told in zip(rows.values(), said, strict=False):
        label = BY_SLUG[one.paper].label
        if (one.paper, one.wording, one.digest) != (told["paper"], told["wording"], told["digest"]):
            yield f"《{label}》文稿的文字与办理记录不符"
        hands = (one.drafted_by_id, one.reviewed_by_id, one.signed_by_id)
        if hands != (told["drafted"], told["reviewed"], told["signed"]) or one.stage != told["stage"]:
            yield f"《{label}》文稿的拟稿、核稿、签发与办理记录不符"
    if len(rows) != len(said):
        yield "文稿件数与办理记录不符，有缺失或多出"
    for entry, body in zip(entries, bodies, strict=True):
        if body["step"] in NUMBERING and body["frozen"].get("papers"):
            yield from _numbered(case, entry, body, rows)


def _drafts(bodies: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Follow each paper through the chain as far as it was drafted, reviewed, signed, returned and numbered."""
    found: list[dict[str, Any]] = []
    open_ones: dict[str, dict[str, Any]] = {}
    people = _people(bodies)
    for body in bodies:
        step, facts, who = body["step"], body["facts"], people[body["actor"]["id"]]
        paper = ITSELF.get(step) or facts.get("paper", "")
        if step == CaseStep.DRAFT_PAPER:
            if paper in open_ones:
                open_ones[paper]["stage"] = M.Stage.REPLACED
            stage: str = M.Stage.DRAFTED if facts["reviewed"] else M.Stage.REVIEWED
            made = {"paper": paper, "wording": facts["wording"], "digest": facts["digest"], "stage": stage}
            open_ones[paper] = made | {"drafted": who, "reviewed": None, "signed": None}
            found.append(open_ones[paper])
        elif paper in open_ones and step in HANDS:
            stage, hand = HANDS[step]
            open_ones[paper] |= {"stage": stage} | ({hand: who} if hand else {})
        elif paper in open_ones and step in NUMBERING and facts.get("manuscript"):
            open_ones.pop(paper)["stage"] = M.Stage.NUMBERED
    yield from found


HANDS: Mapping[str, tuple[str, str]] = {
    CaseStep.REVIEW_PAPER: (M.Stage.REVIEWED, "reviewed"),
    CaseStep.SIGN_PAPER: (M.Stage.SIGNED, "signed"),
    CaseStep.RETURN_PAPER: (M.Stage.RETURNED, ""),
}


def _people(bodies: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    from_chain = {body["actor"]["id"] for body in bodies}
    return {str(uuid): pk for uuid, pk in Person.objects.filter(uuid__in=from_chain).values_list("uuid", "pk")}


def _numbered(case: Proposal, entry: Entry, body: Mapping[str, Any], rows: Mapping[str, Manuscript]) -> Iterator[str]:
    paper = ITSELF.get(body["step"]) or body["facts"]["paper"]
    label, named = BY_SLUG[paper].label, body["facts"].get("manuscript")
    if named is None:
        if paper in body["frozen"]["papers"] and _rule_stood(case, entry, paper):
            yield f"第{entry.seq}条编了《{label}》的文号，但没有签发"
        return
    signed = rows.get(named)
    if signed is None or signed.stage != M.Stage.NUMBERED:
        yield f"第{entry.seq}条所编《{label}》的签发文稿已不存在或被改动"
        return
    frozen = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=paper, digest=body["frozen"]["papers"].get(paper))
    for one in frozen[:1]:
        try:
            printed = spans.digest(from_canonical(BY_SLUG[paper].facts, one.facts))
        except FactsUnreadable:
            continue  # told by the audit of papers
        if printed != signed.digest:
            yield f"《{label}》印制的内容与签发的文稿不符"


def _rule_stood(case: Proposal, entry: Entry, paper: str) -> bool:
    on = entry.happened_on
    rows = Setting.objects.in_force(territory=case.territory, on=on).filter(topic=Setting.Topic.SIGNING, key=paper)
    return rows.filter(Q(change=None) | Q(change__settled_at__lte=entry.at)).exists()
