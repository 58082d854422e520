"""What to expect of an item before it is voted on: how many are left if all stand aside whose own unit it concerns."""

from __future__ import annotations

from proposals.committee import concerned, counting
from proposals.committee.concerned import Names
from proposals.committee.reading.matters import Matter
from proposals.committee.voting import quorum
from proposals.models import AgendaItem


def is_foreseen(item: AgendaItem) -> bool:
    """Return whether an item is still to be voted on."""
    return item.decides and item.status in (AgendaItem.Status.OPEN, AgendaItem.Status.WAITING)


def forecast(matter: Matter, units: Names) -> str:
    """Return how many could vote if all stood aside whose own unit the item concerns, or nothing.

    `units` are those that the cases of the agenda affect.
    """
    item, read = matter.item, matter.read
    if not is_foreseen(item):
        return ""
    roll = [(str(one.member), one.unit) for one in read.roll]
    involved = item.involved or concerned.among(item.proposal, roll=roll, names=units)
    aside = {*matter.aside, *involved}
    if not aside:
        return ""
    room = counting.attendance_of(len(roll), item.present or read.there or read.members, aside)
    found = quorum(attendance=room, rule=read.rule, major=item.major)
    names = "、".join(shown for member, shown in read.names.items() if member in involved)
    lead = f"议题涉及{names}所在单位；" if names else ""
    verdict = "" if found.met else "，不足法定人数，本议题须顺延"
    return f"{lead}如均回避，可表决的只有{room.eligible}人{verdict}。"
