"""Scenarios 1, 2, 10 of docs/practice.md: posts move, are used, leave the district; each number leads to its paper."""

from datetime import timedelta

import pytest

from proposals.case import drafts
from proposals.ledger.origins import Origin
from proposals.models import BodyVersion, Entry, Permit, Proposal
from proposals.rules import law
from proposals.vocabulary import Severity
from tests.committee.chamber import CHAIR, refused, state_of
from tests.papers_bound import road
from tests.stories.life import Life

pytestmark = pytest.mark.django_db

FULL = "PSU_FULL"
GIVERS = {"区环境卫生服务中心": 12, "区农牧业技术服务中心": 9, "区就业服务中心": 7, "区市政公用服务中心": 5}
STREETS = ("凤凰岭", "海北", "新华", "新华西", "滨河", "滨河西")


def test_1_thirty_three_posts_go_to_six_streets() -> None:
    life = Life()
    life.office.enter("import_opening", "bianban1", **_register())
    centres = [f"{street}街道党群服务中心" for street in STREETS]
    before = {name: life.numbers(name, FULL).approved for name in (*GIVERS, *centres)}
    total = life.total(FULL)
    case = road.drafted(life.office, "a")
    stays = [{**line, "params": {}} for line in _lines(case)]
    case = drafts.save_lines(case=case.uuid, seen=case.concern, lines=stays)
    with refused("D486-18", "区农牧业技术服务中心调出事业编制（全额拨款）需要空编"):
        life.argued(case)
    along = [{**line, "params": {"people": n}} for line, n in zip(stays, (0, 0, 5, 2, 0, 0, 0), strict=True)]
    drafts.save_lines(case=case.uuid, seen=road.now(case).concern, lines=along)
    life.proposed(life.argued(case))
    life.decided(case, bianwei7="ABSTAIN")
    tally = life.now.items.get().tally
    assert (tally["in_favour"], tally["abstained"], tally["due"]) == (7, 1, 9)
    case = life.filed(case)
    assert case.filing_mode == "RECORD"
    road.numbered(life.office, case, "tongzhi")
    life.office.take(case, "issue_ahead", "zhuren")
    life.office.take(case, "city_record", "shishenhe", number="乌编办备〔2026〕9号")
    after = {name: life.numbers(name, FULL).approved for name in before}
    assert sum(after[name] - before[name] for name in centres) == 33
    assert sorted(after[name] - before[name] for name in centres) == [5, 5, 5, 6, 6, 6]
    assert {name: before[name] - after[name] for name in GIVERS} == GIVERS
    assert life.total(FULL) == total
    giver = life.numbers("区农牧业技术服务中心", FULL)
    assert (giver.approved, giver.actual) == (21, 21)
    for name in before:
        origin = Origin(life.office.district, "approved", life.office.now.date(), unit=FULL, body=life.named(name))
        assert origin.number() == after[name] and all(movement.posting.paper for movement in origin.movements())


def _register() -> dict:
    from tests import builders

    return {name: value for name, value in builders.read("register.json").items() if name != "note"}


def _lines(case: Proposal) -> list[dict]:
    return [
        {
            "uuid": line.uuid, "op": line.op, "body": line.body.uuid, "counterpart": line.counterpart.uuid,
            "unit": line.unit, "requested": line.requested, "params": line.params,
        }
        for line in case.lines.all()
    ]  # fmt: skip


def small() -> Life:
    life = Life()
    bodies = [{"code": "A1", "name": "甲中心", "posts": {FULL: (12, 10, 1)}}]
    life.enter_opening(bodies, {FULL: 20})
    return life


def test_2_a_small_matter_takes_four_acts_of_three_people() -> None:
    life = small()
    case = life.draft("STAFF_USE", {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 2})
    with refused("D486-06U", "空编1 < 申请2"):
        life.office.take(case, "send_small", "bianban1")
    line = case.lines.get()
    fresh = road.now(case)
    drafts.save_lines(
        case=case.uuid, seen=fresh.concern,
        lines=[{"uuid": line.uuid, "op": "USE", "body": line.body, "unit": FULL, "requested": 1}],
    )  # fmt: skip
    life.office.take(case, "send_small", "bianban1")
    life.office.take(case, "decide_by_office", "zhuren")
    life.office.take(case, "issue_permit", "bianban2", expires_on="2026-09-10")
    assert state_of(case) == "CLOSED"
    now = life.numbers("甲中心", FULL)
    assert (now.actual, now.committed, now.vacant) == (10, 2, 0)
    permit = Permit.objects.get(case=case.uuid)
    body = str(life.named("甲中心").uuid)
    life.office.enter(
        "enrol", "bianban1", body=body, unit=FULL, count=1, permit=str(permit.uuid), paper="入编通知单1号"
    )
    now = life.numbers("甲中心", FULL)
    assert (now.actual, now.committed, now.vacant) == (11, 1, 0)


def test_2_an_unused_permit_lapses_and_its_post_is_vacant_again() -> None:
    life = small()
    case = life.draft("STAFF_USE", {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 1})
    life.office.take(case, "send_small", "bianban1")
    life.office.take(case, "decide_by_office", "zhuren")
    life.office.take(case, "issue_permit", "bianban2", expires_on="2026-04-10")
    permit = Permit.objects.get(case=case.uuid)
    with refused("PERMIT_IN_FORCE"):
        life.office.enter("expire_permit", "bianban1", permit=str(permit.uuid))
    life.office.tick(days=40)
    life.office.enter("expire_permit", "bianban1", permit=str(permit.uuid))
    assert life.numbers("甲中心", FULL).vacant == 1


def test_10_a_team_of_five_goes_up_to_the_city_on_one_paper() -> None:
    life = Life()
    teams = [{"code": f"T{n}", "name": f"执法{n}队", "posts": {FULL: (5, 5)}} for n in range(1, 8)]
    street = {"code": "J1", "name": "乙街道", "category": "STREET"}
    life.enter_opening([*teams, street], {FULL: 40})
    up = {"op": "LEVEL_UP", "body": "执法1队", "unit": FULL, "requested": 5, "params": {"people": 5}}
    case = life.argued(life.draft("LEVEL_TRANSFER", up, {"op": "ABOLISH", "body": "执法1队"}, title="上划事项"))
    wanting = {
        "op": "QUOTA_TRANSFER",
        "body": "执法1队",
        "counterpart": "乙街道",
        "unit": FULL,
        "params": {"people": 1},
    }
    second = life.argued(life.draft("STAFF_TRANSFER", wanting, title="第二事项"))
    warned = law.findings(case=second, step="accept", on=life.office.now.date())
    assert [(one.rule, one.severity) for one in warned if one.rule == "P20"] == [("P20", Severity.WARN)]
    life.proposed(case, consult=True)
    life.decided(case)
    with refused("P19"):
        life.office.take(second, "propose_item", "zhuren", opinion="同意提请。")
    life.referred(case)
    life.filed(case)
    life.office.take(case, "city_approve", "shishenhe", number="乌编发〔2026〕12号")
    issued = road.issued(life.office, case)
    day = issued.effective_on
    standing = BodyVersion.objects.filter(category="PSU")
    assert standing.standing(on=day).count() == 6
    assert standing.standing(on=day - timedelta(days=1)).count() == 7
    assert life.total(FULL) == 35
    assert life.total(FULL, day - timedelta(days=1)) == 40
    chain = Entry.objects.filter(subject_id=life.meeting.uuid).order_by("seq").values_list("hash", flat=True)
    signed = list(chain)
    words = {"place": "议题1·议定事项", "before": "上划", "after": "整建制上划", "reason": "表述更正"}
    life.take("propose_correction", **words)
    life.take("correct_minutes", CHAIR, correction=str(life.now.correction_drafts.get().uuid))
    assert list(chain.all())[:-2] == signed
