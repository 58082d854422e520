"""What the steps of a ballot write down: opened, cast, closed, counted; counts taken in the room."""

from __future__ import annotations

from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.reading.whole import reading
from proposals.committee.steps.asks import ITEM, MEMBER, METHOD, MOTION
from proposals.committee.steps.writes import close_round, hold_round
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, choice, facts, line
from proposals.procedure.traits import Trait, having
from proposals.vocabulary import BallotValue


@facts
class OpenBallot:
    """What 「开始表决」 asks."""

    item: str = asked(ITEM)
    motion: str = asked(MOTION)
    method: str = asked(METHOD)


@having(Trait.AT_ONCE)
def open_ballot(meeting: Meeting, act: Act, told: OpenBallot) -> None:
    """Open the vote on an item."""
    _open_round(meeting, act)


@facts
class SecondBallot:
    """What 「再次表决」 asks."""

    item: str = asked(ITEM)
    motion: str = asked(MOTION)
    method: str = asked(METHOD)
    reason: str = line("再次表决的理由")


def second_ballot(meeting: Meeting, act: Act, told: SecondBallot) -> None:
    """Vote again on the same item, with the reason; the first ballot stays on record."""
    _open_round(meeting, act)


@facts
class CastBallot:
    """What 「表决」 asks."""

    item: str = asked(ITEM)
    value: str = choice("表决意见", tuple(BallotValue.choices), required=False)


@having(Trait.QUIET)
def cast_ballot(meeting: Meeting, act: Act, told: CastBallot) -> None:
    """Vote; a change of mind before closing is appended. In a secret round only that the member voted is kept."""
    read = reading(meeting, act)
    ballot_round = next(one for one in read.on_agenda(told.item).rounds if one.n == act.facts["round"])
    value = "" if ballot_round.is_secret else told.value
    ballot_round.ballots.create(member=read.on_roll(act.facts["member"]), value=value, at=act.at)
    if ballot_round.is_secret:
        ballot_round.slips.create(code=act.sealed["code"], value=act.sealed["value"])


@facts
class MarkSilent:
    """What 「记为未表决」 asks."""

    item: str = asked(ITEM)
    member: str = asked(MEMBER)


@having(Trait.AT_ONCE)
def mark_silent(meeting: Meeting, act: Act, told: MarkSilent) -> None:
    """Note that a member who is there does not vote (未表决)."""
    (ballot_round,) = (one for one in reading(meeting, act).on_agenda(told.item).rounds if one.is_open)
    if told.member not in ballot_round.silent:
        ballot_round.silent = [*ballot_round.silent, told.member]
        ballot_round.save(update_fields=["silent"])


@facts
class CloseBallot:
    """What 「结束表决」 asks."""

    item: str = asked(ITEM)


@having(Trait.AT_ONCE)
def close_ballot(meeting: Meeting, act: Act, told: CloseBallot) -> None:
    """Close the vote; the verdict is computed and nobody can write it."""
    matter = reading(meeting, act).on_agenda(told.item)
    for current in matter.rounds:
        if current.is_open and current.is_secret:
            current.published = act.facts.get("slips", [])
            current.save(update_fields=["published"])
            current.slips.all().delete()
    close_round(meeting, matter.item, act.facts["tally"], act)


def _open_round(meeting: Meeting, act: Act) -> None:
    facts = act.facts
    item = reading(meeting, act).on_agenda(facts["item"]).item
    item.rounds.create(
        n=facts["round"],
        motion=facts["motion"],
        method=facts["method"],
        plan_digest=facts["plan_digest"],
        reason=facts.get("reason", ""),
        opened_at=act.at,
    )
    meeting.items.filter(pk=item.pk).update(
        status=AgendaItem.Status.BALLOT, round=facts["round"], motion=facts["motion"], plan_digest=facts["plan_digest"]
    )


@facts
class RecordCounts:
    """What 「登记计票」 asks."""

    item: str = asked(ITEM)
    motion: str = asked(MOTION)
    method: str = asked(METHOD)


def record_counts(meeting: Meeting, act: Act, told: RecordCounts) -> None:
    """Enter the numbers counted in the room."""
    _count(meeting, act)


@facts
class RecordNoObjection:
    """What 「一致同意（无异议）」 asks."""

    item: str = asked(ITEM)
    motion: str = asked(MOTION)


def record_no_objection(meeting: Meeting, act: Act, told: RecordNoObjection) -> None:
    """Enter that nobody objected but those named."""
    _count(meeting, act)


@facts
class RecordNamed:
    """What 「登记记名表决」 asks."""

    item: str = asked(ITEM)
    motion: str = asked(MOTION)


def record_named(meeting: Meeting, act: Act, told: RecordNamed) -> None:
    """Enter what each member said by name."""
    _count(meeting, act)


def _count(meeting: Meeting, act: Act) -> None:
    item = reading(meeting, act).on_agenda(act.facts["item"]).item
    hold_round(meeting, item, act.facts, act)
    meeting.items.filter(pk=item.pk).update(status=AgendaItem.Status.COUNTED)
