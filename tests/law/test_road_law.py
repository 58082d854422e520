"""One law says who decides a case, from its acceptance to its end, until it is routed anew in so many words."""

import json
from datetime import date

import pytest

from proposals.case import drafts
from proposals.law import law_in_time
from proposals.models import AuthorityRule, Entry, Proposal, Setting
from proposals.rules import law
from proposals.vocabulary import Decider, DecisionMode, FilingMode, State
from tests import builders
from tests.committee.chamber import Chamber, refused, state_of
from tests.stories.life import Life
from workflows.audit.reading import chains
from workflows.audit.routing import routes

pytestmark = pytest.mark.django_db

CLERK, DIRECTOR = "bianban1", "zhuren"
NEW = date(2026, 3, 12)
OLD_ROAD = f"区委编办审核，区委编委审批，{Decider.CITY.label}备案"
NEW_ROAD = f"区委编办审核，{Decider.CITY.label}审批"


def now(case) -> Proposal:
    return Proposal.objects.get(pk=case.pk)


def accepted(chamber: Chamber, *, title: str = "关于修订“三定”规定的动议") -> Proposal:
    """Carry a charter, which the committee decides, to where the office argues it."""
    case = builders.draft(
        chamber.office, "SANDING_REVISE", [{"op": "CHARTER", "body": chamber.body().uuid}], title=title
    )
    chamber.office.take(case, "send_to_office", CLERK)
    chamber.office.take(case, "register_incoming", CLERK, incoming_number=title)
    chamber.office.take(case, "accept", CLERK, checks_passed=True)
    return now(case)


def argued(chamber: Chamber) -> Proposal:
    case = accepted(chamber)
    chamber.office.take(case, "finish_argument", CLERK, conclusion="建议提请。")
    return now(case)


def the_city_decides_from(day: date, *, op: str = "CHARTER") -> None:
    """Let the law of a later day send charters to the city, which has to be asked before."""
    territory = Proposal.objects.latest("pk").territory
    for row in AuthorityRule.objects.filter(territory=territory, op=op, mode=DecisionMode.APPROVE):
        AuthorityRule.objects.filter(pk=row.pk).update(until=date(2026, 3, 11))
    AuthorityRule.objects.create(
        territory=territory, op=op, decider=Decider.CITY, mode=DecisionMode.APPROVE, since=day, citation="新规"
    )
    Setting.objects.create(
        territory=territory, topic="SWITCH", key="pre_communication", value=True, since=day, citation="新规"
    )


def test_the_law_of_the_acceptance_is_asked_to_the_end() -> None:
    """The law changed under way said that the city decides, and nobody asked the city before it took effect."""
    chamber = Chamber()
    case = argued(chamber)
    the_city_decides_from(NEW)
    chamber.office.tick(days=3)
    chamber.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    assert [leg["decider"] for leg in now(case).route if leg["mode"] == "APPROVE"] == [Decider.COMMITTEE]
    assert (now(case).routed_on, now(case).filing_mode) == (date(2026, 3, 10), FilingMode.RECORD)


def test_working_on_the_lines_keeps_the_law() -> None:
    chamber = Chamber()
    case = accepted(chamber)
    the_city_decides_from(NEW)
    chamber.office.tick(days=3)
    chamber.office.take(case, "finish_argument", CLERK, conclusion="建议提请。")
    assert [leg["decider"] for leg in now(case).route if leg["mode"] == "APPROVE"] == [Decider.COMMITTEE]
    told = json.loads(Entry.objects.filter(subject_id=case.uuid).latest("seq").body)["frozen"]
    assert told["routed_on"] == "2026-03-10"


def test_a_body_that_is_newer_than_the_acceptance_is_known_when_the_lines_are_routed_again() -> None:
    chamber = Chamber()
    case = accepted(chamber)
    chamber.office.tick(days=2)
    young = builders.add_body(chamber.office, "乙街道", category="STREET")
    young.versions.update(valid_from=date(2026, 3, 11))
    drafts.save_lines(case=case.uuid, seen=now(case).concern, lines=[{"op": "CHARTER", "body": young}])
    chamber.office.take(case, "finish_argument", CLERK, conclusion="建议提请。")
    assert state_of(case) == State.OFFICE_REVIEW


def test_a_case_is_routed_anew_with_a_reason_and_the_new_law_counts_from_then_on() -> None:
    chamber = Chamber()
    case = argued(chamber)
    with refused("SAME_LAW", "审批路径与原来一致"):
        chamber.office.take(case, "reroute", CLERK, reason="听说规定变了。")
    the_city_decides_from(NEW)
    chamber.office.tick(days=3)
    found = law_in_time.other(case=now(case), on=chamber.office.now.date())
    assert found is not None and law_in_time.in_words(found.own) == OLD_ROAD and found.now_words == NEW_ROAD
    chamber.office.take(case, "reroute", DIRECTOR, reason="新规定已施行。")
    fresh = now(case)
    assert (fresh.state, fresh.routed_on, fresh.filing_mode) == (State.OFFICE_REVIEW, date(2026, 3, 13), "APPROVE")
    with refused("PRE-01"):
        chamber.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    assert law_in_time.other(case=fresh, on=chamber.office.now.date()) is None
    assert list(routes(fresh, bodies(fresh))) == []


def bodies(case: Proposal) -> list[dict]:
    return [json.loads(entry.body) for entry in Entry.objects.filter(subject_id=case.uuid).order_by("seq")]


def test_what_lies_with_the_committee_is_not_sent_past_what_comes_before_it() -> None:
    chamber = Chamber()
    case = argued(chamber)
    chamber.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    the_city_decides_from(NEW)
    chamber.office.tick(days=3)
    with refused("WITH_THE_COMMITTEE", "请先办理「收回议题」后再重新确定。"):
        chamber.office.take(case, "reroute", DIRECTOR, reason="新规定已施行。")
    chamber.office.take(case, "recall_item", DIRECTOR)
    chamber.office.take(case, "reroute", DIRECTOR, reason="新规定已施行。")
    assert now(case).filing_mode == FilingMode.APPROVE


def test_what_is_decided_is_not_routed_anew() -> None:
    life = Life()
    life.enter_opening([{"code": "J1", "name": "演示街道", "category": "STREET"}], {})
    case = life.proposed(life.argued(life.draft("SANDING_REVISE", {"op": "CHARTER", "body": "演示街道"})))
    life.decided(case)
    the_city_decides_from(NEW)
    life.office.tick(days=3)
    with refused("NOT_OPEN", "不能办理「重新确定审批路径」"):
        life.office.take(case, "reroute", DIRECTOR, reason="新规定已施行。")


def test_the_page_shows_the_law_of_the_case_and_the_new_one_beside_it(client, monkeypatch) -> None:
    chamber = Chamber()
    case = argued(chamber)
    the_city_decides_from(NEW)
    chamber.office.tick(days=3)
    monkeypatch.setattr("django.utils.timezone.now", lambda: chamber.office.now)
    client.force_login(chamber.office.people[CLERK])
    shown = client.get(f"/cases/{case.uuid}/").content.decode()
    assert OLD_ROAD in shown and "适用原规定" in shown and NEW_ROAD in shown
    assert f"/cases/{case.uuid}/steps/reroute/" in shown


@pytest.mark.parametrize("step", ["finish_argument", "send_to_compliance"])
def test_FORM_00_lines_taken_away_or_decided_by_nobody_are_named_and_not_a_fault_of_the_system(step: str) -> None:
    chamber = Chamber()
    case = accepted(chamber)
    conclusion = {"conclusion": "建议提请。"} if step == "finish_argument" else {}
    drafts.save_lines(case=case.uuid, seen=case.concern, lines=[])
    with refused("FORM-00", "尚未填写调整事项。请在「调整事项」中至少填写一项。") as refusal:
        chamber.office.take(case, step, CLERK, **conclusion)
    assert "R14" not in refusal.value.codes
    AuthorityRule.objects.filter(op="OTHER").delete()
    drafts.save_lines(case=case.uuid, seen=now(case).concern, lines=[{"op": "OTHER", "body": chamber.body()}])
    with refused("R14", "办事规则没有写明"):
        chamber.office.take(case, step, CLERK, **conclusion)


def test_a_draft_without_lines_says_so_and_blames_no_rule() -> None:
    chamber = Chamber()
    case = builders.draft(chamber.office, "SANDING_REVISE", [])
    texts = [finding.message for finding in law.findings(case=case, on=date(2026, 3, 10))]
    assert "尚未填写调整事项。" in texts and not any("没有写明" in text for text in texts)


def test_the_audit_names_a_body_on_the_road_that_never_answered() -> None:
    case = argued(Chamber())
    told = bodies(case)
    issued = {**told[-1], "step": "issue_downward", "seq": 9, "frozen": {}}
    faults = list(routes(case, [*told, issued]))
    assert faults == [
        "已经生效，但审批路径中的区委编办审核没有办理", "已经生效，但审批路径中的区委编委审批没有办理",
    ]  # fmt: skip


def test_the_audit_names_a_road_that_was_changed_in_the_database() -> None:
    case = argued(Chamber())
    assert list(chains.findings()) == []
    Proposal.objects.filter(pk=case.pk).update(route=[{"decider": "OFFICE", "mode": "APPROVE", "citation": "x"}])
    assert any("审批路径与办理记录不符" in fault for fault in chains.findings())
    Proposal.objects.filter(pk=case.pk).update(route=case.route, routed_on=NEW)
    assert any("适用规定的日期与办理记录不符" in fault for fault in chains.findings())


def test_the_audit_names_a_second_law_on_the_way() -> None:
    case = argued(Chamber())
    told = bodies(case)
    later = {**told[-1], "frozen": {**told[-1]["frozen"], "routed_on": "2026-03-12"}}
    assert "没有办理「重新确定审批路径」" in "".join(routes(case, [*told[:-1], later]))
