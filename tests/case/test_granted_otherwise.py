"""The city may grant more than was laid before it, or posts of another type: recorded as granted, never silently."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from docs_templates.sources.lines import adjustments
from project.web.forms.paper import ReplyForm
from proposals.case.values import in_force
from proposals.case.values.in_force import Share
from proposals.ledger import balances
from proposals.models import Account, ChangeLine, Proposal
from proposals.plan import trial
from proposals.vocabulary import State
from tests.case.conftest import CHIEF, DEPUTY, FULL, Desk
from tests.committee.chamber import refused
from tests.papers_bound import road
from tests.papers_bound.road import CITY
from tests.stories.visitor import Visitor
from workflows.audit.ledger import replayed

LEADERS = {"op": "LEADER_ADD", "body": "演示街道", "unit": DEPUTY, "requested": 2, "params": {"source": "CITY"}}
POSTS = {"op": "QUOTA_ADD", "body": "乙中心", "unit": FULL, "requested": 3}
WORDS = "核定演示街道正科级领导职数1名。"


def begin(desk: Desk) -> Proposal:
    """Two deputies for 演示街道 and three posts for 乙中心, decided and on the city's desk."""
    return desk.at_city(desk.agreed(desk.draft("LEADER_POSTS", LEADERS, POSTS, title="关于核定领导职数的动议")))


@pytest.fixture
def case(desk: Desk) -> Proposal:
    """The case that the module began with."""
    assert desk.begun
    return road.now(desk.begun)


def approve(desk: Desk, case: Proposal, **facts: Any) -> Proposal:
    desk.office.take(case, "city_approve", CITY, number="乌编办〔2026〕9号", **facts)
    return road.now(case)


def instead(desk: Desk, case: Proposal, unit: str = CHIEF, n: int = 1) -> dict[str, Any]:
    return {str(desk.line(case, 1).uuid): {"unit": unit, "n": n}}


def test_one_chief_instead_of_two_deputies(desk: Desk, case: Proposal) -> None:
    none = desk.numbers_for(case, {1: 0})
    with refused("NO_WORDING", "请填写「批准内容与报送不同的原文」"):
        approve(desk, case, granted=none, instead=instead(desk, case))
    granted = approve(desk, case, granted=none, instead=instead(desk, case), wording=WORDS)
    line = desk.line(granted, 1)
    assert (line.requested, line.decided, line.granted, line.granted_wording) == (2, 2, 0, WORDS)
    assert in_force.of(line) == (Share(CHIEF, 1),)
    assert in_force.of(desk.line(granted, 2)) == (Share(FULL, 3),)
    told = adjustments.of_case(case=granted, on=desk.office.now.date())
    row = next(one for one in told.changes if one.item == "正科级领导职数")
    assert (row.before, row.after, row.granted) == ("0名", "1名", "1")
    assert next(one for one in told.changes if "副科级" in one.item).granted == "0"
    road.issued(desk.office, granted)
    assert desk.numbers("演示街道", CHIEF).approved == 1
    assert desk.numbers("演示街道", DEPUTY).approved == 0
    assert desk.numbers("乙中心", FULL).approved == 13


def test_one_of_each_is_possible_too(desk: Desk, case: Proposal) -> None:
    granted = approve(
        desk, case, granted=desk.numbers_for(case, {1: 1}), instead=instead(desk, case), wording="核定1正1副。"
    )
    assert in_force.of(desk.line(granted, 1)) == (Share(DEPUTY, 1), Share(CHIEF, 1))


def test_more_than_was_asked_is_in_the_citys_words_and_reserved(desk: Desk, case: Proposal) -> None:
    more = desk.numbers_for(case, {2: 5})
    with refused("MORE_THAN_ASKED", "请填写「批准内容与报送不同的原文」"):
        approve(desk, case, granted=more)
    assert desk.pool(FULL, "HELD") == 3
    granted = approve(desk, case, granted=more, wording="核增乙中心全额事业编制5名。")
    assert (desk.line(granted, 2).amount, desk.pool(FULL, "HELD")) == (5, 5)
    assert desk.line(granted, 1).granted_wording == "", "the words stand with the line that they are about"


def test_what_the_district_cannot_give_is_not_accepted(desk: Desk, case: Proposal) -> None:
    with refused("DOES_NOT_HOLD", "第2项不能执行"):
        approve(desk, case, granted=desk.numbers_for(case, {2: 500}), wording="核增500名。")
    with refused("OTHER_TYPE", "不能改批为行政编制"):
        approve(desk, case, instead=instead(desk, case, "ADMIN"), wording="核定行政编制1名。")
    with refused("SAME_TYPE"):
        approve(desk, case, instead=instead(desk, case, DEPUTY), wording="核定副职1名。")
    other = {str(desk.line(case, 2).uuid): {"unit": "ADMIN", "n": 1}}
    with refused("D486-15", "不得使用行政编制"):
        approve(desk, case, instead=other, wording="核增行政编制1名。")


def test_a_reply_on_paper_says_it_as_well(desk: Desk, case: Proposal) -> None:
    line = desk.line(case, 1)
    typed = {"result": "city_approve", "opinion": "", f"granted-{line.uuid}": "0", f"instead_unit-{line.uuid}": CHIEF,
             f"instead_n-{line.uuid}": "1", "wording": WORDS}  # fmt: skip
    form = ReplyForm(typed, case=case, lines=trial.lines_of(case))
    assert form.is_valid(), form.errors
    act = form.act(number="乌编办〔2026〕9号")
    assert act is not None
    assert act["facts"]["instead"] == instead(desk, case)
    desk.replied_on_paper((case, "city_approve", act["facts"]), number="乌编办〔2026〕9号", on=desk.office.now.date())
    assert in_force.of(desk.line(case, 1)) == (Share(CHIEF, 1),)
    half = ReplyForm({**typed, f"instead_n-{line.uuid}": ""}, case=case, lines=trial.lines_of(case))
    assert not half.is_valid()


def test_the_citys_own_page_takes_it_and_proposes_nought(desk: Desk, case: Proposal) -> None:
    line, page = desk.line(case, 1), Visitor(desk.office.people[CITY], desk.office)
    page.open(f"/cases/{case.uuid}/steps/city_approve/").press("市级批复", **{
        "number": "乌编办〔2026〕9号", f"granted-{line.uuid}": "0", f"instead_unit-{line.uuid}": CHIEF,
        f"instead_n-{line.uuid}": "1", "wording": WORDS,
    })  # fmt: skip
    assert road.now(case).state == State.CITY_APPROVED
    shown = page.open(f"/cases/{case.uuid}/").words
    assert "市级另批正科级领导职数1名" in shown
    assert WORDS in shown


def test_a_leaning_line_is_proposed_as_nought_after_the_refusal(desk: Desk) -> None:
    case = desk.at_city(desk.agreed(desk.founding({**POSTS, "body": "丙中心"})))
    one, other = desk.line(case, 1), desk.line(case, 2)
    page = Visitor(desk.office.people[CITY], desk.office).open(f"/cases/{case.uuid}/steps/city_approve/")
    assert "以第1项为前提" in page.words
    page.press("市级批复", status=422, **{"number": "9号", f"granted-{one.uuid}": "0"})
    assert "第2项也须填0" in page.words
    assert page.page.xpath(f"//input[@name='granted-{other.uuid}']/@value") == ["0"]


def test_the_database_asks_for_the_words(desk: Desk, case: Proposal) -> None:
    lines = ChangeLine.objects.filter(proposal=case, position=1)
    for wrong in ({"granted": 3}, {"granted_instead": 1, "granted_unit": CHIEF}, {"granted_unit": CHIEF}):
        with pytest.raises(IntegrityError), transaction.atomic():
            lines.update(**wrong)
    for right in ({"granted": 3}, {"granted_instead": 1, "granted_unit": CHIEF}):
        lines.update(granted_wording=WORDS, **right)


def test_the_record_tells_what_stands(desk: Desk, case: Proposal) -> None:
    body = {"step": "city_approve", "facts": {"granted": {}, "instead": instead(desk, case), "wording": WORDS}}
    told = replayed(case, [{"step": "resolve_approved", "facts": {}}, body])
    assert told["granted_instead"] == {str(desk.line(case, 1).uuid): 1}
    assert balances.standing(territory=desk.office.district, as_of=desk.office.now.date())
    assert Account.objects.filter(case=case.uuid).exists()
