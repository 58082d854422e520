"""What rulebooks' chains say of the committee: its terms and seats, and that nobody holds two at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from proposals.law.changes import RulebookStep
from proposals.models import CommitteeTerm, Membership, RuleChange
from proposals.text import alike

Status = RuleChange.Status


def terms(confirmed: Sequence[RuleChange]) -> Iterator[tuple[RuleChange, str]]:
    """Yield every change that opened a term which is not there any more as it was made."""
    for change in confirmed:
        if change.table != RulebookStep.OPEN_TERM:
            continue
        content = change.content
        found = CommitteeTerm.objects.filter(territory=change.territory, name=content["name"].strip())
        if not found.filter(since=content["since"]).exists():
            yield change, "形成的届次已不存在或被改动"
        seats = Membership.objects.filter(term__in=found, since=content["since"])
        for one in content["members"]:
            wanted = {"person__uuid": one["person"], "role": one["role"], "order": one["order"]}
            if not seats.filter(unit=one.get("unit", ""), **wanted).exists():
                yield change, "形成的任职已不存在或被改动"
                break


def committee() -> Iterator[str]:
    """Say which seats and terms end on a day that no confirmed change set, and who holds two seats at once."""
    confirmed = list(RuleChange.objects.filter(status=Status.CONFIRMED).order_by("settled_at", "pk"))
    left = {one.content["seat"]: one.content["until"] for one in confirmed if one.table == RulebookStep.END_SEAT}
    renewed = {
        (one.territory_id, _eve(one.content["since"])) for one in confirmed if one.table == RulebookStep.OPEN_TERM
    }
    for seat in Membership.objects.select_related("person", "term").order_by("pk"):
        until = seat.until.isoformat() if seat.until else None
        if until != left.get(str(seat.pk)) and (seat.term.territory_id, seat.until) not in renewed:
            yield f"编委席位「{seat}」的截止日期没有相应的变更。"
    for term in CommitteeTerm.objects.exclude(until=None).select_related("territory").order_by("pk"):
        if (term.territory_id, term.until) not in renewed:
            yield f"{term}的截止日期没有相应的变更。"
    yield from _twice()
    named: dict[tuple[int, str], list[CommitteeTerm]] = defaultdict(list)
    for term in CommitteeTerm.objects.select_related("territory").order_by("pk"):
        named[term.territory_id, alike.key(term.name)].append(term)
    for same in named.values():
        if len(same) > 1:
            yield f"{same[0].territory}有{len(same)}个届次名称读来相同：{'、'.join(one.name for one in same)}。"


def _eve(day: str) -> date:
    return date.fromisoformat(day) - timedelta(days=1)


def _twice() -> Iterator[str]:
    seats = Membership.objects.select_related("person", "term__territory")
    for one, other in pairwise(seats.order_by("term__territory", "person", "since", "pk")):
        same = (one.person_id, one.term.territory_id) == (other.person_id, other.term.territory_id)
        if same and (one.until is None or one.until >= other.since):
            place = one.term.territory.committee_name
            yield f"{one.person.name}在{place}同时有两个席位（{one.since}起、{other.since}起），一人只有一个席位。"
    terms = CommitteeTerm.objects.select_related("territory").order_by("territory", "since", "pk")
    for before, after in pairwise(terms):
        if before.territory_id == after.territory_id and (before.until is None or before.until >= after.since):
            yield f"{before}与{after}的任期重叠。"
