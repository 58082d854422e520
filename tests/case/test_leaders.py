"""A body that closes with leader posts says what becomes of them; people are printed only where they really go."""

from __future__ import annotations

import pytest

from docs_templates.sources.lines import adjustments
from project.web.forms.line_fields import uses
from project.web.tables import line_words
from proposals.models import ChangeOp, Proposal
from proposals.rules import law
from tests.case.conftest import DEPUTY, FULL, Desk

SAID = "副科级领导职数2名收回，现任1人另行安排"


def found(desk: Desk, case: Proposal) -> list[str]:
    return [one.message for one in law.findings(case=case, on=desk.office.now.date()) if one.rule == "MERGE-15"]


@pytest.mark.parametrize("op", [ChangeOp.ABOLISH, ChangeOp.MERGE])
def test_MERGE_15_leader_posts_are_provided_for(desk: Desk, op: str) -> None:
    line = {"op": op, "body": "甲中心", "counterpart": "乙中心"}
    silent = desk.draft("PSU_ABOLISH", {"op": "ABOLISH_INNER", "body": "综合股"}, line)
    assert found(desk, silent) == ["甲中心撤并时有领导职数2名（现任1人），没有写明去向。"]
    told = desk.draft("PSU_ABOLISH", {"op": "ABOLISH_INNER", "body": "综合股"}, {**line, "params": {"leaders": SAID}})
    assert found(desk, told) == []
    changes = adjustments.of_case(case=told, on=desk.office.now.date()).changes
    assert any(SAID in one.note and one.after == "撤销" for one in changes)
    assert dict(line_words.more(told.lines.get(op=op)))["领导职数及现任人员去向"] == SAID
    assert uses(op, "leaders")


def test_a_body_without_leader_posts_is_not_asked(desk: Desk) -> None:
    case = desk.draft("PSU_ABOLISH", {"op": "ABOLISH", "body": "乙中心", "counterpart": "甲中心"})
    assert found(desk, case) == []


def test_posts_that_left_before_are_no_question_any_more(desk: Desk) -> None:
    cut = {"op": "LEADER_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": DEPUTY, "requested": 2,
           "params": {"people": 1}}  # fmt: skip
    case = desk.draft("PSU_ABOLISH", cut, {"op": "ABOLISH_INNER", "body": "综合股"},
                      {"op": "ABOLISH", "body": "甲中心", "counterpart": "乙中心"})  # fmt: skip
    assert found(desk, case) == []
    notes = {one.item: one.note for one in adjustments.of_case(case=case, on=desk.office.now.date()).changes}
    assert notes["副科级领导职数"] == "现任1人随职数划转"


def test_who_loses_his_post_is_not_moved_with_it(desk: Desk) -> None:
    """The incumbent's post goes back to the district; nobody is 随编划转."""
    line = {"op": "ABOLISH", "body": "甲中心", "counterpart": "乙中心", "params": {"leaders": SAID}}
    case = desk.draft("PSU_ABOLISH", {"op": "ABOLISH_INNER", "body": "综合股"}, line)
    notes = {
        (one.body, one.item): one.note for one in adjustments.of_case(case=case, on=desk.office.now.date()).changes
    }
    assert notes["甲中心", "副科级领导职数"] == ""
    assert {note for (_, item), note in notes.items() if item.startswith("事业编制")} == {"随编划转15人"}


@pytest.mark.parametrize(("granted", "said"), [(3, "随编划转2人"), (1, "随编划转1人"), (0, "")])
def test_the_number_of_people_follows_what_is_given(desk: Desk, granted: int, said: str) -> None:
    line = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3,
            "params": {"people": 2}}  # fmt: skip
    case = desk.draft("STAFF_TRANSFER", line)
    case.lines.update(decided=granted, granted=granted)
    case.__dict__.pop("change_lines", None)
    notes = {one.body: one.note for one in adjustments.of_case(case=case, on=desk.office.now.date()).changes}
    assert notes["甲中心"] == notes["乙中心"] == said
    assert dict(line_words.more(case.lines.get())).get("随编划转人数", "") == said.strip("随编划转人")
