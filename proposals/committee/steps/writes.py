"""What several steps of a meeting write down alike: the frozen roll, a counted round, a concluded item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from proposals.committee import terms
from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.models import Role
from proposals.committee.roll import RollEntry
from proposals.organisation.people import Person
from proposals.procedure.act import Act
from proposals.vocabulary import Outcome


def freeze_roll(meeting: Meeting, act: Act) -> None:
    """Write the number, the rule and the roll as the facts hold them."""
    meeting.seq = act.facts["seq"]
    meeting.term = terms.standing(territory=meeting.territory, on=act.happened_on) or meeting.term
    meeting.rule = act.facts["rule"]
    keys = dict(Person.objects.filter(uuid__in=[one["member"] for one in act.facts["roll"]]).values_list("uuid", "pk"))
    meeting.roll.bulk_create(
        RollEntry(meeting=meeting, person_id=keys[UUID(one["member"])], **one) for one in act.facts["roll"]
    )
    meeting.presiding = meeting.roll.filter(role=Role.CHAIR).first()
    if act.facts.get("window_until"):
        meeting.window_until = date.fromisoformat(act.facts["window_until"])


def note_withdrawn(meeting: Meeting, act: Act) -> None:
    """Note which items the meeting did not take up because their cases had left its agenda."""
    gone = meeting.items.filter(uuid__in=act.facts.get("withdrawn", ()))
    gone.update(status=AgendaItem.Status.WITHDRAWN, note="事项已撤回，会议未审议")


def stand_aside(meeting: Meeting, item: AgendaItem, members: Iterable[str], act: Act) -> None:
    """Note who stands aside because the item concerns his own unit, where the rule says so."""
    for member in members:
        item.recusals.get_or_create(member=meeting.seat(member), defaults={"reason": "议题涉及本单位", "at": act.at})


def conclude(meeting: Meeting, item: str, tally: Mapping[str, Any], note: str = "") -> None:
    """Write down what was resolved on an item, with the count behind it."""
    over = tally["outcome"] == Outcome.PUT_OVER
    meeting.items.filter(uuid=item).update(
        status=AgendaItem.Status.PUT_OVER if over else AgendaItem.Status.CONCLUDED,
        verdict=tally["verdict"],
        outcome=tally["outcome"],
        tally=tally,
        note=note,
    )


def close_round(meeting: Meeting, item: AgendaItem, tally: Mapping[str, Any], act: Act) -> None:
    """End the open ballot of an item with its tally."""
    item.rounds.filter(closed_at=None).update(
        closed_at=act.at, tally=tally, verdict=tally["verdict"], outcome=tally["outcome"]
    )
    meeting.items.filter(pk=item.pk).update(status=AgendaItem.Status.COUNTED)


def hold_round(meeting: Meeting, item: AgendaItem, facts: Mapping[str, Any], act: Act) -> None:
    """Write a round that was counted in the room, its counts, its dissent and its named ballots."""
    tally = facts["tally"]
    ballot_round = item.rounds.create(
        n=facts["round"], motion=facts["motion"], method=facts["method"], plan_digest=facts["plan_digest"],
        reason=facts.get("reason", ""), opened_at=act.at, closed_at=act.at, tally=tally,
        verdict=tally["verdict"], outcome=tally["outcome"],
    )  # fmt: skip
    for member, value in facts.get("ballots", {}).items():
        ballot_round.ballots.create(member=meeting.seat(member), value=value, at=act.at)
    ballot_round.counts.create(
        in_favour=tally["in_favour"], against=tally["against"], abstained=tally["abstained"],
        dissent=facts.get("dissent") or {}, recorded_by_id=act.actor.id, at=act.at,
    )  # fmt: skip
    meeting.items.filter(pk=item.pk).update(
        round=facts["round"], motion=facts["motion"], plan_digest=facts["plan_digest"]
    )
