"""What a circulation writes down: the members answer within a window; any of them may ask for a meeting."""

from __future__ import annotations

from datetime import date

from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.steps.asks import NUMBER, REASON
from proposals.committee.steps.writes import close_round, conclude, freeze_roll, stand_aside
from proposals.committee.voting_rule import Method
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, day, facts
from proposals.procedure.traits import Trait, having
from proposals.vocabulary import Outcome


@facts
class StartCirculation:
    """What 「发起传签」 asks."""

    seq: int = asked(NUMBER)
    window_until: date | None = day("传签截止日期")


def start_circulation(meeting: Meeting, act: Act, told: StartCirculation) -> None:
    """Send the items round; every item is open for ballots until the window closes."""
    meeting.called_on = act.happened_on
    meeting.opened_at = act.at
    freeze_roll(meeting, act)
    members = [str(member.member) for member in meeting.roll.all()]
    for one in act.facts["rounds"]:
        item = meeting.item(one["item"])
        item.rounds.create(
            n=1, motion=one["motion"], method=Method.NAMED, plan_digest=one["plan_digest"], opened_at=act.at
        )
        meeting.items.filter(pk=item.pk).update(
            status=AgendaItem.Status.BALLOT, round=1, present=members, plan_digest=one["plan_digest"],
            involved=one.get("involved", []),
        )  # fmt: skip
        stand_aside(meeting, item, one.get("aside", ()), act)


@having(Trait.AT_ONCE)
def remind_members(meeting: Meeting, act: Act) -> None:
    """Remind those who have not answered: their worklists say so until they have."""
    meeting.reminded_at = act.at


@having(Trait.AT_ONCE)
def finish_circulation(meeting: Meeting, act: Act) -> None:
    """Close the circulation when every member has answered; each item is decided by its count."""
    meeting.closed_at = act.at
    meeting.held_on = act.happened_on
    for one in act.facts["tallies"]:
        close_round(meeting, meeting.item(one["item"]), one["tally"], act)
        conclude(meeting, one["item"], one["tally"])


@facts
class DemandMeeting:
    """What 「要求开会审议」 asks."""

    reason: str = asked(REASON)


def demand_meeting(meeting: Meeting, act: Act, told: DemandMeeting) -> None:
    """Ask that the matters be decided in a meeting; the circulation ends here."""
    _fall_back(meeting, act)


@facts
class LapseCirculation:
    """What 「转会议审议」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def lapse_circulation(meeting: Meeting, act: Act, told: LapseCirculation) -> None:
    """End a circulation that was not completed; its items go to the next meeting."""
    _fall_back(meeting, act)


def _fall_back(meeting: Meeting, act: Act) -> None:
    meeting.cancelled = act.facts["reason"]
    for item in meeting.items.all():
        item.rounds.filter(closed_at=None).update(closed_at=act.at)
    meeting.items.update(status=AgendaItem.Status.PUT_OVER, outcome=Outcome.PUT_OVER, note=act.facts["reason"])
