"""The walk over everything that must hold: every chain from its first entry, rows against what chains say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from proposals.law import lawbook
from proposals.models import Entry, SubjectKind
from proposals.procedure import chronicle
from proposals.vocabulary import MeetingState, State
from workflows.audit.bodies import bodies
from workflows.audit.calendar import calendar
from workflows.audit.committee.agenda import agenda, corrections
from workflows.audit.committee.ballots import ballots
from workflows.audit.consents import words
from workflows.audit.days import answers, before_meeting, minutes
from workflows.audit.desks.lending import delegations, misplaced, outlived
from workflows.audit.desks.reading import readings
from workflows.audit.desks.tasks import tasks
from workflows.audit.ledger import balances, postings
from workflows.audit.papers.manuscripts import manuscripts
from workflows.audit.papers.numbers import incoming, outgoing
from workflows.audit.papers.printed import packages, papers, stored
from workflows.audit.papers.titles import titles
from workflows.audit.particulars import said
from workflows.audit.permits import committed, held, parts, plans
from workflows.audit.reading import batches
from workflows.audit.reading.batches import Entries, Quoted, Told
from workflows.audit.reading.security import security
from workflows.audit.routing import routes
from workflows.audit.rulebook import last_days, rulebook
from workflows.audit.sealed import sealed
from workflows.audit.side_registers import side_rows
from workflows.audit.words import names, terms, texts, told_tasks
from workflows.preconditions.desks.next_desk import lying_with_nobody
from workflows.subjects import MODELS

FIRST: Mapping[str, str] = {SubjectKind.CASE: State.DRAFT, SubjectKind.MEETING: MeetingState.PLANNED}


def findings(*, told: Told = batches.nobody) -> Iterator[str]:
    """Yield a Chinese sentence for everything that does not hold; nothing means that all is as it was recorded.

    Reads chains batch by batch, so that nobody waits for the audit; `told` hears of chains and entries read so far.
    What the process remembers of the law is forgotten first: an audit looks at the rows themselves.
    """
    lawbook.forget()
    yield from orphans()
    chains = read = 0
    for kind, model in MODELS.items():
        for batch in batches.subjects(model):
            entries = batches.entries(batch)
            yield from _of_batch(kind, batch, entries)
            chains, read = chains + len(batch), read + sum(map(len, entries.values()))
            told(chains, read)
    yield from last_days()
    yield from outlived()
    yield from misplaced()
    yield from lying_with_nobody()
    yield from tasks()
    yield from calendar()
    yield from bodies()
    yield from incoming()
    yield from outgoing()
    yield from balances()
    yield from committed()
    yield from held()
    yield from plans()
    yield from parts()
    yield from side_rows()
    yield from security()
    yield from said()
    yield from names()
    yield from stored()


def _of_batch(kind: str, batch: Sequence[Any], entries: Entries) -> Iterator[str]:
    """Yield what does not hold of a batch of subjects, and holds no better when the subject is read once more.

    While a batch is checked others go on working: what differs from rows that are newer than its entries is no fault.
    """
    quoted = batches.standing_quotes(entries)
    for one in batch:
        if any(subject(kind, one, entries.get(one.uuid, ()), quoted)):
            fresh = type(one)._default_manager.select_related("territory").get(pk=one.pk)
            again = batches.entries([fresh])
            yield from subject(kind, fresh, again.get(one.uuid, ()), batches.standing_quotes(again))


def subject(kind: str, one: Any, entries: Sequence[Entry], quoted: Quoted) -> Iterator[str]:
    """Check one subject: its chain, and whatever its chain says of ballots, law, ledger, papers and packages."""
    place = f"{SubjectKind(kind).label}「{one}」"
    try:
        replayed = chronicle.replay(entries, initial=FIRST.get(SubjectKind(kind), ""))
    except chronicle.ChainBroken as broken:
        yield f"{place}：{broken}。"
        return
    yield from (f"{place}：{fault}。" for fault in standing(one, replayed))
    for entry, body in zip(entries, replayed.bodies, strict=True):
        yield from (f"{place}第{entry.seq}条：{fault}。" for fault in columns(entry, body, quoted))
    yield from (f"{place}：{fault}。" for fault in rows(kind, one, entries, replayed.bodies))


def rows(kind: str, one: Any, entries: Sequence[Entry], bodies: Sequence[Any]) -> Iterator[str]:
    """Check the rows beside a chain that holds against what its entries say."""
    yield from sealed(one, bodies)
    if kind == SubjectKind.MEETING:
        yield from ballots(one, bodies)
        yield from agenda(one, bodies)
        yield from corrections(one, bodies)
        yield from minutes(one, bodies)
        yield from before_meeting(one)
    if kind == SubjectKind.RULEBOOK:
        yield from rulebook(one, entries, bodies)
    if kind in (SubjectKind.CASE, SubjectKind.REGISTER):
        yield from postings(one, entries, bodies)
    yield from papers(one, bodies)
    if kind == SubjectKind.CASE:
        yield from packages(one, entries, bodies)
        yield from titles(one, bodies)
        yield from delegations(one, entries, bodies)
        yield from readings(one, bodies)
        yield from routes(one, bodies)
        yield from (*told_tasks(one, bodies), *texts(one), *terms(one))
        yield from manuscripts(one, entries, bodies)
        yield from words(one, bodies)
        yield from answers(one, bodies)


def standing(one: Any, replayed: chronicle.Replayed) -> Iterator[str]:
    """Say where a subject stands otherwise than its chain: its last entry, its state."""
    if (replayed.seq, replayed.hash) != (one.head_seq, one.head_hash or chronicle.GENESIS):
        yield f"登记的末条为第{one.head_seq}条，办理记录实为{replayed.seq}条，有记录缺失或多出"
    if replayed.state != one.state:
        yield f"按办理记录应处于{replayed.state}，现存为{one.state}"


def columns(entry: Entry, body: Any, quoted: Quoted) -> Iterator[str]:
    """Say where the columns of an entry differ from its sealed body, and whether the entry it quotes is there."""
    yield from differing(entry, body)
    quotes = body["frozen"].get("quotes")
    if quotes and (str(quotes["subject"]), quotes["seq"], quotes["hash"]) not in quoted:
        yield "所引用的记录不存在或已改变"


def differing(entry: Entry, body: Any) -> Iterator[str]:
    """Say where the columns of an entry differ from its sealed body."""
    stored = {
        "主体": (str(entry.subject_id), body["subject"]),
        "起始环节": (entry.from_state, body["from"]),
        "办理日期": (entry.happened_on.isoformat(), body["happened_on"]),
        "登记时间": (entry.at.replace(microsecond=0), datetime.fromisoformat(body["at"])),
        "经办人": (str(entry.actor.uuid), body["actor"]["id"]),
    }
    yield from (f"{name}与已封存内容不符" for name, (now, then) in stored.items() if now != then)


def orphans() -> Iterator[str]:
    """Find entries whose subject is gone."""
    for kind, model in MODELS.items():
        lost = Entry.objects.filter(subject_kind=kind).exclude(subject_id__in=model._default_manager.values("uuid"))
        for subject_id in lost.order_by().values_list("subject_id", flat=True).distinct():
            yield f"{SubjectKind(kind).label}{subject_id}：办理记录还在，事项本身已不存在。"
