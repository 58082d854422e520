"""The only place that builds meetings with short and long agendas."""

from __future__ import annotations

import json

from proposals.models import AgendaItem
from tests.committee.chamber import CHAIR, MEMBERS, Chamber
from tests.statements import counted

SIZES = (3, 17)


def opened(items: int, *, cases: int = 0) -> Chamber:
    """Open a meeting with that many items, the first of them cases if asked for."""
    room = Chamber()
    scheduled = [room.scheduled(f"关于第{n}件事项的动议") for n in range(cases)]
    room.plan()
    for case in scheduled:
        room.put(case)
    for n in range(cases, items):
        room.put(title=f"《第{n}号办法》")
    room.call()
    room.take("ask_leave", MEMBERS[7], reason="出差")
    room.open([one for one in MEMBERS if one != MEMBERS[7]])
    return room


CHILD = "import django; django.setup(); from tests.committee import agendas; agendas.main()"


def main() -> None:
    """Conclude one item and sign the minutes in a process of its own; print how many statements each took."""
    room = opened(SIZES[0])
    concluded(room, SIZES[0] - 1)
    item = item_of(room, SIZES[0])
    room.open_item(item)
    room.take("record_no_objection", item=str(item.uuid), dissent={})
    with counted() as conclude:
        room.take("conclude_item", item=str(item.uuid))
    brought_to_signature(room)
    with counted() as sign:
        room.take("sign_minutes", CHAIR)
    print(json.dumps({"conclude_item": len(conclude), "sign_minutes": len(sign)}), flush=True)


def item_of(room: Chamber, position: int) -> AgendaItem:
    return room.now.items.get(position=position)


def concluded(room: Chamber, items: int) -> None:
    """Let the meeting hear opinions, let members stand aside, and decide the first items."""
    second = item_of(room, 2)
    room.take("write_opinion", MEMBERS[7], item=str(second.uuid), text="同意。")
    room.take("declare_recusal", MEMBERS[4], item=str(second.uuid), reason="曾任职于起草单位")
    room.take("invite_attendee", item=str(second.uuid), name="周远", unit="区司法局")
    for position in range(1, items + 1):
        room.decide(item_of(room, position), dissent={MEMBERS[3]: "ABSTAIN"})


def brought_to_signature(room: Chamber) -> None:
    """Close the meeting, and bring its minutes to where they are signed."""
    for step in ("close_meeting", "draft_minutes", "circulate_minutes"):
        room.take(step)
