"""What a meeting's chain says of its ballots and counts, held against the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proposals.committee.lifecycle import MeetingStep
from proposals.models import Ballot, BallotRound, Form, Meeting

COUNTING = (MeetingStep.RECORD_COUNTS, MeetingStep.RECORD_NO_OBJECTION, MeetingStep.RECORD_NAMED)


def ballots(meeting: Meeting, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which ballots and counts are missing, added or changed against the chain."""
    cast, counts = replayed(bodies)
    rows = Ballot.objects.filter(round__item__meeting=meeting)
    kept = Counter(
        (str(item), n, str(member), value)
        for item, n, member, value in rows.values_list("round__item__uuid", "round__n", "member__member", "value")
    )
    for (_, n, member, value), more in (cast - kept).items():
        yield f"第{n}次表决缺少委员{_name(meeting, member)}的{value}票{more}张"
    for (_, n, member, value), more in (kept - cast).items():
        yield f"第{n}次表决多出委员{_name(meeting, member)}的{value}票{more}张，办理记录中没有"
    for one in BallotRound.objects.filter(item__meeting=meeting).select_related("item"):
        if one.is_secret:
            yield from _box(one, bodies)
        yield from _after_the_chair(meeting, one)
        yield from _thrown_away(one)
        recorded = counts.get((str(one.item.uuid), one.n), {})
        if one.tally != recorded:
            yield f"议题{one.item.position}第{one.n}次表决的计票与办理记录不符"


def _after_the_chair(meeting: Meeting, one: BallotRound) -> Iterator[str]:
    """Say whose vote was changed or added after who presides had spoken last (末位表态)."""
    chair = meeting.presiding
    if one.counts.exists() or chair is None or not meeting.rule or not meeting.frozen_rule.chair_last:
        return
    pressed = list(one.ballots.order_by("pk").values_list("member__member", "member__name"))
    names = [member for member, _ in pressed]
    if chair.member not in names:
        return
    before = set(names[: names.index(chair.member) + 1])
    for member, name in pressed[names.index(chair.member) + 1 :]:
        if meeting.form == Form.SITTING or member in before:
            yield f"议题{one.item.position}第{one.n}次表决在主持人末位表态之后又记入{name}的票"
        before.add(member)


def _thrown_away(one: BallotRound) -> Iterator[str]:
    """Say where a closed round that members pressed counts fewer votes than were cast."""
    if one.closed_at is None or not one.tally or one.counts.exists():
        return
    cast = one.ballots.values("member").distinct().count()
    told = sum(one.tally[name] for name in ("in_favour", "against", "abstained"))
    if cast != told:
        yield f"议题{one.item.position}第{one.n}次表决有{cast}人表决，计票只有{told}票"


def _box(one: BallotRound, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say where a secret round's list, its voters and its count do not agree, or where a closed box is not empty."""
    place = f"议题{one.item.position}第{one.n}次表决（无记名）"
    voters = one.ballots.values("member").distinct().count()
    if one.closed_at is None or not one.tally:
        if one.slips.count() != (voters if one.closed_at is None else 0):
            yield f"{place}的票箱与已表决人数不符"
        return
    if one.counts.exists():
        return  # paper slips, counted by the secretary
    told = _listed(one, bodies)
    values = Counter(value for _, value in one.published)
    counted = {"FOR": "in_favour", "AGAINST": "against", "ABSTAIN": "abstained"}
    if one.slips.exists() or one.published != told or len(one.published) != voters:
        yield f"{place}的票清单与办理记录或已表决人数不符"
    if any(values[value] != one.tally.get(name) for value, name in counted.items()):
        yield f"{place}的票清单与计票不符"


def _listed(one: BallotRound, bodies: Sequence[Mapping[str, Any]]) -> list[list[str]] | None:
    """Return the list that closing the round wrote into the chain."""
    closed = (body["facts"] for body in bodies if body["step"] == MeetingStep.CLOSE_BALLOT)
    mine = (facts for facts in closed if (facts["item"], facts["round"]) == (str(one.item.uuid), one.n))
    return next((facts.get("slips") for facts in mine), None)


def replayed(
    bodies: Sequence[Mapping[str, Any]],
) -> tuple[Counter[tuple[str, int, str, str]], dict[tuple[str, int], Mapping[str, Any]]]:
    """Return every ballot and every count that the chain tells."""
    cast: Counter[tuple[str, int, str, str]] = Counter()
    counts: dict[tuple[str, int], Mapping[str, Any]] = {}
    for body in bodies:
        for one in _counted(body["step"], body["facts"]):
            counts[one["item"], one.get("round", 1)] = one["tally"]
            if body["step"] in (*COUNTING, MeetingStep.RECORD_PAPER_MEETING):
                cast.update((one["item"], one["round"], *pair) for pair in (one.get("ballots") or {}).items())
        if body["step"] == MeetingStep.CAST_BALLOT:
            facts = body["facts"]
            # A secret ballot has no value here, nor in its row.
            cast[facts["item"], facts["round"], facts["member"], facts.get("value", "")] += 1
    return cast, counts


def _counted(step: str, facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    match step:
        case (
            MeetingStep.CLOSE_BALLOT
            | MeetingStep.RECORD_COUNTS
            | MeetingStep.RECORD_NO_OBJECTION
            | MeetingStep.RECORD_NAMED
        ):
            return [facts]
        case MeetingStep.FINISH_CIRCULATION:
            return list(facts["tallies"])
        case MeetingStep.RECORD_PAPER_MEETING:
            return [one for one in facts["results"] if one.get("tally")]
    return []


def _name(meeting: Meeting, member: str) -> str:
    seat = meeting.roll.filter(member=member).first()
    return seat.shown if seat else member
