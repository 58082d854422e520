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
    from proposals.committee.ballots import BallotRound
    from proposals.committee.reading.matters import Matter
    from proposals.committee.reading.whole import Reading


def attendance_of(due: int, present: Collection[str], aside: Collection[str]) -> Attendance:
    """Return the attendance of an item from the names."""
    return Attendance(due, len(present), len(aside), len(set(present) & set(aside)))


def attendance(matter: Matter) -> Attendance:
    """Return the attendance of an item as it stands now."""
    item, read = matter.item, matter.read
    present = item.present if item.status != AgendaItem.Status.WAITING else read.there
    return attendance_of(len(read.roll), present, matter.aside)


def eligible(matter: Matter) -> list[str]:
    """Return the members who may vote on the item: there, and not recused."""
    aside = set(matter.aside)
    return [member for member in matter.item.present if member not in aside]


def quorum_of(matter: Matter) -> Quorum:
    """Say whether the item has its quorum."""
    return quorum(attendance=attendance(matter), rule=matter.read.rule, major=matter.item.major)


def quorum_in_room(read: Reading) -> Quorum:
    """Say whether those who have signed in can open the meeting."""
    room = Attendance(max(len(read.roll), 1), len(read.there))
    return quorum(attendance=room, rule=read.rule, major=False)


def took_part(matter: Matter) -> list[str]:
    """Return who is there for the item, and who has left it since but voted: a vote that was cast stays cast."""
    there = {*matter.item.present, *matter.voted}
    return [member for member in matter.read.members if member in there]


def of_ballots(matter: Matter, current: BallotRound) -> tuple[Tally, dict[str, str]]:
    """Count the item's open round: the verdict, and each member's newest ballot, none in a secret round.

    Whoever voted counts as there, also when he has left since.
    """
    item, read = matter.item, matter.read
    cast = {} if current.is_secret else {member: one.value for member, one in matter.newest(current).items()}
    votes = [value for _, value in matter.slips(current)] if current.is_secret else list(cast.values())
    room = attendance_of(len(read.roll), took_part(matter), set(matter.aside) - set(matter.voted))
    found = tally(
        votes=votes, attendance=room, rule=read.rule, motion=current.motion, major=item.major, method=current.method
    )
    return found, cast


def in_room(matter: Matter, facts: Mapping[str, Any], *, motion: str, method: str) -> Tally:
    """Count what the secretary took down in the room."""
    known = {**facts, "method": method}
    return counted(known, attendance(matter), matter.read.rule, motion=motion, major=matter.item.major)


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


def unheard(matter: Matter) -> list[str]:
    """Return the eligible members who have neither voted nor been marked 未表决 in the open round."""
    current = matter.last
    if current is None:
        return []
    heard = {*matter.voted, *current.silent}
    return [member for member in eligible(matter) if member not in heard]


def chair_has_spoken(matter: Matter) -> bool:
    """Whether who presides has voted in the open round, where the rule lets him speak last."""
    current, chair = matter.last, matter.read.presiding
    if current is None or not current.is_open or chair is None or not matter.read.rule.chair_last:
        return False
    return str(chair.member) in matter.voted
