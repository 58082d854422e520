"""Who counts on an item: those in the room, those who stand aside, those who may still vote; hands this to tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from proposals.committee.meetings import AgendaItem
from proposals.committee.voting import Attendance, Quorum, Tally, Votes, quorum, tally
from proposals.committee.voting_rule import Method, VotingRule
from proposals.vocabulary import BallotValue

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting


def in_the_room(meeting: Meeting) -> list[str]:
    """Return the members now in the room, in the order of their posts."""
    there = meeting.roll.filter(stays__left_at=None, stays__arrived_at__isnull=False).distinct()
    return [str(member) for member in there.values_list("member", flat=True)]


def recused(item: AgendaItem) -> list[str]:
    """Return the members who stand aside on the item."""
    return [str(member) for member in item.recusals.values_list("member__member", flat=True)]


def attendance_of(due: int, present: Collection[str], aside: Collection[str]) -> Attendance:
    """Return the attendance of an item from the names."""
    return Attendance(due, len(present), len(aside), len(set(present) & set(aside)))


def attendance(item: AgendaItem) -> Attendance:
    """Return the attendance of an item as it stands now."""
    present = item.present if item.status != AgendaItem.Status.WAITING else in_the_room(item.meeting)
    return attendance_of(item.meeting.roll.count(), present, recused(item))


def eligible(item: AgendaItem) -> list[str]:
    """Return the members who may vote on the item: there, and not recused."""
    aside = set(recused(item))
    return [member for member in item.present if member not in aside]


def quorum_of(item: AgendaItem) -> Quorum:
    """Say whether the item has its quorum."""
    return quorum(attendance=attendance(item), rule=item.meeting.frozen_rule, major=item.major)


def quorum_in_room(meeting: Meeting) -> Quorum:
    """Say whether those who have signed in can open the meeting."""
    room = Attendance(max(meeting.roll.count(), 1), len(in_the_room(meeting)))
    return quorum(attendance=room, rule=meeting.frozen_rule, major=False)


def took_part(item: AgendaItem) -> list[str]:
    """Return who is there for the item, and who has left it since but voted: a vote that was cast stays cast."""
    there = {*item.present, *voters(item)}
    return [str(one) for one in item.meeting.roll.values_list("member", flat=True) if str(one) in there]


def voters(item: AgendaItem) -> set[str]:
    """Return the members who have voted in the item's last round, by whatever method they pressed it."""
    current = item.last_round
    return set(current.newest()) if current else set()


def of_ballots(item: AgendaItem) -> tuple[Tally, dict[str, str]]:
    """Count the item's open round: the verdict, and each member's newest ballot, none in a secret round.

    Whoever voted counts as there, also when he has left since.
    """
    current = item.last_round
    cast = {} if current.is_secret else {member: one.value for member, one in current.newest().items()}
    votes = [value for _, value in slips(item)] if current.is_secret else list(cast.values())
    room = attendance_of(item.meeting.roll.count(), took_part(item), set(recused(item)) - voters(item))
    found = tally(
        votes=votes, attendance=room, rule=item.meeting.frozen_rule, motion=current.motion, major=item.major,
        method=current.method,
    )  # fmt: skip
    return found, cast


def slips(item: AgendaItem) -> list[list[str]]:
    """Return what lies in the box of the open round: receipt code and value, by code."""
    return [[one.code, one.value] for one in item.last_round.slips.order_by("code")]


def in_room(item: AgendaItem, facts: Mapping[str, Any], *, motion: str, method: str) -> Tally:
    """Count what the secretary took down in the room."""
    known = {**facts, "method": method}
    return counted(known, attendance(item), item.meeting.frozen_rule, motion=motion, major=item.major)


def counted(facts: Mapping[str, Any], room: Attendance, rule: VotingRule, *, motion: str, major: bool) -> Tally:
    """Count names, numbers, or nobody objecting: whichever the facts hold."""
    method = facts.get("method") or Method.NO_OBJECTION
    return tally(votes=votes_in(facts, room), attendance=room, rule=rule, motion=motion, major=major, method=method)


def votes_in(facts: Mapping[str, Any], room: Attendance) -> Votes:
    """Read the votes from the facts; dissent is by name, counts by number."""
    if facts.get("ballots"):
        return Votes.of(facts["ballots"].values())
    if "in_favour" in facts:
        return Votes(facts["in_favour"], facts.get("against") or 0, facts.get("abstained") or 0)
    dissent = Counter((facts.get("dissent") or {}).values())
    return Votes.without_objection(
        eligible=room.eligible, against=dissent[BallotValue.AGAINST], abstained=dissent[BallotValue.ABSTAIN]
    )


def unheard(item: AgendaItem) -> list[str]:
    """Return the eligible members who have neither voted nor been marked 未表决 in the open round."""
    current = item.last_round
    if current is None:
        return []
    heard = {*current.newest(), *current.silent}
    return [member for member in eligible(item) if member not in heard]


def chair_has_spoken(item: AgendaItem) -> bool:
    """Whether who presides has voted in the open round, where the rule lets him speak last."""
    current, chair = item.last_round, item.meeting.presiding
    if current is None or not current.is_open or chair is None or not item.meeting.frozen_rule.chair_last:
        return False
    return str(chair.member) in current.newest()
