"""What was sent comes back to be corrected as long as nobody has taken it up, and only to the side that sent it."""

import pytest

from proposals.case import drafts
from proposals.models import Proposal
from proposals.vocabulary import State
from tests import builders
from tests.committee.chamber import CHAIR, refused
from tests.stories.town import Town

UNIT, HEAD, CLERK, SECOND, DIRECTOR = "danwei", "danweifuze", "bianban1", "bianban2", "zhuren"
OF_UNIT = {"who": UNIT, "origin": "UNIT", "path": "/wuhai/haibowan/zuzhibu/", "proposer": "区委组织部"}
USE = {"op": "USE", "body": "甲中心", "unit": "PSU_FULL", "requested": 1}


@pytest.fixture
def office(db):
    return builders.office_with_law()


def charter(office, **fields):
    street = office.bodies.get("演示街道") or builders.add_body(office, "演示街道", category="STREET")
    return builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": street.uuid}], **fields)


def state(case):
    return Proposal.objects.get(pk=case.pk).state


def test_a_unit_takes_its_paper_back_corrects_it_and_sends_it_again(office):
    case = charter(office, **OF_UNIT)
    office.take(case, "send_to_office", UNIT)
    office.take(case, "take_back", UNIT)
    fresh = Proposal.objects.get(pk=case.pk)
    assert (fresh.state, fresh.editable) == (State.DRAFT, True)
    drafts.save_fields(case=case.uuid, seen=fresh.concern, fields={"title": "关于修订“三定”规定的动议（更正）"})
    office.take(case, "send_to_office", HEAD)
    assert [one.snapshot["title"][-4:] for one in case.rounds.all()] == ["制的动议", "（更正）"]


def test_the_head_of_the_unit_may_take_back_what_the_drafter_sent_but_the_office_may_not(office):
    case = charter(office, **OF_UNIT)
    office.take(case, "send_to_office", UNIT)
    with refused("SENT_BY_OTHERS", "只能由其本人或者同一单位的人员"):
        office.take(case, "take_back", CLERK)
    office.take(case, "take_back", HEAD)
    assert state(case) == State.DRAFT


def test_a_colleague_may_take_back_what_the_office_sent_but_a_unit_may_not(office):
    case = charter(office)
    office.take(case, "send_to_office", CLERK)
    with refused("NOT_YOURS"):
        office.take(case, "take_back", UNIT)
    office.take(case, "take_back", SECOND)
    assert state(case) == State.DRAFT


def test_nothing_comes_back_once_the_office_has_taken_it_up(office):
    case = charter(office)
    office.take(case, "send_to_office", CLERK)
    office.take(case, "urge", DIRECTOR)
    office.take(case, "register_incoming", SECOND, incoming_number="1")
    with refused("NOT_OPEN", "「受理审查」环节，不能办理「撤回修改」"):
        office.take(case, "take_back", CLERK)


def test_a_reminder_is_not_yet_taking_up(office):
    case = charter(office)
    office.take(case, "send_to_office", CLERK)
    office.take(case, "urge", DIRECTOR)
    office.take(case, "take_back", CLERK)
    assert state(case) == State.DRAFT


def test_a_corrected_paper_that_was_sent_again_comes_back_and_goes_on(office):
    case = charter(office, **OF_UNIT)
    office.take(case, "send_to_office", UNIT)
    office.take(case, "register_incoming", CLERK, incoming_number="1")
    office.take(case, "return_for_correction", CLERK, reason="缺材料。")
    office.take(case, "resend", UNIT)
    office.take(case, "take_back", UNIT)
    office.take(case, "send_to_office", UNIT)
    assert (state(case), Proposal.objects.get(pk=case.pk).round) == (State.SUBMITTED, 2)


@pytest.mark.usefixtures("db")
def test_a_small_matter_comes_back_until_the_director_or_anybody_else_has_acted():
    town = Town()
    case = town.draft("STAFF_USE", USE)
    town.office.take(case, "send_small", CLERK)
    town.office.take(case, "take_back", SECOND)
    town.office.take(case, "send_small", CLERK)
    town.office.take(case, "ask_opinion", SECOND, unit="区财政局")
    with refused("TAKEN_UP", "经办乙已在"):
        town.office.take(case, "take_back", CLERK)
    assert state(case) == State.OFFICE_REVIEW


def test_a_matter_of_the_full_track_is_not_taken_back_from_the_offices_review(office):
    case = argued(office)
    with refused("TAKEN_UP", "不能再「撤回修改」"):
        office.take(case, "take_back", CLERK)


def argued(office):
    case = charter(office)
    office.take(case, "send_to_office", CLERK)
    office.take(case, "register_incoming", CLERK, incoming_number="1")
    office.take(case, "accept", CLERK, checks_passed=True)
    office.take(case, "finish_argument", CLERK, conclusion="建议提请。")
    return case


def test_the_director_takes_back_what_the_chair_has_not_answered(office):
    case = argued(office)
    office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    office.take(case, "recall_item", DIRECTOR)
    assert state(case) == State.OFFICE_REVIEW
    office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    office.take(case, "approve_item", CHAIR)
    with refused("NOT_OPEN"):
        office.take(case, "recall_item", DIRECTOR)


def test_the_clerk_takes_back_what_the_compliance_desk_has_not_answered(office):
    case = charter(office)
    office.take(case, "send_to_office", CLERK)
    office.take(case, "register_incoming", CLERK, incoming_number="1")
    office.take(case, "accept", CLERK, checks_passed=True)
    office.take(case, "send_to_compliance", CLERK)
    office.take(case, "recall_to_argument", CLERK)
    assert state(case) == State.ARGUING
