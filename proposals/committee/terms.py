"""The committee's terms and seats: one term at a time, one seat a person, a new term seats its members at once (换届)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from proposals.committee.models import CommitteeTerm, Membership, Role
from proposals.law.changes import RulebookStep
from proposals.law.models import RuleChange
from proposals.organisation.people import Person
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.text import alike

if TYPE_CHECKING:
    from proposals.organisation.people import Territory
    from proposals.procedure.subjects import Rulebook

UNREADABLE = Reason("CHANGE_UNREADABLE", "换届名单填写不全或有误，请逐人填写身份和职务排序。")


def standing(*, territory: Territory, on: date) -> CommitteeTerm | None:
    """Return the term that sits on a day, or None."""
    terms = territory.committee_terms.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
    return terms.order_by("since").last()


@dataclass(frozen=True, slots=True)
class Seated:
    """A member as a meeting's roll keeps him: the person's uuid, and what he was called on that day."""

    member: str
    name: str
    post: str
    unit: str
    role: str
    order: int

    def to_data(self) -> dict[str, Any]:
        """Return the line of the roll as an entry holds it."""
        return asdict(self)


def seated(*, territory: Territory, on: date) -> tuple[Seated, ...]:
    """Return the members of the term that sits on a day, in the order of posts; nobody where none sits."""
    term = standing(territory=territory, on=on)
    return tuple(
        Seated(str(one.person.uuid), one.person.name, one.person.post, one.unit, one.role, one.order)
        for one in (term.members_on(on) if term else ())
    )


def held(*, territory: Territory, since: date, until: date | None = None) -> QuerySet[Membership]:
    """Return the seats of a territory's committee that are held on any day of a span, open at its end by default."""
    seats = Membership.objects.filter(Q(until=None) | Q(until__gte=since), term__territory=territory)
    return (seats.filter(since__lte=until) if until else seats).select_related("person", "term")


def seat_free(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A person holds one seat at a time, in a term that has begun; a seat drawn up for a later day is one too."""
    yield from _seat_fits(rulebook.territory, act.facts)


def still_seatable(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A seat or a term that is confirmed fits beside what was confirmed since it was drawn up."""
    change = RuleChange.objects.filter(uuid=uuid_in(act.facts["change"])).first()
    if change is not None and change.table == RulebookStep.SEAT_MEMBER:
        yield from _seat_fits(rulebook.territory, change.content)
        if change.content["role"] == Role.CHAIR:
            since = date.fromisoformat(change.content["since"])
            for seat in held(territory=rulebook.territory, since=since).filter(role=Role.CHAIR):
                yield Reason("CHAIR_SEATED", f"当日编委主任为{seat.person.name}，请先办理其免职，再复核本变更。")
    elif change is not None and change.table == RulebookStep.OPEN_TERM:
        yield from _term_fits(rulebook.territory, change.content)


def _seat_fits(territory: Territory, content: Mapping[str, Any]) -> Iterator[Reason]:
    since = date.fromisoformat(content["since"])
    person = Person.objects.filter(uuid=uuid_in(content["person"]), is_active=True).first()
    if person is None or standing(territory=territory, on=since) is None:
        yield Reason("NO_SEAT", "请选择在用人员，并确认当日编委已经换届组成。")
        return
    for seat in held(territory=territory, since=since).filter(person=person):
        yield Reason("SEATED", f"{person.name}自{seat.since}起已是编委组成人员，一人只有一个席位，请先办理免职。")


def term_follows(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A new term names a chair and its members, each once, and begins after everything of the old one."""
    yield from _term_fits(rulebook.territory, act.facts)


def _term_fits(territory: Territory, content: Mapping[str, Any]) -> Iterator[Reason]:
    since, members = date.fromisoformat(content["since"]), content.get("members")
    if not (isinstance(members, list) and members and all(map(_readable, members))):
        yield UNREADABLE
        return
    people = Counter(str(one["person"]) for one in members)
    if max(people.values()) > 1:
        yield Reason("SEATED", "名单中有人列了两次，一人只有一个席位，请核对。")
    if Person.objects.filter(uuid__in=people, is_active=True).count() != len(people):
        yield Reason("NO_SEAT", "名单中有人不是在用人员，请从列表中选择。")
    if [one["role"] for one in members].count(Role.CHAIR) != 1:
        yield Reason("NO_CHAIR", "新一届编委应有一名主任，请核对身份。")
    named = territory.committee_terms.values_list("name", flat=True)
    if any(alike.same(name, str(content.get("name", ""))) for name in named):
        yield Reason("TERM_KNOWN", "已有同名的届次，请核对届次名称。")
    if later := territory.committee_terms.filter(since__gte=since).first():
        yield Reason("TERM_LATER", f"{later.name}自{later.since}起任期，新一届应在此后开始。")
    for seat in held(territory=territory, since=since).filter(since__gte=since):
        yield Reason("SEAT_LATER", f"{seat.person.name}自{seat.since}起的席位在换届之后，请先办理免职。")


def _readable(one: Any) -> bool:
    return (
        isinstance(one, Mapping)
        and one.get("role") in Role.values
        and type(one.get("order")) is int
        and 0 < one["order"] < 1000
        and uuid_in(one.get("person")).int != 0
        and isinstance(one.get("unit", ""), str)
        and len(one.get("unit", "")) <= 100
    )


def seat(change: RuleChange) -> None:
    """Give a person a seat in the term that sits on its first day."""
    since = date.fromisoformat(change.content["since"])
    term = standing(territory=change.territory, on=since)
    if term is None:
        raise CommitteeTerm.DoesNotExist(f"no term of {change.territory} sits on {since}")
    _place(term, change.content, since)


def end_seat(change: RuleChange) -> None:
    """End a seat on its last day."""
    rows = Membership.objects.filter(pk=int(change.content["seat"]))
    rows.update(until=date.fromisoformat(change.content["until"]))


def open_term(change: RuleChange) -> None:
    """Open a term with its members; the term before it and its seats end the day before.

    Meetings that were called before keep the roll and the rule frozen for them.
    """
    since = date.fromisoformat(change.content["since"])
    last = since - timedelta(days=1)
    held(territory=change.territory, since=since).update(until=last)
    change.territory.committee_terms.filter(Q(until=None) | Q(until__gte=since)).update(until=last)
    term = CommitteeTerm.objects.create(territory=change.territory, name=change.content["name"].strip(), since=since)
    for one in change.content["members"]:
        _place(term, one, since)


def _place(term: CommitteeTerm, content: Mapping[str, Any], since: date) -> None:
    Membership.objects.create(
        term=term, person=Person.objects.get(uuid=content["person"]), role=content["role"], order=content["order"],
        unit=content.get("unit", ""), since=since,
    )  # fmt: skip
