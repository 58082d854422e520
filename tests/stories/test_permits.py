"""A permit for the use of posts: printed, used up by people, handed back, and lapsing after its day."""

import json

import pytest

from docs_templates.models import FrozenPaper
from proposals.models import Entry, Permit, Proposal
from proposals.vocabulary import State
from tests.committee.chamber import refused
from tests.papers_bound import road
from tests.stories.town import CLERK, DIRECTOR, FULL, SECOND, Town, stations
from workflows.jobs import due
from workflows.jobs.worker import drain

TYPED = {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 2, "use_way": "RECRUIT", "post": "窗口岗位"}


def begin(town: Town) -> Proposal:
    """Bring a small matter to its permit."""
    case = town.opened("甲中心用编申请", "STAFF_USE", proposer="甲中心")
    town.lined(case, TYPED)
    town.step(case, "send_small")
    town.step(case, "decide_by_office", DIRECTOR)
    town.step(case, "issue_permit", expires_on="2026-09-06")
    return road.now(case)


@pytest.mark.full_press
def test_a_permit_takes_three_acts_of_two_people_and_is_printed(town: Town, case: Proposal) -> None:
    permit = Permit.objects.get(case=case.uuid)
    acts = Entry.objects.filter(subject_id=case.uuid)
    assert (acts.count(), acts.values("actor").distinct().count()) == (3, 2)
    assert stations(case) == [State.OFFICE_REVIEW, State.OFFICE_DECIDED, State.CLOSED]
    assert permit.number == case.numbers["hezhundan"] == "海用编〔2026〕1号"
    drain()
    paper = FrozenPaper.objects.get(subject_uuid=case.uuid, slug="hezhundan")
    printed = town.visitor(CLERK).open(f"/papers/{paper.uuid}/").response
    assert printed.content.startswith(b"%PDF-")
    listed = town.visitor(CLERK).open("/permits/").words
    assert permit.number in listed and "招录（聘）" in listed and "窗口岗位" in listed
    told = json.loads(paper.facts)
    assert (told["ways"], told["post"], told["from_outside"]) == ("招录（聘）", "窗口岗位", False)


def test_people_take_up_posts_on_the_permit_and_not_beyond_it(town: Town, case: Proposal) -> None:
    permit = Permit.objects.get(case=case.uuid)
    before = town.numbers("甲中心", FULL)
    body, asked = town.named("甲中心").uuid, f"?permit={permit.uuid}"
    form = {"body": body, "unit": FULL, "permit": permit.uuid, "paper": "入编通知单1号"}
    page = town.at_register("enrol", asked=asked, status=422, count=3, **form)
    assert "核准单" in page.reasons, page.reasons
    town.at_register("enrol", asked=asked, count=1, **form)
    now = town.numbers("甲中心", FULL)
    assert (before.actual, before.committed, now.actual, now.committed) == (15, 2, 16, 1)
    town.step(case, "archive", SECOND)
    drain()
    assert [one["kind"] for one in road.now(case).packages] == ["ARCHIVE"]


def test_an_unused_permit_lapses_after_its_day(town: Town, case: Proposal) -> None:
    permit = Permit.objects.get(case=case.uuid)
    page = town.at_register("expire_permit", status=422, permit=permit.uuid)
    page.refuses("用编核准单有效期至2026-09-06，尚未到期。")
    town.pass_days(200)
    page = town.at_register(
        "enrol", status=422, body=town.named("甲中心").uuid, unit=FULL, count=1, permit=permit.uuid, paper="通知单"
    )
    page.refuses("用编核准单已于2026-09-06到期，请重新申请用编。")
    town.at_register("expire_permit", permit=permit.uuid)
    assert town.numbers("甲中心", FULL).vacant == 5


def test_a_permit_is_reminded_of_and_then_lapses_by_itself(town: Town, case: Proposal) -> None:
    permit = Permit.objects.get(case=case.uuid)
    assert "到期提醒" not in town.visitor(CLERK).open("/").words
    town.pass_days(178)
    reminded = town.visitor(CLERK).open("/").words
    assert f"用编核准单 {permit.number} ，剩余 2 名".replace(" ，", "，") in reminded, reminded
    assert "2026年9月6日 临近到期 抓紧办理入编" in reminded
    listed = town.visitor(CLERK).open("/permits/").words
    assert "2026年9月6日" in listed and "临近到期" in listed
    assert "到期提醒" not in town.visitor("bianwei2").open("/").words
    town.pass_days(4)
    assert due.run(at=town.office.now) == (1, 0)
    form = {"unit": FULL, "count": 1, "permit": str(permit.uuid), "paper": "通知单", "body": town.named("甲中心").uuid}
    with refused("PERMIT_USED", "到期未用的已经释放，请重新申请用编"):
        town.office.enter("enrol", CLERK, happened_on=permit.expires_on, **form)
    assert town.numbers("甲中心", FULL).vacant == 5
    assert "到期提醒" not in town.visitor(CLERK).open("/").words
    assert "没有尚未用完的用编核准单。" in town.visitor(CLERK).open("/permits/").words


def test_what_will_not_be_filled_is_handed_back_before_the_last_day(town: Town, case: Proposal) -> None:
    permit = Permit.objects.get(case=case.uuid)
    form = {"permit": permit.uuid, "reason": "岗位撤销", "paper": "甲中心来函"}
    page = town.at_register("hand_back_permit", status=422, count=3, **form)
    page.refuses("用编核准单剩余2名，少于退回的3名，请核对退回数。")
    town.at_register("hand_back_permit", count=1, **form)
    now = town.numbers("甲中心", FULL)
    assert (now.committed, now.vacant) == (1, 4)
