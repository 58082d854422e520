"""A consent holds what it was given for: it falls when the lines change, stays on record, and nothing relies on it."""

import json
import random
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from proposals.case import drafts
from proposals.case.consents import consents
from proposals.models import ChangeLine, Consent, Entry, Opinion, Proposal
from proposals.vocabulary import State
from tests import builders
from tests.committee.chamber import CHAIR, MEMBERS, Chamber, refused
from tests.papers_bound import road
from tests.stories.life import Life
from workflows import subjects
from workflows.attempt import Refused
from workflows.audit.consents import words
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db

CLERK, DIRECTOR, REVIEWER = "bianban1", "zhuren", "hegao"
POST = {"op": "LEADER_ADD", "body": "演示街道", "unit": "SECTION_DEPUTY", "requested": 1, "params": {"source": "CITY"}}
STREET = {"code": "J01", "name": "演示街道", "category": "STREET"}


def life() -> Life:
    found = Life()
    found.enter_opening([STREET], {})
    return found


def argued(at: Life) -> Proposal:
    return road.now(at.argued(at.draft("LEADER_POSTS", POST, title="关于核增1名副科级领导职数的动议")))


def changed(at: Life, case: Proposal, requested: int) -> None:
    """Argue the case again and ask for another number."""
    at.office.take(case, "reargue", CLERK, reason="调整数额。")
    renumbered(case, requested)


def renumbered(case: Proposal, requested: int) -> None:
    fresh = road.now(case)
    (line,) = fresh.change_lines
    kept = {"uuid": str(line.uuid), "op": line.op, "body": line.body, "unit": line.unit, "params": line.params}
    drafts.save_lines(case=fresh.uuid, seen=fresh.concern, lines=[{**kept, "requested": requested}])


def finished(at: Life, case: Proposal) -> None:
    at.office.take(case, "finish_argument", CLERK, conclusion="建议提请审议。")


def test_the_city_is_asked_again_when_the_lines_change() -> None:
    at = life()
    case = road.consulted(at.office, argued(at))
    changed(at, case, 9)
    finished(at, case)
    with refused("PRE-01", "市委编办的沟通意见针对第1次报送的原方案，其后调整事项已变更，不再适用"):
        at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    road.consulted(at.office, case)
    at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    said = list(case.consents.filter(kind="CITY"))
    assert [(one.round, one.lines[0]["requested"], one.result) for one in said] == [(1, 1, "AGREE"), (2, 9, "AGREE")]
    assert list(chains.findings()) == []


def test_lines_that_come_back_to_what_the_city_saw_need_no_second_letter() -> None:
    at = life()
    case = road.consulted(at.office, argued(at))
    changed(at, case, 9)
    renumbered(case, 1)
    finished(at, case)
    at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")


def test_a_refusal_of_the_city_falls_with_its_lines_too() -> None:
    at = life()
    case = argued(at)
    at.office.take(case, "consult_city", CLERK, letter="函商。", oral=True)
    at.office.take(case, "record_city_opinion", CLERK, result="UNFIT", text="超出标准。")
    with refused("CITY_UNFIT", "市委编办意见为“不宜提出”，请办理「重新论证」或「撤销动议」。"):
        at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    changed(at, case, 2)
    finished(at, case)
    with refused("PRE-01") as refusal:
        at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    assert "CITY_UNFIT" not in refusal.value.codes


def test_a_letter_of_the_city_counts_for_the_lines_it_came_with() -> None:
    at = life()
    case = argued(at)
    builders.attach(at.office, case, "PRE_COMM")
    changed(at, case, 9)
    finished(at, case)
    with refused("PRE-01"):
        at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    builders.attach(at.office, case, "PRE_COMM")
    at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")


def test_a_written_exception_lets_nothing_pass_that_it_was_not_given_for() -> None:
    at = life()
    case = argued(at)
    finding = "PRE-01 本事项由市级决定，尚无市委编办沟通预审意见。"
    at.office.take(case, "override", DIRECTOR, finding=finding, reason="上级已有明确要求。")
    changed(at, case, 9)
    finished(at, case)
    with refused("PRE-01"):
        at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    at.office.take(case, "override", DIRECTOR, finding=finding, reason="上级已有明确要求。")
    at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    assert list(words(road.now(case), bodies(case))) == []


def bodies(case: Proposal) -> list[dict]:
    return [json.loads(entry.body) for entry in Entry.objects.filter(subject_id=case.uuid).order_by("seq")]


def test_the_compliance_desk_looks_again_at_lines_that_it_has_not_seen() -> None:
    at = life()
    case = argued(at)
    at.office.take(case, "reargue", CLERK, reason="送审。")
    at.office.take(case, "send_to_compliance", CLERK)
    at.office.take(case, "pass_compliance", REVIEWER, opinion="符合规定。")
    changed(at, case, 3)
    with refused("COMPLIANCE_FELL", "请再次办理「送合法合规审查」"):
        finished(at, case)
    at.office.take(case, "send_to_compliance", CLERK)
    at.office.take(case, "object_compliance", REVIEWER, reason="标准不足。")
    with refused("COMPLIANCE_OBJECTED"):
        finished(at, case)
    at.office.take(case, "send_to_compliance", CLERK)
    at.office.take(case, "pass_compliance", REVIEWER, opinion="符合规定。")
    assert road.now(case).state == State.OFFICE_REVIEW


def test_a_wish_to_withdraw_does_not_outlive_the_filing_it_was_written_for() -> None:
    at = life()
    case = at.proposed(argued(at), consult=True)
    at.decided(case)
    at.filed(case)
    at.office.take(case, "request_withdrawal", DIRECTOR, reason="方案有变。", letter="海编办函〔2026〕99号")
    at.office.take(case, "city_return", "shishenhe", reason="缺附件。")
    at.office.take(case, "reargue", CLERK, reason="按市级意见补充。")
    assert road.now(case).withdrawal == {}


def test_the_chair_and_the_ballot_are_held_to_the_lines_even_if_somebody_changed_them_in_the_database() -> None:
    chamber = Chamber()
    case = chamber.scheduled()
    other = chamber.scheduled("关于修订乙街道“三定”规定的动议", body="乙街道")
    chamber.plan()
    items = [chamber.put(one) for one in (case, other)]
    chamber.call()
    chamber.open()
    ChangeLine.objects.filter(proposal=case).update(params={"duties": "新增职责"})
    assert any("编委主任同意上会的意见针对第1次报送的原方案" in fault for fault in chains.findings())
    with refused("CHAIR_SAW_OTHERS", "请重新提请上会"):
        chamber.open_item(items[0])
    chamber.open_item(items[1])
    chamber.take("record_no_objection", item=str(items[1].uuid))
    ChangeLine.objects.filter(proposal=other).update(params={"duties": "新增职责"})
    with refused("OTHER_PLAN", "表决的方案与本事项现在的调整事项不同"):
        chamber.take("conclude_item", item=str(items[1].uuid))


def test_short_notice_is_allowed_for_the_items_that_the_chair_saw() -> None:
    chamber = Chamber()
    chamber.plan(days=1)
    chamber.put(title="甲办法")
    chamber.call()
    chamber.take("allow_short_notice", CHAIR, reason="特急事项。")
    added = chamber.put(title="乙办法")
    chamber.take("freeze_agenda", CHAIR)
    chamber.office.tick(days=1)
    for who in MEMBERS:
        chamber.take("check_in", who)
    with refused("MATERIALS_LATE", "主任同意缩短材料送达时间之后又增加了议题"):
        chamber.take("open_meeting")
    chamber.take("allow_short_notice", CHAIR, reason=f"{added.title}同样特急。")
    chamber.take("open_meeting")


def test_an_item_and_a_members_letter_tell_for_which_plan_they_are() -> None:
    chamber = Chamber()
    case = chamber.scheduled()
    chamber.plan()
    item = chamber.put(case)
    chamber.call()
    chamber.take("write_opinion", MEMBERS[3], item=str(item.uuid), text="同意。")
    letter = item.written_opinions.get()
    assert (item.case_round, letter.plan_digest) == (1, item.plan_digest)


# 征求意见


def test_the_second_answer_of_a_unit_is_entered() -> None:
    at = life()
    case = argued(at)
    at.office.take(case, "ask_opinion", CLERK, unit="区财政局")
    at.office.take(case, "record_opinion", CLERK, unit="区财政局", result="AGREE")
    changed(at, case, 2)
    at.office.take(case, "ask_opinion", CLERK, unit="区财政局")
    at.office.take(case, "record_opinion", CLERK, unit="区财政局", result="COMMENT", text="建议减少1名")
    assert list(case.opinions.values_list("result", "round")) == [("AGREE", 1), ("COMMENT", 2)]
    assert list(words(road.now(case), bodies(case))) == []


def test_an_open_asking_is_not_repeated_but_gives_way_to_one_about_new_lines() -> None:
    at = life()
    case = argued(at)
    at.office.take(case, "ask_opinion", CLERK, unit="区财政局")
    with refused("ALREADY_ASKED", "尚未答复，请先登记其答复"):
        at.office.take(case, "ask_opinion", CLERK, unit="区 财政局")
    changed(at, case, 2)
    at.office.take(case, "ask_opinion", CLERK, unit="区 财政局")
    at.office.take(case, "record_opinion", CLERK, unit="区财政局", result="AGREE")
    assert list(case.opinions.values_list("superseded", "result")) == [(True, ""), (False, "AGREE")]


def test_the_audit_names_a_unit_that_is_asked_twice_under_two_spellings() -> None:
    at = life()
    case = argued(at)
    at.office.take(case, "ask_opinion", CLERK, unit="区财政局")
    with pytest.raises(IntegrityError), transaction.atomic():
        case.opinions.create(unit="区 财政局", asked_on=at.office.now.date())
    other = case.opinions.create(unit="区人社局", asked_on=at.office.now.date())
    case.opinions.filter(pk=other.pk).update(unit="区 财政局")
    assert list(words(road.now(case), bodies(case))) == ["对同一单位（区财政局）的征求意见有2条尚未答复"]


def test_two_bodies_of_one_name_are_two_askings() -> None:
    at = life()
    case = argued(at)
    first, second = (builders.add_body(at.office, "综合股", category="INNER") for _ in range(2))
    for body in (first, second):
        at.office.take(case, "ask_opinion", CLERK, body=str(body.uuid))
    with refused("WHICH_ASKING", "请在列表中选择所答复的一条"):
        at.office.take(case, "record_opinion", CLERK, unit="综合股", result="AGREE")
    at.office.take(case, "record_opinion", CLERK, unit=str(second.uuid), result="COMMENT")
    told = {one.body_id: (one.unit, one.result) for one in case.opinions.all()}
    assert told == {first.pk: ("综合股", ""), second.pk: ("综合股", "COMMENT")}
    assert bodies(case)[-1]["facts"]["unit"] == "综合股"


def test_a_body_of_another_district_or_nobody_is_not_asked() -> None:
    at = life()
    case = argued(at)
    with refused("NO_UNIT", "请选择在册机构"):
        at.office.take(case, "ask_opinion", CLERK)
    with refused("NO_SUCH_BODY"):
        at.office.take(case, "ask_opinion", CLERK, body="00000000-0000-4000-8000-000000000000")


def test_OPN_01_what_a_unit_said_of_other_lines_is_told_at_the_decision() -> None:
    at = life()
    case = argued(at)
    at.office.take(case, "ask_opinion", CLERK, unit="区财政局")
    at.office.take(case, "record_opinion", CLERK, unit="区财政局", result="AGREE")
    changed(at, case, 2)
    finished(at, case)
    found = bodies(case)[-1]["frozen"]["findings"]
    assert [one["message"] for one in found if one["rule"] == "OPN-01"] == [
        "区财政局的意见针对第1次报送的原方案，其后调整事项已变更。"
    ]


@pytest.mark.parametrize("row", [{"answered_on": None, "result": "AGREE"}, {"answered_on": "2026-03-10", "result": ""}])
def test_the_database_keeps_questions_and_answers_apart(row: dict) -> None:
    case = argued(life())
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(proposal=case, kind="CITY", asked_on="2026-03-10", **row)


def test_the_database_keeps_one_open_asking_a_unit() -> None:
    case = argued(life())
    Opinion.objects.create(proposal=case, unit="区财政局", asked_on="2026-03-10")
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(proposal=case, unit="区财政局", asked_on="2026-03-11")


# what the audit sees


def test_the_audit_names_a_step_that_relied_on_a_fallen_consent(monkeypatch) -> None:
    at = life()
    case = road.consulted(at.office, argued(at))
    changed(at, case, 9)
    finished(at, case)
    monkeypatch.setattr("proposals.rules.clauses.basis.CityConsultedFirst.check", lambda self, view: iter(()))
    at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    assert [
        "「提请上会」依据的市委编办沟通意见针对的是原方案，其后调整事项已变更" in one for one in chains.findings()
    ] == [True]


def test_the_audit_names_words_that_were_changed_lost_or_slipped_in() -> None:
    at = life()
    case = road.consulted(at.office, argued(at))
    at.office.take(case, "ask_opinion", CLERK, unit="区财政局")
    case.consents.update(digest="0" * 64)
    case.opinions.update(digest="0" * 64)
    told = list(words(road.now(case), bodies(case)))
    assert told == ["市委编办沟通意见所针对的方案与办理记录不符", "区财政局的意见所针对的方案与办理记录不符"]
    case.consents.all().delete()
    case.opinions.all().delete()
    told = list(words(road.now(case), bodies(case)))
    assert told[0] == "市委编办沟通意见登记0条，办理记录有1条" and "现已不存在" in told[1]


# no consent outlives its digest


@pytest.mark.parametrize("seed", range(3))
def test_no_consent_outlives_its_digest(seed: int) -> None:
    """Whatever people do in whatever order: a case that comes before the chair was talked over as it stands."""
    dice, at = random.Random(seed), life()
    case, proposed = argued(at), 0
    acts = (
        ("reargue", CLERK, {"reason": "调整。"}), ("finish_argument", CLERK, {"conclusion": "建议。"}),
        ("finish_argument", CLERK, {"conclusion": "建议。"}),
        ("consult_city", CLERK, {"letter": "函商。", "oral": True}), ("record_city_opinion", CLERK, {"result": "AGREE"}),
        ("send_to_compliance", CLERK, {}), ("pass_compliance", REVIEWER, {"opinion": "符合。"}),
        ("propose_item", DIRECTOR, {"opinion": "同意。"}), ("propose_item", DIRECTOR, {"opinion": "同意。"}),
        ("recall_item", DIRECTOR, {}), ("decline_item", CHAIR, {"reason": "再议。"}), ("number", "", {}),
    )  # fmt: skip
    for _ in range(60):
        now = road.now(case)
        rows = {one[0]: subjects.row_of(kind="case", step=one[0]).sources for one in acts if one[0] != "number"}
        step, who, facts = dice.choice([
            one for one in acts if (now.state in rows[one[0]] if one[0] in rows else now.editable)
        ])  # fmt: skip
        if step == "number":
            renumbered(case, dice.randint(1, 2))
            continue
        try:
            at.office.take(case, step, who, **facts)
        except Refused:
            continue
        fresh = road.now(case)
        if step == "propose_item":
            proposed += 1
            assert consents.standing(fresh, consents.Kind.CITY)
        if step == "finish_argument" and (said := consents.newest(fresh, consents.Kind.COMPLIANCE)):
            assert consents.stands(said, fresh)
        at.office.tick()
    assert proposed
    assert list(words(road.now(case), bodies(case))) == []


def test_words_that_an_older_release_had_overwritten_are_read_from_the_chain(monkeypatch) -> None:
    at = life()
    case = argued(at)
    at.office.take(case, "ask_opinion", CLERK, unit="区财政局")
    road.consulted(at.office, case)
    changed(at, case, 9)
    finished(at, case)
    road.consulted(at.office, case)
    at.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    columns = ("kind", "result", "round", "digest", "text", "by")
    before = [set(case.consents.values_list(*columns)), set(case.opinions.values_list("unit", "round", "digest"))]
    case.consents.all().delete()
    case.opinions.update(round=1, digest="", lines=[])
    monkeypatch.setattr(Proposal, "overrides", (), raising=False)  # a column of that release
    older = import_module("proposals.migrations.0021_consents_know_their_lines")
    older.fill(apps, SimpleNamespace(connection=connection, execute=lambda sql: None))
    assert [
        set(case.consents.values_list(*columns)),
        set(case.opinions.values_list("unit", "round", "digest")),
    ] == before
    assert list(words(road.now(case), bodies(case))) == []
