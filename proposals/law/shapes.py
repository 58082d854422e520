"""What the value of a setting must look like, topic by topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from proposals.law.lawbook import SWITCHES, Signing, Topic
from proposals.vocabulary import Duty, State

MOST = 9_999  # days and counts beyond lie outside every calendar of the site


def misshapen(*, topic: str, key: str, value: Any) -> str:
    """Return what is wrong with a setting's value in one Chinese sentence, or nothing."""
    if topic in SHAPES and not SHAPES[topic].fits(value):
        return SHAPES[topic].wanted
    match topic:
        case Topic.SWITCH if key not in SWITCHES:
            return f"没有「{key}」这个办事开关。"
        case Topic.SWITCH if type(value) is not SWITCHES[key].sort:
            return f"「{SWITCHES[key].label}」的内容类型不对。"
        case Topic.SWITCH if type(value) is int and value < 0:
            return f"「{SWITCHES[key].label}」不能小于0。"
        case Topic.SWITCH if type(value) is int and value > MOST:
            return f"「{SWITCHES[key].label}」不能大于{MOST}。"
        case Topic.SEVERITY if value not in ("BLOCK", "WARN", "INFO"):
            return "规则强度只能是不得办理、请核实、提示。"
        case Topic.TIME_LIMIT if type(value) is not int or value <= 0:
            return "时限应为正整数（工作日）。"
        case Topic.TIME_LIMIT if value > MOST:
            return f"时限不能超过{MOST}个工作日。"
        case Topic.TIME_LIMIT if key not in State:
            return f"没有「{key}」这个环节，请填写环节名称，如受理审查。"
    return ""


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _steps(value: Any) -> bool:
    steps = value.get("steps") if isinstance(value, Mapping) else None
    return isinstance(steps, list) and all(isinstance(step, list) and len(step) == 3 for step in steps)


def _signing(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    named = [value.get(name) for name in Signing._fields]
    known = all(isinstance(duties, list) and all(one in Duty.values for one in duties) for duties in named)
    return known and all(named[1:])


def _pattern(value: Any) -> bool:
    return isinstance(value, Mapping) and _words(value.get("applies_to")) and isinstance(value.get("slots"), Mapping)


class Shape(NamedTuple):
    """What the values of a topic look like, and the sentence for one that does not."""

    fits: Callable[[Any], bool]
    wanted: str


SHAPES: Mapping[str, Shape] = {
    Topic.ATTACHMENT: Shape(_words, "必备材料应为材料类型的列表。"),
    Topic.COPIES: Shape(_words, "抄送机关应为机关名称，用顿号分开。"),
    Topic.LEADER_SCHEDULE: Shape(_steps, "职数标准应为（编制上限、最少、最多）的阶梯。"),
    Topic.PATTERN: Shape(_pattern, "设置模式应写明适用对象和必设机构。"),
    Topic.SIGNING: Shape(_signing, "发文审签应写明由哪些职责核稿（可不设）、以编委和编办名义发文各由哪些职责签发。"),
}
