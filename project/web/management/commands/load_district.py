"""The command that loads the demonstration district 海勃湾区 → 乌海市: offices, people, law, register and ledger."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import proposals
from proposals import convening, founding, profiles
from proposals.act import Actor
from proposals.models import Posting, ProblemItem, Register, ReportedFigure, Territory
from workflows.attempt import Ref, Refused
from workflows.perform import perform

DATA = Path(proposals.__file__).parent / "data" / "haibowan"
DISTRICT = "/wuhai/haibowan/"
CLERK = "bianban1"


class Command(BaseCommand):
    """Load the district once; what is already there stays as it is."""

    help = "Loads the demonstration district with its city, people, rules, register and quota ledger."

    def handle(self, *args: Any, **options: Any) -> None:
        """Found, seat, lay down the law, then open the register by its own step."""
        territories = founding.found_all(territories=read("territories")["territories"])
        seated = read("people")
        since = date.fromisoformat(seated["since"])
        people = founding.seat(people=seated["people"], since=since)
        district = territories[DISTRICT]
        founding.seat_committee(territory=district, people=people, since=since, **seated["committee"])
        convening.lay_down(territory=district, rule=read("meeting_rule"), calendar=read("calendar_2026"))
        for territory in territories.values():
            if territory.profile in profiles.names():
                profiles.install(territory=territory, name=territory.profile)
        self.open_register(district, Actor.of(people[CLERK]))
        self.open_side_registers(district, Actor.of(people[CLERK]))

    def open_register(self, district: Territory, actor: Actor) -> None:
        """Enter bodies and quotas through the register's step, unless the ledger is open already."""
        if Posting.objects.filter(territory=district, kind=Posting.Kind.OPENING).exists():
            return
        enter(district, actor, "import_opening", read("register"))
        bodies = district.bodies.count()
        self.stdout.write(f"{district.name}:机构{bodies}个,期初台账已登记")

    def open_side_registers(self, district: Territory, actor: Actor) -> None:
        """Enter problems, duty lists, pledges and reported figures, unless they are there already."""
        if ReportedFigure.objects.filter(territory=district).exists():
            return
        enter(district, actor, "import_side_registers", read("side_registers"))
        problems = ProblemItem.objects.filter(territory=district).count()
        self.stdout.write(f"{district.name}:问题台账{problems}条,并列台账已登记")


def enter(district: Territory, actor: Actor, step: str, data: dict[str, Any]) -> None:
    """Take a step of the district's register with the facts of a data file."""
    facts = {name: value for name, value in data.items() if name != "note"}
    register = Register.objects.get(territory=district)
    try:
        perform(
            subject=Ref("register", register.uuid), step=step, actor=actor, at=timezone.now(), key=uuid4(),
            seen=None, **facts,
        )  # fmt: skip
    except Refused as refusal:
        raise CommandError("\n".join(str(reason) for reason in refusal.reasons)) from refusal


def read(name: str) -> dict[str, Any]:
    """Read one of the district's data files."""
    content: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return content
