"""The only place for the processes in which fifteen members vote in the same second; see `main`."""

from __future__ import annotations

import json
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from proposals.models import Appointment, Membership, Person
from proposals.procedure.act import Actor
from tests import builders
from tests.committee.chamber import CHAIR, Chamber
from tests.faults.actors import at_the_gate
from tests.statements import counted
from workflows.attempt import Ref, Refused
from workflows.consequences import of_steps
from workflows.perform import perform

CHILD = "import django; django.setup(); from tests.committee import voters; voters.main()"
SEATS = 15


def prepare(method: str) -> dict[str, Any]:
    """Seat fifteen members in a meeting whose first ballot is open; return what each member's page shows."""
    room = Chamber(chair_last=False, methods=["NAMED", "SECRET"])
    for order in range(10, SEATS + 1):
        person = Person.objects.create_user(username=f"weiyuan{order}", name=f"委员{order}", post="委员")
        path = room.office.district.path
        Appointment.objects.create(person=person, duty="COMMITTEE_MEMBER", path=path, since=date(2026, 1, 1))
        Membership.objects.create(term=room.term, person=person, order=order, since=date(2026, 1, 1))
        room.office.people[person.username] = person
    members = [seat.person.username for seat in room.term.members.select_related("person")]
    room.plan()
    item = room.put(title="《空编调配管理办法》")
    room.call()
    room.open(members)
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid), method=method)
    return {
        "secret": method == "SECRET",
        "meeting": str(room.meeting.uuid), "item": str(item.uuid), "members": members, "chair": CHAIR,
        "seen": room.fresh(item).ballot_concern, "at": (room.office.now + timedelta(minutes=1)).isoformat(),
    }  # fmt: skip


def vote(order: dict[str, Any]) -> list[str]:
    """Let the named members vote at the same moment, each on a connection of his own; return what each was told."""
    start = at_the_gate(Path(order["gate"]))
    with ThreadPoolExecutor(len(order["members"])) as pool:
        return list(pool.map(lambda who: _vote(order, who, start), order["members"]))


def _vote(order: dict[str, Any], who: str, start: float) -> str:
    actor = Actor.of(Person.objects.get(username=who))
    while time.time() < start:
        time.sleep(0.001)
    slip = {"value": "FOR", "code": uuid.uuid4().hex[:14]}
    said: dict[str, Any] = {"sealed": slip} if order["secret"] else {"value": "FOR"}
    try:
        perform(
            subject=Ref("meeting", uuid.UUID(order["meeting"])),
            step="cast_ballot",
            actor=actor,
            key=uuid.uuid4(),
            at=datetime.fromisoformat(order["at"]),
            seen=order["seen"],
            **builders.told({"item": order["item"], **said}),
        )
    except Refused as refused:
        return str(refused)
    finally:
        connection.close()
    return "ok"


def take(order: dict[str, Any]) -> tuple[str, int]:
    """Take one step; return what was told and how many statements it took.

    Who `holds` says so with the meeting locked and everything written, and goes on when told.
    """
    gate, step = Path(order["gate"]), order["step"]
    if order["holds"]:
        follow = of_steps.follow

        def held(*args: Any) -> None:
            (gate / "held").touch()
            while not (gate / "go").exists():
                time.sleep(0.01)
            follow(*args)

        of_steps.follow = held
    told, actor = "ok", Actor.of(Person.objects.get(username=order["who"]))
    with counted() as statements:
        try:
            perform(
                subject=Ref("meeting", uuid.UUID(order["meeting"])),
                step=step,
                actor=actor,
                key=uuid.uuid4(),
                at=datetime.fromisoformat(order["at"]),
                seen=order["seen"] if step == "cast_ballot" else None,
                facts={"item": order["item"], **order["facts"]},
            )
        except Refused as refused:
            told = str(refused)
    return told, len(statements)


def main() -> None:
    """Do what the command line says and print the outcome as one line of JSON."""
    verb, argument = sys.argv[1:]
    if verb == "prepare":
        told: Any = prepare(argument)
    else:
        told = {"vote": vote, "take": take}[verb](json.loads(argument))
    print(json.dumps(told), flush=True)
