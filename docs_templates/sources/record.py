"""What a chain says on paper: its happenings, the procedure a case went through, the marks that must be seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from docs_templates.facts.parts import Procedure, Remark, RemarkKind
from docs_templates.sources.wording import listed, sentence
from proposals.case.consents import consents
from proposals.case.lifecycle import CASE_STEPS, CaseStep
from proposals.committee.lifecycle import MEETING_STEPS
from proposals.models import Entry, Meeting, WrittenException
from proposals.prepared import Prepared
from proposals.procedure.act import signed
from proposals.procedure.chronicle import lender_in
from proposals.vocabulary import Decider, Origin, Urgency

if TYPE_CHECKING:
    from proposals.case.snapshots import CaseReading
    from proposals.models import Proposal
    from proposals.procedure.act import Act

LABELS: Mapping[str, str] = {row.step: row.label for row in (*MEETING_STEPS, *CASE_STEPS)}
CITY_OPINIONS: Mapping[str, str] = {
    "AGREE": "市委编办同意提请审议",
    "CHANGE": "市委编办建议修改",
    "UNFIT": "市委编办认为不宜提出",
}


@dataclass(frozen=True)
class Happening:
    """One entry of a chain, read back."""

    seq: int
    step: str
    at: datetime
    on: date
    actor: str
    post: str
    acting_for: str
    on_behalf_of: str
    confirmed_by: str
    evidence: tuple[str, ...]
    facts: Mapping[str, Any]
    frozen: Mapping[str, Any]
    hash: str

    @property
    def signed(self) -> str:
        """The actor's name as a paper bears it."""
        return signed(self.actor, self.acting_for)

    @property
    def label(self) -> str:
        """The step in the office's words."""
        return LABELS.get(self.step, self.step)


def of_chain(chain: Iterable[Entry]) -> tuple[Happening, ...]:
    """Return what the entries of a chain say, in their order."""
    return tuple(_read(entry) for entry in chain)


CHAIN: Prepared[Entry] = Prepared(lambda subject: Entry.objects.filter(subject_id=subject).order_by("seq"))


def _read(entry: Entry) -> Happening:
    body = json.loads(entry.body)
    return Happening(
        seq=entry.seq, step=entry.step, at=entry.at, on=entry.happened_on, actor=body["actor"]["name"],
        post=body["actor"]["post"], acting_for=lender_in(body), on_behalf_of=body["on_behalf_of"],
        confirmed_by=body["confirmed_by"], evidence=tuple(body["evidence"]), facts=body["facts"],
        frozen=body["frozen"], hash=entry.hash,
    )  # fmt: skip


def last(past: Iterable[Happening], *steps: str) -> Happening | None:
    """Return the newest happening of one of the steps."""
    return next((one for one in reversed(tuple(past)) if one.step in steps), None)


def sends(past: Iterable[Happening]) -> int:
    """Return the how manieth time the case lies before the office."""
    return max(1, sum(one.step in (CaseStep.SEND_TO_OFFICE, CaseStep.SEND_SMALL, CaseStep.RESEND) for one in past))


def filings(past: Iterable[Happening]) -> int:
    """Return the how manieth time the case goes up to the city."""
    return 1 + sum(one.step == CaseStep.FILE_UPWARD for one in past)


_MEETING: Prepared[Meeting] = Prepared(lambda uuid: Meeting.objects.select_related("territory").filter(uuid=uuid))


def meeting_of(past: Iterable[Happening]) -> Meeting | None:
    """Return the meeting whose decision the case carries, if a meeting decided it."""
    decided = last(
        past,
        CaseStep.RESOLVE_APPROVED,
        CaseStep.RESOLVE_AMENDED,
        CaseStep.RESOLVE_REJECTED,
        CaseStep.RESOLVE_DEFERRED,
        CaseStep.RESOLVE_RETURNED,
    )
    quoted = decided.frozen.get("quotes", {}) if decided else {}
    return _MEETING.first(uuid=UUID(quoted["subject"])) if quoted.get("kind") == "meeting" else None


def procedures(case: Proposal, past: tuple[Happening, ...]) -> tuple[Procedure, ...]:
    """Tell the steps of the procedure that the city wants to see, in their order, each by its newest happening."""
    meeting = meeting_of(past)
    newest = {one.step: one for one in past}
    told = ((one, _told(one, case, meeting)) for one in sorted(newest.values(), key=lambda one: one.seq))
    return tuple(
        Procedure(on=one.on.isoformat(), what=words[0], result=words[1], recorded_later=bool(one.on_behalf_of))
        for one, words in told
        if words
    )


def _told(one: Happening, case: Proposal, meeting: Meeting | None) -> tuple[str, str] | None:
    """Return what was done and with which result; None for what the city need not read."""
    sitting = meeting.title if meeting else Decider.COMMITTEE.label
    facts = one.facts
    told: dict[str, Callable[[], tuple[str, str]]] = {
        CaseStep.OPEN_COLLECTIVE: lambda: (f"{case.proposer}领导班子", "集体研究"),
        CaseStep.SEND_TO_OFFICE: lambda: sent(case),
        CaseStep.SEND_SMALL: lambda: sent(case),
        CaseStep.ACCEPT: lambda: ("区委编办", "受理"),
        CaseStep.FINISH_ARGUMENT: lambda: ("区委编办", "完成论证"),
        CaseStep.PASS_COMPLIANCE: lambda: ("合法合规审查", "通过"),
        CaseStep.RECORD_CITY_OPINION: lambda: ("经事前沟通，", CITY_OPINIONS[facts["result"]]),
        CaseStep.PROPOSE_ITEM: lambda: (f"区委编办室务会{_office_meeting(one)}研究", "同意提请区委编委审议"),
        CaseStep.DECIDE_BY_OFFICE: lambda: ("区委编办", "核准同意"),
        CaseStep.RESOLVE_APPROVED: lambda: (f"{sitting}审议", "同意"),
        CaseStep.RESOLVE_AMENDED: lambda: (f"{sitting}审议", "原则同意，按会议意见修改"),
        CaseStep.RECORD_PARTY_COMMITTEE: lambda: (
            f"{party_sitting(facts['meeting'])}审定{'，' if facts.get('values') else ''}",
            "修改后同意" if facts.get("values") else "同意",
        ),
        CaseStep.CITY_RETURN: lambda: ("市委编办", f"退回（{sentence(facts.get('reason', ''))[:80]}）"),
    }  # fmt: skip
    if one.step not in told:
        return None
    what, result = told[one.step]()
    return what, f"{result}{_of_other_lines(one, case)}"


def party_sitting(meeting: str) -> str:
    """Return how a paper names a sitting of the Party committee: once, however its clerk wrote it down."""
    return meeting if "常委会" in meeting else f"区委常委会（{meeting}）"


def _of_other_lines(one: Happening, case: Proposal) -> str:
    """Say so where a word was given for lines that changed since; older releases kept nothing of the lines."""
    seen = (
        one.frozen.get("given_for", {}) if one.step in (CaseStep.PASS_COMPLIANCE, CaseStep.RECORD_CITY_OPINION) else {}
    )
    if not seen or seen["digest"] == consents.digest(case):
        return ""
    return f"（针对第{seen['round']}次报送的原方案）"


def course(procedures: Iterable[Procedure]) -> str:
    """Say the procedure in one sentence: each day once, what one body did on it together."""
    said: list[str] = []
    day, who = "", ""
    for one in procedures:
        what = one.result if one.what == who and one.on == day else f"{one.what}{one.result}"
        if one.on == day:
            said[-1] += f"{'、' if one.what == who else '，'}{what}"
        else:
            said.append(f"{in_words(date.fromisoformat(one.on))}，{what}")
        day, who = one.on, one.what
    return f"{'；'.join(said)}。" if said else ""


def sent(case: Proposal) -> tuple[str, str]:
    """Say who laid the matter before the office; what the office starts itself it sends to nobody."""
    return (case.proposer, "报送区委编办") if case.origin == Origin.UNIT else (case.proposer, "提出动议")


def _office_meeting(one: Happening) -> str:
    named = str(one.facts.get("office_minutes", "")).removeprefix("区委编办").removeprefix("室务会")
    return f"（{named}）" if named else ""


def remarks(
    case: Proposal, past: Iterable[Happening], act: Act, reading: CaseReading | None = None
) -> tuple[Remark, ...]:
    """Return the marks that every later paper carries: 补录, 特批说明, 紧急."""
    found = [*backfilled(past, act)]
    found += [Remark(kind=RemarkKind.EXCEPTION, text=_override(one)) for one in consents.exceptions(case, reading)]
    if case.urgency != Urgency.NORMAL and case.urgency_reason:
        found.append(
            Remark(kind=RemarkKind.URGENT, text=f"{case.get_urgency_display()}办理，理由：{case.urgency_reason}")
        )
    return tuple(dict.fromkeys(found))


def backfilled(past: Iterable[Happening], act: Act | None = None) -> Iterator[Remark]:
    """Say what happened on paper and was entered afterwards: by whom, checked by whom, on what evidence.

    Steps entered together, on the same evidence, are told in one remark.
    """
    later: dict[tuple[Any, ...], list[str]] = {}
    for one in past:
        if one.on_behalf_of:
            on = (one.actor, one.on_behalf_of, one.confirmed_by, one.on, timezone.localdate(one.at), one.evidence)
            later.setdefault(on, []).append(one.label)
    if act and act.on_behalf_of:
        now = timezone.localdate(act.at)
        on = (act.actor.name, act.on_behalf_of, act.confirmed_by, act.happened_on, now, act.evidence)
        later.setdefault(on, []).append(LABELS.get(act.step, act.step))
    for entered, labels in later.items():
        yield _entered(listed(labels), *entered)


def _entered(
    labels: str, actor: str, principal: str, confirmer: str, on: date, at: date, evidence: tuple[str, ...]
) -> Remark:
    checked = f"，{confirmer}复核" if confirmer else ""
    proof = f"，佐证材料校验值{'、'.join(one[:12] for one in evidence)}" if evidence else ""
    text = f"“{labels}”于{in_words(on)}在纸面办理，由{actor}代{principal}于{in_words(at)}录入{checked}{proof}。"
    return Remark(kind=RemarkKind.ENTERED_LATER, text=text)


def _override(one: WrittenException) -> str:
    return f"{sentence(one.message or one.rule)}；{one.by}特批，理由：{one.reason}"


def in_words(value: date) -> str:
    """Write a day as it stands in a sentence of a paper."""
    return f"{value.year}年{value.month}月{value.day}日"
