"""What the city says: on paper for three cases at once, in part; returned for its papers; returned and changed."""

from datetime import timedelta
from uuid import uuid4

from proposals.models import Entry, PaperRecord, Proposal
from proposals.vocabulary import State
from tests.committee.chamber import refused
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CITY, CLERK, DIRECTOR, FULL, RECEIVER, SECOND, Town, scan, stations
from tests.stories.visitor import Visitor
from workflows.jobs.worker import drain

MOVE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}
NUMBER = "乌编发〔2026〕21号"


def posts(town: Town, n: int) -> Proposal:
    """A request for leader posts that the city grants, agreed to by the committee."""
    line = {
        "op": "LEADER_ADD",
        "body": "演示街道",
        "unit": "SECTION_DEPUTY",
        "requested": n,
        "params": {"source": "CITY"},
    }
    case = town.draft("LEADER_POSTS", line, title=f"关于核增{n}名副科级领导职数的动议")
    return Life.proposed(town, Life.argued(town, case), consult=True)


def begin(town: Town) -> Proposal:
    """A transfer that the committee has decided and the city has taken in."""
    case = Life.proposed(town, Life.argued(town, town.draft("STAFF_TRANSFER", {**MOVE, "body_name": "甲中心"})))
    Life.decided(town, case)
    return Life.filed(town, case)


def all_filed(town: Town, *cases: Proposal) -> None:
    """Let the committee agree to the cases, make their packages at one go and send them up."""
    Life.decided(town, *cases)
    for case in cases:
        road.sealed(town.office, road.dispatched(town.office, case))
    drain()
    for case in cases:
        town.step(case, "file_upward", DIRECTOR)


def typed(case: Proposal, result: str, granted: int | None = None, opinion: str = "") -> dict[str, object]:
    """Return what is typed into the part of the city's reply that concerns a case."""
    fields: dict[str, object] = {f"{case.uuid}-result": result, f"{case.uuid}-opinion": opinion}
    if granted is not None:
        fields[f"{case.uuid}-granted-{case.lines.get().uuid}"] = granted
    return fields


def replied(town: Town, fields: dict[str, object], status: int = 302) -> Visitor:
    """Type in the city's reply with its scan."""
    paper = {"number": NUMBER, "happened_on": town.office.now.date() - timedelta(days=1), "clean_declared": True}
    page = town.visitor(CLERK).open("/paper-records/city-reply/")
    return page.press("登记市级批复", status=status, file=scan("市级批复.pdf", 2), **paper, **fields)


def test_one_paper_answers_three_cases_in_part_and_is_entered_once(town: Town) -> None:
    five, two, one = cases = [posts(town, n) for n in (5, 2, 1)]
    all_filed(town, *cases)
    town.pass_days(41)
    reply = {
        **typed(five, "city_approve", 3), **typed(two, "city_approve", 2),
        **typed(one, "city_reject", opinion="现有职数可以满足需要。"),
    }  # fmt: skip
    replied(town, {}, status=422).refuses("请至少为一个事项选择市级批复的结果。")
    replied(town, typed(one, "city_reject"), status=422).refuses("退回或不予同意的，请填写理由。")
    replied(town, reply)
    replied(town, typed(two, "city_approve"), status=422).refuses(f"文号{NUMBER}已经登记过，同一文件不能重复登记。")
    assert {road.now(case).state for case in cases} == {State.FILED}
    address = f"/paper-records/{PaperRecord.objects.get().uuid}/"
    own = town.visitor(CLERK).open(address)
    assert "复核确认" not in own.offered and "您是代录人，不能复核" in own.words
    town.visitor(SECOND).open(address).press("复核确认")
    assert [road.now(case).state for case in cases] == [State.CITY_APPROVED, State.CITY_APPROVED, State.CITY_REJECTED]
    entry = Entry.objects.get(subject_id=five.uuid, step="city_approve")
    assert entry.happened_on == town.office.now.date() - timedelta(days=1)
    told = town.visitor(CLERK).open(f"/cases/{five.uuid}/?tab=record").words
    assert "补录 市级文号：乌编发〔2026〕21号" in told
    assert "中共乌海市委机构编制委员会办公室（经办甲代录，经办乙" in told
    for case in (five, two):
        road.issued(town.office, case)
    assert town.numbers("演示街道", "SECTION_DEPUTY").approved == 3 + 2
    town.step(one, "prepare_downward")
    road.signed(town.office, one, "fuhan")
    town.step(one, "issue_refusal", DIRECTOR)
    assert road.now(one).state == State.CLOSED


def test_the_city_grants_no_more_than_was_asked_and_nothing_else(town: Town, case: Proposal) -> None:
    line = case.lines.get()
    with refused(
        "MORE_THAN_ASKED", "报送3，所填4超出报送数，确属批准数额多于报送的，请填写「批准内容与报送不同的原文」。"
    ):
        town.office.take(case, "city_approve", CITY, number=NUMBER, granted={str(line.uuid): 4})
    with refused("NO_SUCH_LINE", "所填数额不属于本事项的调整事项"):
        town.office.take(case, "city_approve", CITY, number=NUMBER, granted={str(uuid4()): 1})


def test_returned_for_its_papers_it_is_filed_again_unchanged(town: Town, case: Proposal) -> None:
    town.step(case, "supplement", upload_file=scan("补充说明.pdf"), upload_clean=True, note="补充说明")
    town.step(case, "request_withdrawal", DIRECTOR, reason="拟调整方案。", letter="海编办函〔2026〕4号")
    town.step(case, "city_return", CITY, checks={"form"}, reason="请示格式不符,请改正后再报。")
    old = road.now(case).numbers["beian"]
    town.lined(case, MOVE)
    town.step(case, "refile")
    town.filed(case)
    town.closed_to(case, "consent_withdrawal", CITY).refuses("没有收到撤回的函")
    town.step(case, "city_record", CITY, number="乌编办备〔2026〕5号")
    now = road.now(case)
    assert (now.round, now.numbers["beian"] != old) == (2, True)
    assert [one["round"] for one in now.packages] == [1, 2]
    assert (case.lines.get().decided, case.lines.get().granted) == (3, 3)
    again = [State.DISPATCHING, State.PACKAGED, State.FILED, State.CITY_RECEIVED, State.CITY_ACCEPTED]
    assert stations(case)[-7:] == [State.CITY_RETURNED, *again, State.CITY_RECORDED]


def test_returned_and_changed_it_is_argued_and_decided_anew(town: Town, case: Proposal) -> None:
    town.step(case, "city_return", CITY, checks={"content"}, reason="调剂数偏大,请重新研究。")
    assert town.numbers("甲中心", FULL).held == 3
    town.lined(case, {**MOVE, "requested": 2})
    town.closed_to(case, "refile").refuses("调整事项与已决定的方案不同，请办理「重新论证」并再次提请审议。")
    town.step(case, "reargue", reason="按市级意见减少调剂数。")
    assert town.numbers("甲中心", FULL).held == 0
    town.step(case, "finish_argument", conclusion="已减为2名。")
    Life.proposed(town, case)
    Life.decided(town, case)
    assert (town.numbers("甲中心", FULL).held, road.now(case).round) == (2, 2)
    assert stations(case)[-9:] == [
        State.CITY_RETURNED, State.ARGUING, State.OFFICE_REVIEW, State.AGENDA_APPROVAL, State.SCHEDULED,
        State.IN_DELIBERATION, State.APPROVED, State.MINUTES_DRAFT, State.MINUTES_SIGNED,
    ]  # fmt: skip


def test_a_package_taken_back_before_it_went_up_is_made_anew(town: Town) -> None:
    case = town.draft("STAFF_TRANSFER", {**MOVE, "requested": 2}, title="关于再次调剂事业编制的动议")
    Life.proposed(town, Life.argued(town, case))
    Life.decided(town, case)
    road.sealed(town.office, road.dispatched(town.office, case))
    town.closed_to(case, "file_upward", DIRECTOR).refuses("报送包正在生成，请稍候片刻再办理上报。")
    town.step(case, "reopen_dispatch", reason="附件有误。")
    town.step(case, "seal_package", SECOND)
    drain()
    town.step(case, "file_upward", DIRECTOR)
    assert len(road.now(case).packages) == 1
    assert case.title in town.visitor(RECEIVER).open("/").words


def test_a_recorded_matter_takes_effect_before_the_city_has_answered(town: Town, case: Proposal) -> None:
    town.numbered(case, "tongzhi")
    town.step(case, "issue_ahead", DIRECTOR)
    assert town.numbers("乙中心", FULL).approved == 13
    town.closed_to(case, "issue_ahead", DIRECTOR).refuses("本事项已经印发，无需重复印发。")
    town.closed_to(case, "request_withdrawal", DIRECTOR).refuses("本事项已经印发生效，不能重新论证或撤销")
    for answer in ("city_approve", "city_reject"):
        town.closed_to(case, answer, CITY).refuses("已先行印发生效，请办理「市级备案」")
    town.step(case, "city_record", CITY, number="乌编办备〔2026〕6号")
    town.closed_to(case, "prepare_downward").refuses("本事项已先行印发，请办理「转入组织实施」。")
    town.step(case, "begin_implementation")
    assert road.now(case).state == State.IMPLEMENTING
    town.step(case, "add_task", title="办理划转手续", unit="乙中心")
    town.closed_to(case, "close_case").refuses("落实任务「办理划转手续」（乙中心）还没有完成")
    town.step(case, "finish_task", task=case.tasks.get().uuid, explanation="人员转隶下月办理。")
    town.step(case, "close_case")
