"""The only place that seeds two cities with people of every duty, and cases of every relation with canaries in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

from docs_templates.models import FrozenPaper, Package
from proposals.case import drafts
from proposals.committee import planning
from proposals.models import Body, Meeting, PaperRecord, Person, Proposal, RuleChange, Territory, Upload
from proposals.opening import territory as founding
from proposals.organisation.duty_places import ADMINISTRATORS, CITY_DUTIES, UNIT_DUTIES
from proposals.vocabulary import Duty, State
from tests import builders
from tests.builders import Office
from workflows import access
from workflows.access import Held
from workflows.models import OpeningImport

HERE, NEAR, FAR = "/wuhai/haibowan/", "/wuhai/wuda/", "/baotou/kunqu/"
UNIT, OTHER_UNIT = "zuzhibu/", "tushuguan/"
DUTIES = tuple(duty for duty in Duty if duty != Duty.SYSTEM)
# What a case has gone through: nothing yet, sent to the office, put to the committee, filed with the city.
REACHED = {
    "draft": {"state": State.DRAFT},
    "sent": {"state": State.SUBMITTED, "head_seq": 1, "head_hash": "0" * 64},
    "proposed": {"state": State.SCHEDULED, "head_seq": 1, "head_hash": "0" * 64, "proposed_on": "2026-03-09"},
    "filed": {
        "state": State.FILED,
        "head_seq": 1,
        "head_hash": "0" * 64,
        "proposed_on": "2026-03-09",
        "filed_on": "2026-03-09",
    },
}


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks: a name, an account or none, and the duties that stand today."""

    name: str
    person: Person | None
    held: Held


@dataclass(frozen=True)
class Thing:
    """Something that an address names: its sort, where it is, and of a case whose it is and how far it came."""

    sort: str
    uuid: UUID
    territory: str
    path: str = ""
    reached: str = ""
    canary: str = ""


@dataclass
class World:
    """Everybody and everything of the two cities."""

    office: Office
    visitors: list[Visitor] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)


def seeded() -> World:
    """Build the two cities once; nothing in it was decided by a step but what the office itself needs."""
    office = builders.office_with_law()
    far_city = founding.found(
        path="/baotou/", level="CITY", name="包头市", office_name="包头市委编办", committee_name="包头市委编委",
        site_code="150200", profile="HAIBOWAN",
    )  # fmt: skip
    for path, parent, name in ((NEAR, office.city, "乌达区"), (FAR, far_city, "昆都仑区")):
        founding.found(
            path=path, parent=parent, level="DISTRICT", name=name, office_name=f"{name}委编办",
            committee_name=f"{name}委编委", site_code=path.strip("/")[-4:], profile="HAIBOWAN",
        )  # fmt: skip
    world = World(office)
    world.visitors = list(visitors(office))
    for place in (HERE, NEAR, FAR):
        world.things += things(office, place)
    return world


def visitors(office: Office) -> Iterator[Visitor]:
    """Seat somebody with each duty at each place, and those who have none, no more or not yet."""
    today = office.now.date()
    wanted: dict[str, list[list[str]]] = {}
    for place, duty in product((HERE, NEAR, FAR), DUTIES):
        city = place.split("/")[1]
        at = f"{place}{UNIT}" if duty in UNIT_DUTIES else f"/{city}/" if duty in CITY_DUTIES else place
        wanted.setdefault(f"{city if duty in CITY_DUTIES else place.strip('/').replace('/', '-')}-{duty}", [[duty, at]])
    wanted |= {f"other-{duty}": [[duty, f"{HERE}{OTHER_UNIT}"]] for duty in UNIT_DUTIES}
    rows = [{"username": who, "name": who, "post": who, "order": 1, "duties": duties} for who, duties in wanted.items()]
    people = founding.seat(people=rows, since=today - timedelta(days=60))
    for who, since, until in (("former", -60, -1), ("coming", 1, 60), ("nobody", 0, 0)):
        people[who] = Person.objects.create_user(username=who, name=who, post=who)
        if since:
            days = {"since": today + timedelta(days=since), "until": today + timedelta(days=until)}
            people[who].appointments.create(duty=Duty.OFFICE_CLERK, path=HERE, **days)
    people["root"] = Person.objects.create_superuser(username="root", name="超级", post="工具")
    office.people = {**office.people, **people}
    yield Visitor("anonymous", None, ())
    for who, person in people.items():
        yield Visitor(who, person, access.standing(person_id=person.pk, on=today))


def things(office: Office, place: str) -> Iterator[Thing]:
    """Make what addresses of one district can name."""
    territory = Territory.objects.get(path=place)
    clerk = office.people[f"{place.strip('/').replace('/', '-')}-{Duty.OFFICE_CLERK}"]
    common: dict[str, Any] = {"territory": territory}
    relations = product(REACHED, (place, f"{place}{UNIT}", f"{place}{OTHER_UNIT}"))
    for number, (reached, path) in enumerate(relations):
        canary = f"CANARY{territory.pk}x{number}x"
        case, made = (
            drafted(office, territory, clerk, path, canary),
            Thing("case", UUID(int=0), place, path, reached, canary),
        )
        Proposal.objects.filter(pk=case.pk).update(number=f"收{canary}", **REACHED[reached])
        yield Thing(**{**vars(made), "uuid": case.uuid})
        yield from (Thing(**{**vars(made), "sort": "upload", "uuid": one.uuid}) for one in case.uploads.all())
        paper = FrozenPaper.objects.create(
            subject_kind="case", subject_uuid=case.uuid, slug="lunzheng", facts="{}", digest="0" * 64,
            frozen_by="accept", frozen_at=office.now, rendered_sha256="0" * 64,
        )  # fmt: skip
        yield Thing(**{**vars(made), "sort": "paper", "uuid": paper.uuid})
        package = Package.objects.create(
            subject_uuid=case.uuid, kind="FILING", sha256="0" * 64, size=1, file_name=f"{canary}.zip",
            sealed_entry_hash=case.head_hash or "0" * 64, created_at=office.now,
        )  # fmt: skip
        yield Thing(**{**vars(made), "sort": "package", "uuid": package.uuid})
    at, canary = office.tick(), f"CANARY{territory.pk}y"
    if place == HERE:
        meeting = planning.plan_meeting(
            territory=territory, starts_at=at, place=canary, planned_by=office.people["bianban1"], at=at
        )
    else:
        pattern = Meeting.objects.filter(territory__path=HERE).latest("pk")
        pattern.pk, pattern._state.adding = None, True
        pattern.uuid, pattern.territory, pattern.place = UUID(int=territory.pk + 7), territory, canary
        pattern.save(force_insert=True)
        meeting = pattern
    scan = Upload.objects.create(
        **common, name=f"{canary}.pdf", purpose="MEETING_SCAN", sha256="0" * 64, media_type="application/pdf", size=1,
        declared_clean=True, uploaded_by=clerk, uploaded_at=at,
    )  # fmt: skip
    record = PaperRecord.objects.create(
        **common, title=canary, on_behalf_of=canary, happened_on=at.date(), recorded_by=clerk, recorded_at=at
    )
    change = RuleChange.objects.create(
        **common, table="change_cap", content={}, reason=canary, drawn_by=clerk, drawn_at=at
    )
    opening = OpeningImport.objects.create(
        **common, opened_by=clerk, opened_at=at, file_name=f"{canary}.xlsx", sha256="0" * 64, on=at.date(), paper=canary
    )
    body = Body.objects.create(**common, code=f"B{territory.pk}", opened_on="2019-01-01")
    made = {"meeting": meeting, "scan": scan, "record": record, "change": change, "opening": opening, "body": body}
    yield from (Thing(sort, row.uuid, place, place, "", canary) for sort, row in made.items())


def drafted(office: Office, territory: Territory, clerk: Person, path: str, canary: str) -> Proposal:
    """Draft a case with a canary in every field that somebody types, and a file named by it."""
    written = ("proposer", "leading_instruction", "summary", "background", "reason")
    case = drafts.open_case(
        territory=territory, drafter=clerk, title=f"{canary}标题", kind="SANDING_REVISE", at=office.tick(), path=path,
        origin="DISTRICT", trigger="LOCAL_MISFIT", **{name: f"{canary}{name}" for name in written},
    )  # fmt: skip
    row = {"level": "STAFFING", "title": f"{canary}依据", "number": f"{canary}号", "clause": ""}
    case = drafts.save_basis(case=case.uuid, seen=case.concern, documents=[row])
    Upload.objects.create(
        territory=territory, proposal=case, name=f"{canary}.pdf", purpose="PLAN", sha256="0" * 64, size=1,
        declared_clean=True, media_type="application/pdf", uploaded_by=clerk, uploaded_at=office.now,
    )  # fmt: skip
    return case


def may_see(held: Held, thing: Thing) -> bool:
    """Return what the words of the issue say: who may see a thing; written apart from the product's own reach."""
    if any(duty in ADMINISTRATORS for duty, _ in held):
        return False
    return any(_sees(duty, path, thing) for duty, path in held)


def _sees(duty: str, path: str, thing: Thing) -> bool:
    of_case = thing.sort in ("case", "upload", "paper", "package")
    if duty in CITY_DUTIES:
        return thing.territory.startswith(path) and (thing.reached == "filed" if of_case else thing.sort == "body")
    if duty in UNIT_DUTIES:
        return of_case and thing.path == path
    if thing.territory != path:
        return False
    if of_case:
        seat = duty in (Duty.COMMITTEE_VICE, Duty.COMMITTEE_MEMBER, Duty.ATTENDEE)
        return thing.reached in ("proposed", "filed") or not seat
    return True
