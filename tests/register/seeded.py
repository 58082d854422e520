"""The only place that fills the demonstration district's registers with facts that differ between two days."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date, timedelta

import django

# Texts that a spreadsheet would compute.
DANGEROUS = ("=1+1", "+借用", "-1", "@SUM(A1)", "＝事由")
LIBRARY, DATA_CENTRE = "区图书馆", "区大数据中心"
FULL, PARTIAL = "PSU_FULL", "PSU_PARTIAL"


@dataclass
class Seeded:
    """A district whose registers say something else on the second day than on the first."""

    office: object
    first: date
    settled: date = date.min
    second: date = date.min
    cases: dict = field(default_factory=dict)


def first_day(office) -> Seeded:
    """Let cases come to every moment of the ledger, and enter a row in every register beside it."""
    from tests import builders
    from tests.papers_bound import road

    seeded = Seeded(office, office.now.date())
    bodies = {name: road.body(office, name) for name in (LIBRARY, DATA_CENTRE)}
    cases = seeded.cases
    cases["argued"] = road.argued(office, road.drafted(office, "a"), "2026-71")
    for name, body in (("held", LIBRARY), ("permitted", DATA_CENTRE)):
        line = {"op": "USE", "unit": FULL, "body": bodies[body], "requested": 1, "remark": "窗口岗位"}
        case = builders.draft(office, "STAFF_USE", [line], title=f"{body}用编申请", summary="公开招聘工作人员1名")
        office.take(case, "send_small", "bianban1")
        office.take(case, "decide_by_office", "zhuren")
        cases[name] = case
    office.take(cases["permitted"], "issue_permit", "bianban1", expires_on="2031-09-30")
    line = {"op": "QUOTA_TRANSFER", "unit": FULL, "body": bodies[LIBRARY], "counterpart": bodies[DATA_CENTRE]}
    lines = [line | {"requested": 1}, {"op": "RENAME", "body": bodies[LIBRARY], "params": {"name": "区公共图书馆"}}]
    cases["draft"] = builders.draft(office, "STAFF_TRANSFER", lines, title="关于调剂图书馆编制的动议")
    paper = {"paper": "通知〔2026〕1号"}
    problem = {"number": "2026-9-01", "batch": "第三批", "body": "HBW-Z03", "topic": "OTHER", "due_on": "2026-12-31"}
    office.enter("enter_problem", "bianban1", problem=DANGEROUS[0], unit="", excess=0, **problem, **paper)
    pledge = {"title": DANGEROUS[3], "form": "PLEDGE", "department": "区应急管理局"}
    office.enter("enter_pledge", "bianban1", **pledge, **paper)
    lent = {"body": "HBW-Z03", "borrower": DANGEROUS[1], "count": 2, "grounds": DANGEROUS[4]}
    office.enter("enter_borrowed", "bianban1", **lent, **paper)
    report(office, month="2026-01-01", count=99)
    in_force(office, bodies[LIBRARY], bodies[DATA_CENTRE])
    return seeded


def in_force(office, library, centre) -> None:
    """Let a plan of the year and a pool of talent with a use of it take effect, as their founding papers would."""
    from proposals.effect import carrying_out
    from proposals.models import Entry
    from tests import builders

    on = office.now.date()
    lent = {"return_on": "2031-12-31", "purpose": "引进博士1名"}
    plan = [{"op": "USE_PLAN", "body": one, "unit": FULL, "requested": n, "params": {"year": on.year}}
            for one, n in ((library, 2), (centre, 3))]  # fmt: skip
    pool = [
        {"op": "POOL_GROW", "unit": PARTIAL, "requested": 3},
        {"op": "POOL_USE", "body": centre, "unit": PARTIAL, "requested": 1, "params": lent},
    ]
    for kind, lines, paper in (
        ("STAFF_USE_PLAN", plan, "海编发〔2026〕7号"),
        ("TALENT_POOL", pool, "海编发〔2026〕8号"),
    ):
        case = builders.draft(office, kind, lines, title=f"关于{on.year}年用编事项的动议")
        entry = Entry.objects.order_by("pk").last()
        carrying_out.apply(case=case, entry=entry, paper=paper, effective_on=on)


def report(office, *, month: str, count: int) -> None:
    """Enter another office's count of the library for a month."""
    from tests.papers_bound import road

    counted = [{"body": str(road.body(office, LIBRARY).uuid), "unit": FULL, "count": count}]
    office.enter("reconcile", "bianban1", month=month, source="FINANCE", counts=counted)


def second_day(seeded: Seeded) -> Seeded:
    """Settle on a later day what was open on the first."""
    from docs_templates import archive
    from proposals.models import Borrowed, Permit, ProblemItem
    from tests.papers_bound import road

    office, cases = seeded.office, seeded.cases
    office.tick(days=40)
    seeded.settled = office.now.date()
    seeded.second = seeded.settled + timedelta(days=1)
    library, centre = road.body(office, LIBRARY), road.body(office, DATA_CENTRE)
    office.take(cases["argued"], "withdraw", "bianban1", reason="情况变化,不再调整。")
    office.take(cases["held"], "issue_permit", "bianban1", expires_on="2031-12-31")
    office.enter("leave", "bianban1", body=str(library.uuid), unit=FULL, count=2, cause="RETIRED", paper="退休审批表")
    permit = Permit.objects.get(case=cases["permitted"].uuid)
    people = {"body": str(centre.uuid), "unit": FULL, "count": 1, "permit": str(permit.uuid)}
    office.enter("enrol", "bianban1", **people, paper="报到证")
    office.enter("enter_grant", "bianban1", unit=FULL, count=7, paper="市编办通知")
    proof = archive.store_bytes(data=b"%PDF-1.7", media_type="application/pdf", at=office.now).sha256
    problem = str(ProblemItem.objects.get(number="2026-9-01").uuid)
    office.enter("close_problem", "zhuren", row=problem, way="CORRECTED", measure="已经纠正", evidence=(proof,))
    office.enter("return_borrowed", "bianban1", row=str(Borrowed.objects.get(borrower=DANGEROUS[1]).uuid))
    decided(office)
    figure = {"item": "GRIDS", "label": "新增网格", "value": 9, "measure": "个", "group": "网格"}
    office.enter("enter_figure", "bianban1", **figure, paper="报表")
    report(office, month="2026-02-01", count=50)
    renamed(office)
    return seeded


def decided(office) -> None:
    """Write beside the ledger what a case decided, as its founding paper would."""
    from proposals.effect import side_writes
    from proposals.models import Body, DutyItem, Entry, Pledge
    from proposals.plan import trial as plan
    from proposals.plan.loading import load
    from tests import builders

    duty, pledge = DutyItem.objects.get(name="未承接权力事项"), Pledge.objects.get(title=DANGEROUS[3])
    lender = Body.objects.get(code="HBW-Z03")
    lines = [
        {"op": "DUTY_CLAIM", "requested": duty.count, "params": {"row": str(duty.uuid), "mode": "ASSIGN"}},
        {"op": "PLEDGE_CANCEL", "params": {"row": str(pledge.uuid)}},
        {"op": "BORROW", "body": lender, "requested": 5, "params": {"department": "区信访局", "ends_on": "2031-12-31"}},
    ]
    case = builders.draft(office, "OTHER", lines, title="关于权责事项和借调人员的动议")
    on = office.now.date()
    sheet = load(territory_id=office.district.pk, lines=plan.lines_of(case), as_of=on)
    plan.try_out(sheet=sheet, lines=plan.lines_of(case))
    entry = Entry.objects.order_by("pk").last()
    side_writes.write(sheet=sheet, case=case, entry=entry, paper="海编发〔2026〕9号", effective_on=on)


def renamed(office) -> None:
    """Give a body another name from the second day on, as a founding paper would."""
    from proposals.models import BodyVersion

    before = BodyVersion.objects.get(name=DATA_CENTRE, valid_to=None)
    BodyVersion.objects.filter(pk=before.pk).update(valid_to=office.now.date())
    before.pk, before.name, before.valid_from, before.valid_to = None, "区数据服务中心", office.now.date(), None
    before.change, before.plates = "RENAME", ["=牌子"]
    before.save(force_insert=True)


def main() -> None:
    """Fill the registers of the district in the database of the environment as of today, for tests with a browser."""
    from django.utils import timezone

    from proposals.models import Person, Territory
    from tests.browser import doors
    from tests.builders import Office
    from tests.papers_bound import road

    district = Territory.objects.get(level="DISTRICT")
    people = {person.username: person for person in Person.objects.all()}
    office = Office(city=district.parent, district=district, people=people, now=timezone.now())
    seeded = first_day(office)
    report(office, month=f"{(office.now.date().replace(day=1) - timedelta(days=1)):%Y-%m-01}", count=50)
    doors.tell(str(road.body(office, LIBRARY).uuid), str(seeded.cases["draft"].uuid))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    django.setup()
    main()
