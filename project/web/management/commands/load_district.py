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
from proposals.law.changes import RulebookStep
from proposals.models import MeetingRule, Posting, ProblemItem, Register, ReportedFigure, Rulebook, Territory
from proposals.opening import territory
from proposals.procedure.act import Actor
from proposals.register.lifecycle import RegisterStep
from proposals.rulebook import calendar_notices, profiles
from workflows.attempt import Ref, Refused
from workflows.perform import perform

DATA = Path(proposals.__file__).parent / "data" / "haibowan"
DISTRICT = "/wuhai/haibowan/"
CLERK, DIRECTOR = "bianban1", "zhuren"


class Command(BaseCommand):
    """Load the district once; what is already there stays as it is."""

    help = "Loads the demonstration district with its city, people, rules, register and quota ledger."

    def handle(self, *args: Any, **options: Any) -> None:
        """Found, seat, let two people lay down the law, then open the register by its own step."""
        territories = territory.found_all(territories=read("territories")["territories"])
        seated = read("people")
        since = date.fromisoformat(seated["since"])
        people = territory.seat(people=seated["people"], since=since)
        district = territories[DISTRICT]
        territory.seat_committee(territory=district, people=people, since=since, **seated["committee"])
        calendar_notices.lay_calendar(calendar=read("calendar_2026"))
        clerk, director = Actor.of(people[CLERK]), Actor.of(people[DIRECTOR])
        lay_down_law(district, drawn_by=clerk, confirmed_by=director)
        self.open_register(district, clerk)
        self.open_side_registers(district, clerk)

    def open_register(self, district: Territory, actor: Actor) -> None:
        """Enter bodies and quotas through the register's step, unless the ledger is open already."""
        if Posting.objects.filter(territory=district, kind=Posting.Kind.OPENING).exists():
            return
        enter(district, actor, RegisterStep.IMPORT_OPENING, read("register"))
        bodies = district.bodies.count()
        self.stdout.write(f"{district.name}：机构{bodies}个，期初台账已登记")

    def open_side_registers(self, district: Territory, actor: Actor) -> None:
        """Enter problems, duty lists, pledges and reported figures, unless they are there already."""
        if ReportedFigure.objects.filter(territory=district).exists():
            return
        enter(district, actor, RegisterStep.IMPORT_SIDE_REGISTERS, read("side_registers"))
        problems = ProblemItem.objects.filter(territory=district).count()
        self.stdout.write(f"{district.name}：问题台账{problems}条，并列台账已登记")


def lay_down_law(district: Territory, *, drawn_by: Actor, confirmed_by: Actor) -> None:
    """Let two people adopt the district's profile and its rule of meeting, where none stands yet."""
    rulebook, reason = Rulebook.objects.get(territory=district), "演示地区启用办事规则"
    changes: list[tuple[str, dict[str, Any]]] = []
    if not profiles.law_stands(district):
        name = district.profile
        since, digest = profiles.read(name)["since"], profiles.digest(profiles.rows(name))
        changes.append((RulebookStep.ADOPT_PROFILE, {"profile": name, "digest": digest, "since": since}))
    if not MeetingRule.objects.filter(territory=district).exists():
        rule = read("meeting_rule")
        changes.append(
            (RulebookStep.CHANGE_MEETING_RULE, {name: rule[name] for name in ("since", "citation", "value")})
        )
    for step, facts in changes:
        change = str(uuid4())
        take(rulebook, drawn_by, step, {**facts, "change": change, "reason": reason})
        take(rulebook, confirmed_by, RulebookStep.CONFIRM_CHANGE, {"change": change})


def enter(district: Territory, actor: Actor, step: str, data: dict[str, Any]) -> None:
    """Take a step of the district's register with the facts of a data file."""
    facts = {name: value for name, value in data.items() if name != "note"}
    take(Register.objects.get(territory=district), actor, step, facts)


def take(subject: Register | Rulebook, actor: Actor, step: str, facts: dict[str, Any]) -> None:
    """Take a step, or end with everything that stands against it."""
    ref = Ref(subject.subject_kind, subject.uuid)
    try:
        perform(
            subject=ref,
            step=step,
            actor=actor,
            at=timezone.now(),
            key=uuid4(),
            seen=None,
            facts=facts,
        )
    except Refused as refusal:
        raise CommandError("\n".join(str(reason) for reason in refusal.reasons)) from refusal


def read(name: str) -> dict[str, Any]:
    """Read one of the district's data files."""
    content: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return content
