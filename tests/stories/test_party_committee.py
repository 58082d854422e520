"""区委 in the route: its consent is recorded, it may change a number, put a matter off, or refuse it."""

import json

import pytest

from docs_templates.models import FrozenPaper
from proposals.models import Proposal
from proposals.vocabulary import State
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CITY, DIRECTOR, FULL, Town, stations

MEETING = "区委常委会2026年第9次会议"
MORE = {"op": "QUOTA_ADD", "body": "甲中心", "unit": FULL, "requested": 5, "params": {"source": "CITY"}}


def begin(town: Town) -> Proposal:
    """Carry an increase that the city grants to the Party committee."""
    case = town.draft("STAFF_INCREASE", MORE)
    case = Life.proposed(town, Life.argued(town, case), consult=True)
    Life.decided(town, case)
    town.closed_to(case, "prepare_filing").refuses("本事项须先报区委审定，请先办理「报区委审定」。")
    town.step(case, "refer_to_party_committee", opinion="请审定。")
    return road.now(case)


def test_its_consent_is_recorded_and_the_case_goes_up(town: Town, case: Proposal) -> None:
    town.step(case, "record_party_committee", meeting=MEETING)
    now = road.now(case)
    assert (now.party_committee["result"], now.decided_by, now.round) == ("同意", "PARTY_COMMITTEE", 1)
    assert stations(case)[-2:] == [State.PARTY_COMMITTEE, State.DISPATCHING]


@pytest.mark.full_press
def test_five_become_four_in_plan_papers_and_register(town: Town, case: Proposal) -> None:
    line = case.lines.get()
    town.step(case, "record_party_committee", meeting=MEETING, **{f"values-{line.uuid}": 4})
    line.refresh_from_db()
    assert (line.requested, line.decided, road.now(case).round) == (5, 4, 2)
    Life.filed(town, case)
    paper = json.loads(FrozenPaper.objects.get(subject_uuid=case.uuid, slug="qingshi").facts)
    (told,) = paper["changes"]
    assert (told["body"], told["requested"], told["decided"]) == ("甲中心", "5", "4")
    town.step(case, "city_approve", CITY, number="乌编发〔2026〕15号")
    road.issued(town.office, case)
    assert town.numbers("甲中心", FULL).approved == 24


def test_what_the_committee_changed_stands_beside_what_the_party_committee_changes(town: Town) -> None:
    other = {**MORE, "body": "乙中心", "requested": 3}
    case = Life.proposed(town, Life.argued(town, town.draft("STAFF_INCREASE", MORE, other)), consult=True)
    (item,) = town.called_for(case)
    first, second = case.lines.order_by("position")
    town.at_meeting("open_item", item=item)
    town.at_meeting("amend_item", item=item, amendment="甲中心4名。", **{f"values-{first.uuid}": 4})
    town.at_meeting("record_no_objection", item=item, motion="AS_AMENDED")
    town.at_meeting("conclude_item", item=item)
    town.minuted()
    town.step(case, "refer_to_party_committee")
    town.step(case, "record_party_committee", meeting=MEETING, **{f"values-{second.uuid}": 2})
    assert [line.decided for line in case.lines.order_by("position")] == [4, 2]


def test_it_puts_a_matter_off_and_the_office_argues_again(town: Town, case: Proposal) -> None:
    town.step(case, "record_party_deferral", meeting=MEETING, reason="待财政测算后再议。")
    town.step(case, "reargue", DIRECTOR, reason="补充财政测算。")
    assert stations(case)[-3:] == [State.PARTY_COMMITTEE, State.DEFERRED, State.ARGUING]
    town.step(case, "finish_argument", conclusion="已补充测算。")
    Life.proposed(town, case)
    Life.decided(town, case)
    town.closed_to(case, "prepare_filing").refuses("本事项须先报区委审定")
    town.step(case, "refer_to_party_committee")


def test_it_refuses_and_the_unit_is_told(town: Town, case: Proposal) -> None:
    town.step(case, "record_party_refusal", meeting=MEETING, reason="总量不再增加。")
    town.step(case, "prepare_downward")
    town.signed(case, "fuhan")
    town.step(case, "issue_refusal", DIRECTOR)
    letter = FrozenPaper.objects.get(subject_uuid=case.uuid, slug="fuhan").facts
    assert "区委常委会" in letter and "总量不再增加" in letter
    assert road.now(case).state == State.CLOSED


def test_what_was_refused_before_it_came_there_is_answered_without_it(town: Town) -> None:
    case = Life.argued(town, town.draft("STAFF_INCREASE", MORE))
    town.step(case, "refuse_by_office", DIRECTOR, reason="不符合总量控制要求。")
    town.step(case, "prepare_downward")
    town.signed(case, "fuhan")
    town.step(case, "issue_refusal", DIRECTOR)
    assert road.now(case).state == State.CLOSED


def test_a_matter_that_waits_for_it_cannot_take_effect_ahead(town: Town) -> None:
    group = {
        "op": "COORD_CREATE",
        "body_name": "区基层治理领导小组",
        "params": {"end_condition": "任务完成后撤销", "ends_on": "2028-12-31"},
    }
    case = town.draft("COORD_BODY_SETUP", group)
    Life.proposed(town, Life.argued(town, case))
    Life.decided(town, case)
    town.closed_to(case, "issue_ahead", DIRECTOR).refuses("本事项须先报区委审定")


@pytest.mark.parametrize("step", ["record_party_committee", "record_party_deferral", "record_party_refusal"])
def test_what_it_decided_names_its_meeting(town: Town, case: Proposal, step: str) -> None:
    page = town.step(case, step, status=422)
    page.refuses("常委会会议（届次、次数）")


def test_a_matter_that_is_not_for_it_is_not_sent_there(town: Town) -> None:
    move = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}
    case = Life.proposed(town, Life.argued(town, town.draft("STAFF_TRANSFER", move)))
    Life.decided(town, case)
    town.closed_to(case, "refer_to_party_committee").refuses("按审批权限，本事项不需报区委审定。")
