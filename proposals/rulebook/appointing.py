"""What is asked of an appointment: that the duty has its place, and that one person may hold what he would hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from proposals.committee.models import Membership
from proposals.law.changes import RulebookStep
from proposals.law.lawbook import Lawbook
from proposals.law.models import RuleChange
from proposals.organisation import body_words
from proposals.organisation.bodies import BodyVersion
from proposals.organisation.duty_conflicts import clash
from proposals.organisation.duty_places import ADMINISTRATORS, CITY_DUTIES, UNIT_DUTIES, placed
from proposals.organisation.people import Appointment, Person, Territory
from proposals.organisation.unit_bodies import unit_path
from proposals.procedure import locks
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.vocabulary import BodyCategory, Duty, TerritoryLevel

if TYPE_CHECKING:
    from proposals.procedure.subjects import Rulebook

SILENCED = "任命为管理员后，其编委席位将失效，请先办理编委人员免职"


def own(territory: Territory) -> QuerySet[Appointment]:
    """Return the appointments at a territory and at its units; those of a district in it are the district's own."""
    rows = Appointment.objects.filter(path__startswith=territory.path)
    for district in territory.districts.all():
        rows = rows.exclude(path__startswith=district.path)
    return rows


def places(*, territory: Territory, on: date) -> dict[str, str]:
    """Return the units of a territory by path, with name and code: its bodies, and places people hold duties at."""
    known: dict[str, str] = {}
    posts = own(territory).filter(duty__in=UNIT_DUTIES, unplaced=False)
    for path, unit in posts.order_by("path", "pk").values_list("path", "unit"):
        known[path] = unit or known.get(path) or path.removeprefix(territory.path).strip("/")
    rows = BodyVersion.objects.standing(on=on).filter(body__territory=territory).exclude(category=BodyCategory.INNER)
    for row in rows.select_related("body__territory").order_by("body__code"):
        known[unit_path(row.body)] = body_words.in_full(name=row.name, code=row.body.code)
    return known


def person_known(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """Who is appointed is somebody in service."""
    if not Person.objects.filter(uuid=uuid_in(act.facts["person"]), is_active=True).exists():
        yield Reason("NO_SUCH_PERSON", "没有找到这位人员，或者账号已停用，请从列表中选择。")


def duty_placed(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A unit's duty stands at a unit of the territory, every other at the territory itself, at its own level."""
    territory, duty = rulebook.territory, act.facts["duty"]
    path = act.facts.get("path") or territory.path
    if duty not in Duty.values or duty == Duty.SYSTEM:
        yield Reason("NO_SUCH_DUTY", "没有这项职责，请从列表中选择。")
    elif not path.startswith(territory.path):
        yield Reason("OUT_OF_TERRITORY", "只能任免本级和所属单位的人员。")
    elif duty in UNIT_DUTIES:
        if path == territory.path or path not in places(territory=territory, on=act.happened_on):
            yield Reason("NO_UNIT", f"「{Duty(duty).label}」须有所在单位，请从本区机构中选择单位。")
    elif path != territory.path:
        yield Reason("NOT_A_UNIT_DUTY", f"「{Duty(duty).label}」不是单位的职责，请不要选择所在单位。")
    elif not placed(duty=duty, path=path):
        level = TerritoryLevel.CITY if duty in CITY_DUTIES else TerritoryLevel.DISTRICT
        yield Reason("OTHER_LEVEL", f"「{Duty(duty).label}」是{level.label}职责，请在{level.label}办事规则中任命。")


def goes_together(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """Nobody holds duties at one time that exclude each other, or loses one unseen by getting another."""
    facts = act.facts
    _hold(facts["person"])
    person = Person.objects.filter(uuid=uuid_in(facts["person"])).first()
    if person is None or facts["duty"] not in Duty.values:
        return
    since = date.fromisoformat(facts["since"])
    until = date.fromisoformat(facts["until"]) if facts.get("until") else None
    law = Lawbook.standing(territory=rulebook.territory, on=since)
    meanwhile = _meanwhile(since, until)
    held = [one.duty for one in person.appointments.filter(meanwhile)]
    combined = law.switch("administrators_combined")
    if why := clash(duties=held, duty=facts["duty"], combined=combined, since=since, until=until):
        names = "、".join(dict.fromkeys(Duty(duty).label for duty in held))
        yield Reason("INCOMPATIBLE", f"{person.name}现任{names}，{why}。请另选人员，或先办理免职。")
    elif facts["duty"] in ADMINISTRATORS and Membership.objects.filter(meanwhile, person=person).exists():
        yield Reason("INCOMPATIBLE", f"{person.name}是编委组成人员，{SILENCED}。")


def no_administrator(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """Who keeps the system, its secrets or its audit has no seat in the committee: it would count for nothing."""
    since = date.fromisoformat(act.facts["since"])
    _hold(act.facts["person"])
    posts = Appointment.objects.filter(
        _meanwhile(since, None), person__uuid=uuid_in(act.facts["person"]), duty__in=ADMINISTRATORS
    )
    if post := posts.select_related("person").first():
        yield Reason(
            "INCOMPATIBLE", f"{post.person.name}现任{post.get_duty_display()}，不得兼任编委组成人员，请先办理免职。"
        )


def no_administrators(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """Nobody in the list of a new term keeps the system either."""
    members = [one for one in act.facts.get("members") or [] if isinstance(one, Mapping)]
    _hold(*(one.get("person") for one in members))
    for one in members:
        yield from no_administrator(rulebook, replace(act, facts={**act.facts, "person": one.get("person")}))


def still_appointable(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """What was drawn up is asked again when it is confirmed: other appointments may have come in between."""
    change = RuleChange.objects.filter(uuid=uuid_in(act.facts["change"])).first()
    if change is None:
        return
    drawn = replace(act, facts={**change.content, "change": str(change.uuid)})
    if change.table == RulebookStep.APPOINT:
        for check in (person_known, duty_placed, goes_together):
            yield from check(rulebook, drawn)
    elif change.table == RulebookStep.SEAT_MEMBER:
        yield from no_administrator(rulebook, drawn)
    elif change.table == RulebookStep.OPEN_TERM:
        yield from no_administrators(rulebook, drawn)


def _hold(*persons: str | None) -> None:
    """Lock persons: the rulebook of another place may appoint one of them at the same moment."""
    locks.hold(Person.objects.filter(uuid__in=[uuid_in(person) for person in persons]))


def _meanwhile(since: date, until: date | None) -> Q:
    """Return the condition of what stands at any time between two days."""
    begins = Q(since__lte=until) if until else Q()
    return begins & (Q(until=None) | Q(until__gte=since))
