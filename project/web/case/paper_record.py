"""What a record on paper amounts to, in full, as the second person must see it before confirming."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from project.web.case import casefile
from proposals.committee import terms
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.steps import system_facts
from proposals.committee.voting_rule import Method
from proposals.models import AgendaItem, ChangeLine, Meeting, PaperRecord, Person, Proposal, SubjectKind, Upload
from proposals.procedure.act import Act, Actor, uuid_in
from proposals.procedure.asks import PERSON, UPLOAD
from proposals.text import namesakes
from proposals.vocabulary import BallotValue, Motion
from workflows import subjects

Facts = Mapping[str, Any]
Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """One item of a meeting as its paper record has it, with what is counted from it."""

    item: AgendaItem
    outcome: str
    said: tuple[Said, ...]
    values: tuple[tuple[ChangeLine, int], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One act of a record: what it is about, every fact of it in words, and of a meeting roll and results."""

    label: str
    case: Proposal | None
    meeting: Meeting | None
    said: tuple[Said, ...]
    values: tuple[tuple[ChangeLine, int], ...]
    roll: tuple[tuple[str, str, str], ...] = ()
    results: tuple[Result, ...] = ()


def told(record: PaperRecord) -> tuple[list[Told], list[Proposal]]:
    """Return the acts of a record in words, and the cases they concern."""
    found = [_meeting(record, act) if act["kind"] == SubjectKind.MEETING else _case(act) for act in record.acts]
    return found, [one.case for one in found if one.case]


def scans(record: PaperRecord, cases: list[Proposal]) -> QuerySet[Upload]:
    """Return the files that stand behind the record: those of its cases, and of a meeting the district's own."""
    kept = Q(proposal__in=cases) | Q(proposal=None, territory=record.territory_id)
    return Upload.objects.filter(kept, sha256__in=record.evidence).order_by("pk")


def _case(act: Facts) -> Told:
    case = Proposal.objects.filter(uuid=uuid_in(act["subject"])).first()
    row, facts = subjects.row_of(kind=act["kind"], step=act["step"]), act["facts"]
    said = (*casefile.said(kind=act["kind"], step=act["step"], facts=facts), *_named(act))
    lines = list(case.lines.all()) if case else []
    values = tuple(pair for name in ("granted", "values") for pair in _values(facts.get(name), lines))
    return Told(label=row.label, case=case, meeting=None, said=said, values=values)


def _named(act: Facts) -> Iterator[Said]:
    """Yield the people and files that the facts name by their identities."""
    for ask in subjects.asks_of(kind=act["kind"], step=act["step"]):
        value = uuid_in(act["facts"].get(ask.name))
        if ask.kind == PERSON and (person := Person.objects.filter(uuid=value).first()):
            yield ask.label, str(person)
        if ask.kind == UPLOAD and (upload := Upload.objects.filter(uuid=value).first()):
            yield ask.label, upload.name


def _values(given: Any, lines: list[ChangeLine]) -> Iterator[tuple[ChangeLine, int]]:
    numbers = given or {}
    yield from ((line, numbers[str(line.uuid)]) for line in lines if str(line.uuid) in numbers)


def _meeting(record: PaperRecord, act: Facts) -> Told:
    """Tell a meeting's act; of a whole meeting entered roll, presence, leave, votes, amendments and outcomes."""
    row, facts = subjects.row_of(kind=act["kind"], step=act["step"]), act["facts"]
    meeting = Meeting.objects.select_related("territory", "term").filter(uuid=uuid_in(act["subject"])).first()
    said = tuple(casefile.said(kind=act["kind"], step=act["step"], facts=facts))
    if meeting is None or act["step"] != MeetingStep.RECORD_PAPER_MEETING:
        return Told(label=row.label, case=None, meeting=meeting, said=(*said, *_named(act)), values=())
    roll = terms.seated(territory=meeting.territory, on=record.happened_on)
    names = namesakes.told_apart((one.member, one.name, one.post) for one in roll)
    if facts.get("presiding"):
        said = (*said, ("主持人", _name(names, facts["presiding"])), ("委托主持说明", facts.get("delegation", "")))
    rows = tuple((one.name, one.post, _attendance(one.member, facts)) for one in roll)
    results = tuple(_results(meeting, record, facts, names))
    return Told(label=row.label, case=None, meeting=meeting, said=said, values=(), roll=rows, results=results)


def _name(names: Mapping[str, str], member: str) -> str:
    return names.get(member) or str(Person.objects.filter(uuid=uuid_in(member)).first() or member)


def _attendance(member: str, facts: Facts) -> str:
    if member in facts["present"]:
        return "到会"
    reason = facts.get("leave", {}).get(member)
    return f"请假：{reason}" if reason else "缺席"


def _results(meeting: Meeting, record: PaperRecord, facts: Facts, names: Mapping[str, str]) -> Iterator[Result]:
    for one in _counted(meeting, record, facts):
        item = meeting.item_named(one["item"])
        if item is not None:
            lines = list(item.proposal.lines.all()) if item.proposal else []
            sentence = one.get("tally", {}).get("sentence", "")
            yield Result(item, sentence, tuple(_voted(one, names)), tuple(_values(one.get("values"), lines)))


def _counted(meeting: Meeting, record: PaperRecord, facts: Facts) -> list[Facts]:
    """Return the results with what the rule makes of them; as they were entered where they cannot be counted now."""
    act = Act(
        step=MeetingStep.RECORD_PAPER_MEETING, actor=Actor.of(record.recorded_by), at=record.recorded_at,
        happened_on=record.happened_on, facts=facts,
    )  # fmt: skip
    if system_facts.rule_on(meeting, record.happened_on) is None or not facts.get("results"):
        return list(facts.get("results") or [])
    try:
        return list(system_facts.computed(meeting, act)["results"])
    except (ValueError, AgendaItem.DoesNotExist):
        return list(facts["results"])


def _voted(one: Facts, names: Mapping[str, str]) -> Iterator[Said]:
    """Yield how an item was voted on, by name where names were kept, who stood aside and what was changed."""
    if one.get("method"):
        yield "表决", f"{Motion(one.get('motion') or Motion.AS_PROPOSED).label}，{Method(one['method']).label}"
    if one.get("amendment"):
        yield "修改意见", one["amendment"]
    if "in_favour" in one:
        yield "票数", f"赞成{one['in_favour']}票、反对{one.get('against', 0)}票、弃权{one.get('abstained', 0)}票"
    said = {**(one.get("ballots") or {}), **(one.get("dissent") or {})}
    for value in BallotValue:
        if named := [_name(names, member) for member, vote in said.items() if vote == value]:
            yield f"{value.label}的委员", "、".join(named)
    if aside := one.get("recused"):
        yield "回避", "、".join(f"{_name(names, member)}（{reason}）" for member, reason in aside.items())
    if one.get("note"):
        yield "说明", one["note"]
