"""The only place where rule tests build a district with law, bodies and posts, and ask the law about a draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from proposals.case import drafts
from proposals.case.questions import asked
from proposals.ledger import opening
from proposals.models import Body, BodyVersion, Entry, Person, Proposal, Setting, Territory, Upload
from proposals.opening import territory
from proposals.procedure.act import Actor
from proposals.rulebook import profiles
from proposals.rules import law
from proposals.rules.base import Finding
from proposals.vocabulary import BodyCategory, LeaderLevel, QuotaType, Rank, TerritoryLevel
from tests.builders import adopt

DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=timezone.get_default_timezone())
OPENED = date(2019, 1, 1)
PSU, ADMIN, DEPUTY = QuotaType.PSU_FULL, QuotaType.ADMIN, LeaderLevel.SECTION_DEPUTY
STAFFING = {"level": "STAFFING", "title": "关于向基层倾斜编制资源的意见", "number": "内机编发〔2019〕1号", "clause": ""}
NOTICE = {"level": "MINISTRY", "title": "关于加强基层站所建设的通知", "number": "内某厅发〔2026〕3号", "clause": ""}
STATUTE = {"level": "STATUTE", "title": "某某法", "number": "", "clause": "第九条"}


class District:
    """A district with the law of a profile, a pool of posts and the bodies a test needs."""

    def __init__(self, profile: str = "HAIBOWAN", totals: Mapping[str, int] | None = None) -> None:
        city = territory.found(
            path="/c/", level=TerritoryLevel.CITY, name="某市", office_name="市编办", committee_name="编委",
            site_code="C", profile="CITY",
        )  # fmt: skip
        self.territory: Territory = territory.found(
            path=f"/c/{profile.lower()}/", parent=city, level=TerritoryLevel.DISTRICT, name="某区", office_name="区办",
            committee_name="区编委", site_code="D", profile=profile,
        )  # fmt: skip
        self.clerk, director = (
            Person.objects.filter(username=name).first()
            or Person.objects.create_user(username=name, name=name, post=duty)
            for name, duty in (("clerk", "OFFICE_CLERK"), ("director", "OFFICE_DIRECTOR"))
        )
        self.totals = dict(totals or {})
        self.rows: list[opening.OpeningRow] = []
        if profiles.law_stands(self.territory):
            return
        for person in (self.clerk, director):
            person.appointments.create(duty=person.post, path=self.territory.path, since=OPENED)
        adopt(self.territory, profile, Actor.of(self.clerk), Actor.of(director))

    def body(
        self, name: str, *, category: str = BodyCategory.PSU, rank: int = Rank.SECTION,
        parent: Body | None = None, posts: Mapping[str, tuple[int, int]] | None = None, **facts: Any,
    ) -> Body:  # fmt: skip
        """Add a body with (approved, actual) by unit; its posts stand once `open` was called."""
        code = f"B{Body.objects.count() + 1:03}"
        body = Body.objects.create(territory=self.territory, code=code, opened_on=OPENED)
        BodyVersion.objects.create(
            body=body, name=name, category=category, rank=rank, parent=parent, valid_from=OPENED, change="OPENING",
            paper="期初登记", recorded_at=NOON, **facts,
        )  # fmt: skip
        for unit, (approved, actual) in (posts or {}).items():
            self.rows.append(opening.OpeningRow(body, unit, approved, actual))
        return body

    def set(self, topic: str, key: str, value: Any) -> None:
        """Set a value of the rulebook from a day after the profile's own."""
        Setting.objects.create(
            territory=self.territory, topic=topic, key=key, value=value, since=date(2026, 1, 1), citation="测试"
        )

    def open(self) -> District:
        """Open the ledger with the totals and posts given so far."""
        entry = Entry(subject_id=uuid.uuid4(), hash="0" * 64, at=NOON, happened_on=OPENED)
        opening.open_balance(
            territory_id=self.territory.pk, totals=self.totals, rows=self.rows, entry=entry, paper="期初登记", on=OPENED
        )
        return self

    def case(
        self, kind: str, *lines: Mapping[str, Any], basis: tuple[Mapping[str, str], ...] = (STAFFING,), **fields: Any
    ) -> Proposal:
        """Draft a case of the kind with every answer and attachment that its kind asks."""
        case = drafts.open_case(
            territory=self.territory, drafter=self.clerk, title=fields.pop("title", "动议"), kind=kind, at=NOON,
            **{"origin": "DISTRICT", "proposer": "区编办", "leading_instruction": "批示", **fields},
        )  # fmt: skip
        case = drafts.save_lines(case=case.uuid, seen=case.concern, lines=[{"requested": 1, **line} for line in lines])
        answers = {question.code: ("已论证。", "") for question in asked(kind=kind)}
        case = drafts.save_answers(case=case.uuid, seen=case.concern, answers=answers)
        case = drafts.save_basis(case=case.uuid, seen=case.concern, documents=basis)
        for purpose in Upload.Purpose.values:
            self.attach(case, purpose)
        return Proposal.objects.select_related("territory").get(pk=case.pk)

    def attach(self, case: Proposal, purpose: str) -> Upload:
        """Attach a file for a purpose."""
        return Upload.objects.create(
            territory=self.territory, proposal=case, purpose=purpose, name=f"{purpose}.pdf", sha256="a" * 64,
            media_type="application/pdf", size=1, declared_clean=True, uploaded_by=self.clerk, uploaded_at=NOON,
        )  # fmt: skip


def found(case: Proposal, code: str, *, step: str = "", on: date = DAY) -> list[Finding]:
    """Return what one rule finds in a case; what was read before is read again."""
    for read_before in ("change_lines", "lawbooks"):
        case.__dict__.pop(read_before, None)
    return [finding for finding in law.findings(case=case, step=step, on=on) if finding.rule == code]


def said(case: Proposal, code: str, *, step: str = "") -> list[str]:
    """Return the sentences in which one rule says what it finds."""
    return [finding.message for finding in found(case, code, step=step)]


def only(case: Proposal, code: str, *, step: str = "") -> Finding:
    """Return the one finding that a rule makes."""
    findings = found(case, code, step=step)
    assert len(findings) == 1, [finding.message for finding in findings]
    return findings[0]
