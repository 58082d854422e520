"""The only place where tests build an office and carry cases through it, always through perform."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
from django.utils import timezone

from docs_templates import archive
from proposals.case import drafts, kinds
from proposals.case.questions import asked
from proposals.models import Body, BodyVersion, Entry, Meeting, MeetingRule, Person, Proposal, Territory, Upload
from proposals.opening import territory as founding
from proposals.organisation.duty_conflicts import DutyConflict
from proposals.prepared import Prepared
from proposals.procedure.act import Actor
from proposals.rulebook import calendar_notices, profiles
from proposals.vocabulary import BodyCategory, Rank
from tests import replayed
from workflows.attempt import Ref
from workflows.desks import opening
from workflows.perform import perform

DATA = Path(founding.__file__).parents[1] / "data/haibowan"
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=timezone.get_default_timezone())
CASE: Prepared[Proposal] = Prepared(lambda pk: Proposal.objects.filter(pk=pk))


def now(case: Proposal) -> Proposal:
    """Return the case as it stands."""
    (fresh,) = CASE(pk=case.pk)
    return fresh


def told(more: Mapping[str, Any]) -> dict[str, Any]:
    """Part what a test says of a step into its facts and what else the one door wants to know."""
    beside = {name: more[name] for name in ("on_behalf_of", "happened_on", "evidence", "sealed") if name in more}
    return {**beside, "facts": {name: value for name, value in more.items() if name not in beside}}


@dataclass
class Office:
    """A district with its city, its people by user name, and a clock that only tests move."""

    city: Territory
    district: Territory
    people: Mapping[str, Person]
    now: datetime = NOON
    bodies: dict[str, Body] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        """Return a person as an actor."""
        return Actor.of(self.people[username])

    def tick(self, **by: float) -> datetime:
        """Move the clock a minute, or by what is said, and return it."""
        self.now += timedelta(**by) if by else timedelta(minutes=1)
        return self.now

    def take(self, case: Proposal, step: str, who: str, *, key: uuid.UUID | None = None, **facts: Any) -> Entry:
        """Take a step on a case as a person who has just looked at it."""
        fresh = now(case)
        return perform(
            subject=Ref("case", fresh.uuid),
            step=step,
            actor=self.actor(who),
            at=self.tick(),
            key=key or uuid.uuid4(),
            seen=fresh.concern,
            **told(facts),
        )

    def sit(self, meeting: Meeting, step: str, who: str, **facts: Any) -> Entry:
        """Take a step on a meeting."""
        return perform(
            subject=Ref("meeting", meeting.uuid),
            step=step,
            actor=self.actor(who),
            at=self.tick(),
            key=uuid.uuid4(),
            seen=None,
            **told(facts),
        )

    def enter(self, step: str, who: str, **facts: Any) -> Entry:
        """Take a step on the district's register."""
        return perform(
            subject=Ref("register", self.district.registers.get().uuid),
            step=step,
            actor=self.actor(who),
            at=self.tick(),
            key=uuid.uuid4(),
            seen=None,
            **told(facts),
        )

    def rule(self, step: str, who: str, **facts: Any) -> Entry:
        """Take a step on the district's rulebook."""
        return perform(
            subject=Ref("rulebook", self.district.rulebooks.get().uuid),
            step=step,
            actor=self.actor(who),
            at=self.now,
            key=uuid.uuid4(),
            seen=None,
            **told(facts),
        )

    def change(self, step: str, **facts: Any) -> str:
        """Let the clerk draw up a change of the rulebook and the director confirm it; return its identity."""
        change = str(uuid.uuid4())
        self.rule(step, "bianban1", change=change, reason="测试", **facts)
        self.rule("confirm_change", "zhuren", change=change)
        return change


def read(name: str) -> dict[str, Any]:
    """Return a data file of the demonstration district."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def found_office(**rule: Any) -> Office:
    """Found 海勃湾区 below 乌海市 with the demonstration people, committee and rule of meeting, without bodies or law."""
    replayed.once(("office", repr(sorted(rule.items()))), lambda: _found(**rule))
    return _office()


def office_with_law(profile: str = "HAIBOWAN", **rule: Any) -> Office:
    """Found the office and let two of its people adopt the law of a profile."""

    def build() -> None:
        office = _found(**rule)
        if not profiles.law_stands(office.district):
            adopt(office.district, profile, office.actor("bianban1"), office.actor("zhuren"), at=office.now)

    replayed.once(("office with law", profile, repr(sorted(rule.items()))), build)
    return _office()


def _office() -> Office:
    seated = [one["username"] for one in read("people.json")["people"]]
    people = Person.objects.in_bulk(seated, field_name="username")
    city, district = (Territory.objects.get(path=path) for path in ("/wuhai/", "/wuhai/haibowan/"))
    return Office(city=city, district=district, people={name: people[name] for name in seated})


def _found(**rule: Any) -> Office:
    territories = founding.found_all(territories=read("territories.json")["territories"])
    district = territories["/wuhai/haibowan/"]
    data = read("people.json")
    since = date.fromisoformat(data["since"])
    people = founding.seat(people=data["people"], since=since)
    founding.seat_committee(territory=district, people=people, since=since, **data["committee"])
    calendar_notices.lay_calendar(calendar=read("calendar_2026.json"))
    standing = MeetingRule.objects.filter(territory=district)
    # On a district that was loaded before, a test that asks for another rule of meeting bends the one that stands.
    for row in standing:
        row.value |= rule
        row.save()
    office = _office()
    if not standing:
        asked = read("meeting_rule.json")
        value = {**asked["value"], **rule}
        office.change("change_meeting_rule", since=asked["since"], citation=asked["citation"], value=value)
    return office


def adopt(territory: Territory, profile: str, drawn_by: Actor, confirmed_by: Actor, *, at: datetime = NOON) -> str:
    """Let two people adopt a ready profile as the founding law of a territory, from its own day on."""
    change, digest = str(uuid.uuid4()), profiles.digest(profiles.rows(profile))
    facts = {"profile": profile, "digest": digest, "since": profiles.read(profile)["since"], "reason": "测试"}
    for actor, step, more in ((drawn_by, "adopt_profile", facts), (confirmed_by, "confirm_change", {})):
        ref = Ref("rulebook", territory.rulebooks.get().uuid)
        perform(
            subject=ref,
            step=step,
            actor=actor,
            at=at,
            key=uuid.uuid4(),
            seen=None,
            **told({"change": change, **more}),
        )
    return change


def add_body(office: Office, name: str, *, category: str = BodyCategory.PSU, rank: int = Rank.SECTION) -> Body:
    """Add a body to the register as a founding row."""
    body = Body.objects.create(
        territory=office.district, code=f"T{len(office.bodies) + 1:03}", opened_on=date(2019, 1, 1)
    )
    BodyVersion.objects.create(
        body=body, name=name, category=category, rank=rank, valid_from=date(2019, 1, 1), change="OPENING",
        paper="期初登记", recorded_at=NOON,
    )  # fmt: skip
    office.bodies[name] = body
    return body


def attach(office: Office, case: Proposal, purpose: str, *, who: str = "bianban1") -> Upload:
    """Attach a real one-page PDF for a purpose."""
    page = pikepdf.new()
    page.add_blank_page()
    kept = io.BytesIO()
    page.save(kept, deterministic_id=True)
    stored = archive.store_bytes(data=kept.getvalue(), media_type="application/pdf", at=office.now)
    return drafts.add_upload(
        case=case.uuid, actor=office.actor(who), at=office.now, purpose=purpose, name=f"{purpose}.pdf",
        stored={"sha256": stored.sha256, "media_type": stored.media_type, "size": stored.size, "pages": 1},
    )  # fmt: skip


def draft(
    office: Office, kind: str, lines: Sequence[Mapping[str, Any]], *, who: str = "bianban1", title: str = "关于调剂事业编制的动议",
    **fields: Any,
) -> Proposal:  # fmt: skip
    """Draft a case by instruction of the district, with every answer and a basis."""
    case = opening.open_case(
        territory=office.district, drafter=office.people[who], title=title, kind=kind, at=office.tick(),
        **{
            "origin": "DISTRICT", "proposer": "区委编办", "leading_instruction": "区委主要领导批示（2026年3月1日）",
            "trigger": "LOCAL_MISFIT", "summary": title, "background": "现有力量与任务不相适应。", "reason": "加强基层力量。",
            **fields,
        },
    )  # fmt: skip
    case = drafts.save_lines(case=case.uuid, seen=case.concern, lines=lines)
    answers = {question.code: ("已逐项论证,符合规定。", "") for question in asked(kind=kind)}
    case = drafts.save_answers(case=case.uuid, seen=case.concern, answers=answers)
    for purpose in (*kinds.BY_CODE[kind].attachments, "POLICY_BASIS", "INSTRUCTION"):
        attach(office, case, purpose, who=who)
    basis = [
        {"level": "STAFFING", "title": "关于向基层倾斜编制资源的意见", "number": "内机编发〔2019〕1号", "clause": ""}
    ]
    return drafts.save_basis(case=case.uuid, seen=case.concern, documents=basis)


@contextmanager
def before_conflicts() -> Iterator[None]:
    """Let duties be joined that exclude each other, as they may stand from before the database refused it."""
    kept = list(DutyConflict.objects.all())
    DutyConflict.objects.all().delete()
    yield
    DutyConflict.objects.bulk_create(kept)
