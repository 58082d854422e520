"""Scenarios 3, 5, 6, 8 of docs/practice.md: interference, a reply in part, a bad opening, a mixed request."""

import uuid

import pytest

from proposals.case import drafts, snapshots
from proposals.models import BodyVersion, ChangeLine, ProblemItem, Proposal, Register
from proposals.side_registers import totals
from tests import builders
from tests.committee.chamber import refused, state_of
from tests.papers_bound import road
from tests.stories.life import Life
from workflows.attempt import Refused
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db

FULL, ADMIN, CHIEF, DEPUTY = "PSU_FULL", "ADMIN", "SECTION_CHIEF", "SECTION_DEPUTY"


def test_3_a_department_notice_asks_for_a_centre_and_gets_a_letter() -> None:
    life = Life()
    life.enter_opening([{"code": "Z1", "name": "区某局", "category": "GOVERNMENT_ORGAN"}], {FULL: 50})
    new = uuid.uuid4()
    case = life.draft(
        "PSU_SETUP",
        {"uuid": new, "op": "CREATE", "rank": 10, "body_name": "区某业务中心", "params": {"category": "PSU"}},
        {"op": "QUOTA_ADD", "unit": FULL, "requested": 5, "params": {"new_body": str(new), "source": "POOL"}},
        vertical_flags=["BODY", "QUOTA"],
    )
    notice = {"level": "MINISTRY", "title": "自治区某厅关于健全机构的通知", "number": "内某发〔2026〕7号", "clause": ""}
    case = drafts.save_basis(case=case.uuid, seen=case.concern, documents=[notice])
    case = life.argued(case)
    with refused("R27", "不得作为机构编制事项的依据") as refusal:
        life.office.take(case, "propose_item", "zhuren", opinion="拟提请。")
    assert "R27-V" in refusal.value.codes
    assert "第二十七条" in str(refusal.value)
    blocking = [reason for reason in refusal.value.reasons if reason.code == "R27-V"]
    with refused("NO_EXCEPTION"):
        finding = "R27-V " + blocking[0].message.split("。")[0] + "。"
        life.office.take(case, "override", "bianwei1", finding=finding, reason="上级要求")
    life.office.take(case, "refuse_by_office", "zhuren", reason="部门文件不得作为机构编制事项依据，不予同意。")
    life.office.take(case, "prepare_downward", "bianban1")
    road.signed(life.office, case, "fuhan", wording={"advice": "请按规定通过机构编制部门办理。"})
    life.office.take(case, "issue_refusal", "zhuren")
    assert state_of(case) == "CLOSED"
    assert Proposal.objects.get(pk=case.pk).agreed is False
    assert not BodyVersion.objects.filter(name="区某业务中心").exists()


def posts(life: Life, n: int, title: str) -> Proposal:
    line = {"op": "LEADER_ADD", "body": "乙街道", "unit": DEPUTY, "requested": n, "params": {"source": "POOL"}}
    return life.proposed(life.argued(life.draft("LEADER_POSTS", line, title=title)), consult=True)


def test_5_one_reply_on_paper_answers_three_cases_in_part() -> None:
    life = Life()
    bodies = [{"code": "J1", "name": "乙街道", "category": "STREET", "posts": {DEPUTY: (0, 0)}}]
    life.enter_opening(bodies, {DEPUTY: 10})
    cases = [posts(life, n, f"核增{n}名副科级职数") for n in (5, 2, 1)]
    life.decided(*cases)
    assert (life.pool(DEPUTY), life.pool(DEPUTY, "HELD")) == (2, 8)
    for case in cases:
        life.filed(case)
    answered = life.office.tick(days=41).date()
    granted = {str(cases[0].lines.get().uuid): 3}
    acts = [
        (cases[0], "city_approve", {"granted": granted}),
        (cases[1], "city_approve", {}),
        (cases[2], "city_reject", {"reason": "职数已足"}),
    ]
    life.replied_on_paper(*acts, number="乌编发〔2026〕15号", on=answered)
    assert [state_of(case) for case in cases] == ["CITY_APPROVED", "CITY_APPROVED", "CITY_REJECTED"]
    for case in cases[:2]:
        road.issued(life.office, case)
    life.office.take(cases[2], "prepare_downward", "bianban1")
    road.signed(life.office, cases[2], "fuhan", wording={"advice": "市级不予同意。"})
    life.office.take(cases[2], "issue_refusal", "zhuren")
    assert life.numbers("乙街道", DEPUTY).approved == 5
    assert (life.pool(DEPUTY), life.pool(DEPUTY, "HELD")) == (5, 0)
    assert state_of(cases[2]) == "CLOSED"
    with refused("NUMBER_TAKEN"):
        life.replied_on_paper(acts[0], number="乌编发〔2026〕15号", on=answered)


def excess(*, problems: bool) -> Life:
    life = Life()
    organ = {
        "code": "Z1", "name": "区某局", "category": "GOVERNMENT_ORGAN",
        "posts": {ADMIN: (20, 23), CHIEF: (2, 5), DEPUTY: (4, 14)},
    }  # fmt: skip
    matters = [(ADMIN, 3, "OVER_QUOTA"), *[(CHIEF, 1, "OVER_POSTS")] * 3, *[(DEPUTY, 1, "OVER_POSTS")] * 10]
    found = [
        {"number": f"2020-{n:02}", "body": "Z1", "body_name": "区某局", "unit": unit, "excess": over, "topic": topic,
         "problem": f"超出{over}"}
        for n, (unit, over, topic) in enumerate(matters, start=1)
    ]  # fmt: skip
    life.enter_opening([organ], {ADMIN: 30, FULL: 10}, found if problems else [])
    return life


def test_6_an_excess_without_a_problem_item_is_not_imported() -> None:
    with pytest.raises(Refused) as refusal:
        excess(problems=False)
    assert refusal.value.codes == {"OPENING_FAULT"}
    assert "“编制”表第2行" in str(refusal.value)


def test_6_an_imported_excess_may_only_shrink() -> None:
    life = excess(problems=True)
    use = life.draft("STAFF_USE", {"op": "USE", "body": "区某局", "unit": ADMIN})
    with refused("P7", "已超3名（核定20、实有23）"):
        life.office.take(use, "send_small", "bianban1")
    cut = life.draft("STAFF_DECREASE", {"op": "QUOTA_CUT", "body": "区某局", "unit": ADMIN})
    with refused("P7"):
        life.argued(cut)
    body = str(life.named("区某局").uuid)
    life.office.enter("leave", "bianban1", body=body, unit=ADMIN, count=1, cause="RETIRED", paper="退休通知1号")
    assert life.numbers("区某局", ADMIN).over == 2


def test_6_what_the_city_grants_leaves_one_chief_and_one_deputy_over() -> None:
    life = excess(problems=True)
    grants = {CHIEF: 2, DEPUTY: 9}
    lines = [
        {"op": "LEADER_ADD", "body": "区某局", "unit": unit, "requested": n, "params": {"source": "CITY"}}
        for unit, n in grants.items()
    ]
    open_items = {unit: list(ProblemItem.objects.filter(unit=unit).order_by("number")) for unit in grants}
    cures = [
        {"op": "RECTIFY", "body": "区某局", "params": {"row": str(one.uuid), "row_name": str(one), **GRANTED}}
        for unit, n in grants.items()
        for one in open_items[unit]
    ]
    case = life.draft("PROBLEM_RECTIFY", *lines, *cures)
    builders.attach(life.office, case, "OTHER")
    life.argued(case)
    with refused("S11-L", "台账中区某局正科级领导职数仍超1名，其余未销号问题只说明0名"):
        road.consult(life.office, case, "函")
        life.office.take(case, "record_city_opinion", "bianban1", result="AGREE")
        life.office.take(case, "propose_item", "zhuren", opinion="同意提请。")
    life.office.take(case, "reargue", "bianban1", reason="只销已消化的")
    fresh = road.now(case)
    kept = [line for line in fresh.lines.order_by("position") if line.op != "RECTIFY" or _settles(line, grants)]
    drafts.save_lines(case=case.uuid, seen=fresh.concern, lines=[_same(line) for line in kept])
    life.office.take(case, "finish_argument", "bianban1", conclusion="按台账销号。")
    life.proposed(case, consult=True)
    life.decided(case)
    life.filed(case)
    life.office.take(case, "city_approve", "shishenhe", number="乌编发〔2026〕16号")
    issued = road.issued(life.office, case)
    assert (life.numbers("区某局", CHIEF).over, life.numbers("区某局", DEPUTY).over) == (1, 1)
    left = ProblemItem.objects.filter(closed_on=None).exclude(unit=ADMIN).values_list("unit", flat=True)
    assert sorted(left) == [CHIEF, DEPUTY]
    closed = ProblemItem.objects.exclude(closed_on=None)
    assert set(closed.values_list("closed_on", "way", "settled_paper")) == {
        (issued.effective_on, "GRANTED", issued.numbers["tongzhi"])
    }
    assert all(item.evidence for item in closed)
    assert list(chains.findings()) == []


GRANTED = {"way": "GRANTED", "measure": "市级核增职数"}


def _settles(line: ChangeLine, grants: dict[str, int]) -> bool:
    problem = ProblemItem.objects.get(uuid=line.row)
    earlier = ProblemItem.objects.filter(unit=problem.unit, number__lt=problem.number).count()
    return earlier < grants[problem.unit]


def _same(line: ChangeLine) -> dict:
    values = {name: getattr(line, name) for name in ("uuid", "op", "unit", "requested", "params", "body_name")}
    return {**values, "body": line.body.uuid}


def test_6_the_ledger_of_53_stays_closed_whatever_comes_later() -> None:
    life = Life()
    life.office.enter("import_opening", "bianban1", **_data("register.json"))
    life.office.enter("import_side_registers", "bianban1", **_data("side_registers.json"))
    first, second = totals.batches(territory=life.office.district, on=life.office.now.date())
    assert (first.entered, first.percent, second.left) == (53, "100%", 13)
    assert ProblemItem.objects.filter(territory=life.office.district).count() == 82
    assert Register.objects.filter(territory=life.office.district).get().head_seq == 2


def _data(name: str) -> dict:
    return {key: value for key, value in builders.read(name).items() if key != "note"}


def mixed(name: str, new: uuid.UUID) -> list[dict]:
    there = {"new_body": str(new)}
    return [
        {"uuid": new, "op": "CREATE", "rank": 20, "body_name": name, "requested": 1, "params": {"category": "PSU"}},
        {"op": "QUOTA_ADD", "unit": FULL, "requested": 8, "params": {**there, "source": "POOL"}},
        {"op": "LEADER_ADD", "unit": DEPUTY, "requested": 1, "params": {**there, "source": "CITY"}},
        *({"op": "ADD_PLATE", "requested": 1, "params": {**there, "plate": f"第{n}牌"}} for n in (1, 2, 3)),
    ]


def test_8_one_request_of_mixed_authority_is_returned_once_and_takes_effect_once() -> None:
    life = Life()
    life.enter_opening([{"code": "Z1", "name": "区某局", "category": "GOVERNMENT_ORGAN"}], {FULL: 20})
    new = uuid.uuid4()
    case = life.draft("PSU_SETUP", *mixed("区融合发展中心", new))
    case = life.proposed(life.argued(case), consult=True)
    assert [leg["decider"] for leg in case.route if leg["mode"] == "APPROVE"] == ["CITY"]
    life.decided(case)
    assert (life.pool(FULL), life.pool(FULL, "HELD")) == (12, 8)
    life.filed(case)
    life.office.take(case, "city_return", "shishenhe", reason="名称不规范，请改为“区融媒发展中心”。")
    life.office.take(case, "reargue", "bianban1", reason="按市级意见修改名称")
    fresh = road.now(case)
    uuids = [line.uuid for line in fresh.lines.order_by("position")]
    again = [{**line, "uuid": old} for line, old in zip(mixed("区融媒发展中心", new), uuids, strict=True)]
    drafts.save_lines(case=case.uuid, seen=fresh.concern, lines=again)
    life.office.take(case, "finish_argument", "bianban1", conclusion="按市级意见修改名称后再次提请。")
    life.proposed(case, consult=True)
    life.decided(case)
    rounds = list(road.now(case).rounds.order_by("id"))
    changed = snapshots.compare(rounds[0].snapshot, snapshots.take(road.now(case)))
    assert [(one.before, one.after) for one in changed] == [("区融合发展中心", "区融媒发展中心")]
    life.filed(case)
    life.office.take(case, "city_approve", "shishenhe", number="乌编发〔2026〕18号")
    road.issued(life.office, case)
    assert life.numbers("区融媒发展中心", FULL).approved == 8
    assert life.numbers("区融媒发展中心", DEPUTY).approved == 1
    assert (life.pool(FULL), life.pool(FULL, "HELD")) == (12, 0)
    version = BodyVersion.objects.get(name="区融媒发展中心", valid_to=None)
    assert len(version.plates) == 3
    assert BodyVersion.objects.filter(category="PSU").values("body").distinct().count() == 1
