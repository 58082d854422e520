"""A setting of the rulebook has the shape of its topic, or says in one sentence what is wanted; each side once."""

from __future__ import annotations

from typing import Any

import pytest

from proposals.law.lawbook import SWITCHES
from proposals.law.models import Setting
from proposals.law.shapes import SHAPES, misshapen

Topic = Setting.Topic
NUMBER = next(key for key, switch in SWITCHES.items() if switch.sort is int)
WHETHER = next(key for key, switch in SWITCHES.items() if switch.sort is bool)
SIGNING = {
    "reviewers": ["OFFICE_REVIEWER"], "committee_signers": ["COMMITTEE_CHAIR"], "office_signers": ["OFFICE_DIRECTOR"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "value", "fits"),
    [
        (Topic.ATTACHMENT, ["TASK"], True), (Topic.ATTACHMENT, [], True), (Topic.ATTACHMENT, "TASK", False),
        (Topic.ATTACHMENT, ["TASK", 1], False), (Topic.COPIES, ["区委"], True), (Topic.COPIES, [None], False),
        (Topic.LEADER_SCHEDULE, {"steps": [[10, 1, 2]]}, True), (Topic.LEADER_SCHEDULE, {"steps": [[10, 1]]}, False),
        (Topic.LEADER_SCHEDULE, {"steps": [[10, 1, 2], [10, 1, 2, 3]]}, False), (Topic.LEADER_SCHEDULE, [], False),
        (Topic.LEADER_SCHEDULE, {"steps": [(10, 1, 2)]}, False),
        (Topic.PATTERN, {"applies_to": ["STREET"], "slots": {}}, True), (Topic.PATTERN, {"slots": {}}, False),
        (Topic.PATTERN, {"applies_to": ["STREET"], "slots": []}, False), (Topic.PATTERN, [], False),
        (Topic.SIGNING, SIGNING, True), (Topic.SIGNING, {**SIGNING, "reviewers": []}, True),
        (Topic.SIGNING, {**SIGNING, "committee_signers": []}, False),
        (Topic.SIGNING, {**SIGNING, "office_signers": []}, False),
        (Topic.SIGNING, {**SIGNING, "reviewers": None}, False),
        (Topic.SIGNING, {**SIGNING, "reviewers": ["NOBODY"]}, False), (Topic.SIGNING, [], False),
    ],
)  # fmt: skip
def test_a_value_has_the_shape_of_its_topic(topic: str, value: Any, fits: bool) -> None:
    assert misshapen(topic=topic, key="", value=value) == ("" if fits else SHAPES[topic].wanted)


@pytest.mark.parametrize(
    ("topic", "key", "value", "said"),
    [
        (Topic.SWITCH, NUMBER, 0, ""), (Topic.SWITCH, NUMBER, -1, f"「{SWITCHES[NUMBER].label}」不能小于0。"),
        (Topic.SWITCH, NUMBER, True, f"「{SWITCHES[NUMBER].label}」的内容类型不对。"), (Topic.SWITCH, WHETHER, True, ""),
        (Topic.SWITCH, WHETHER, 1, f"「{SWITCHES[WHETHER].label}」的内容类型不对。"),
        (Topic.SWITCH, "no", 1, "没有「no」这个办事开关。"),
        (Topic.SEVERITY, "P7", "WARN", ""), (Topic.SEVERITY, "P7", "HARD", "规则强度只能是不得办理、请核实、提示。"),
        (Topic.TIME_LIMIT, "ARGUING", 1, ""), (Topic.TIME_LIMIT, "ARGUING", 0, "时限应为正整数（工作日）。"),
        (Topic.TIME_LIMIT, "ARGUING", "5", "时限应为正整数（工作日）。"),
        (Topic.TIME_LIMIT, "NOWHERE", 5, "没有「NOWHERE」这个环节，请填写环节名称，如受理审查。"),
    ],
)  # fmt: skip
def test_a_value_of_its_own_kind_says_what_it_lacks(topic: str, key: str, value: Any, said: str) -> None:
    assert misshapen(topic=topic, key=key, value=value) == said
