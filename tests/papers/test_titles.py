"""Titles equal the values in force: whatever was asked, decided and granted, in figures or in Chinese."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.case.values import titles
from proposals.case.values.bound_numbers import bind
from proposals.case.values.sums import Tally, sums
from proposals.text import numerals

FULL, ADMIN, CHIEF, DEPUTY = "PSU_FULL", "ADMIN", "SECTION_CHIEF", "SECTION_DEPUTY"
WRITTEN = {"figures": str, "plain": lambda n: numerals.like(n, "八"), "formal": lambda n: numerals.like(n, "捌")}
WORDS = {FULL: "事业编制", ADMIN: "行政编制", CHIEF: "正科级领导职数", DEPUTY: "副科级领导职数"}
amounts = st.lists(
    st.tuples(st.sampled_from(sorted(WORDS)), st.integers(1, 120), st.integers(0, 120)), min_size=1, max_size=6
)


def of(lines, which, op="ADD"):
    """Count lines of (unit, asked, in force), each at a body of its own."""
    ops = {FULL: f"QUOTA_{op}", ADMIN: f"QUOTA_{op}", CHIEF: f"LEADER_{op}", DEPUTY: f"LEADER_{op}"}
    return sums(Tally(ops[one[0]], one[0], f"{n}号中心", "", one[which]) for n, one in enumerate(lines))


@given(st.integers(0, 9_999), st.sampled_from("8八捌"))
def test_a_numeral_reads_back_however_it_is_written(n, like):
    assert numerals.value(numerals.like(n, like)) == n


@given(amounts, st.sampled_from(sorted(WRITTEN)), st.sampled_from(["ADD", "CUT"]))
def test_titles_equal_the_values_in_force(lines, how, op):
    """A title names the sum of every type: after any decision it names the sums in force, or it is asked anew."""
    write, verb = WRITTEN[how], {"ADD": "核增", "CUT": "核减"}[op]
    asked = {unit: sum(one[1] for one in lines if one[0] == unit) for unit in WORDS}
    force = {unit: sum(one[2] for one in lines if one[0] == unit) for unit in WORDS}
    said = [unit for unit in WORDS if asked[unit]]
    title = f"关于{verb}" + "、".join(f"{WORDS[unit]}{write(asked[unit])}名" for unit in said)
    bound = bind(title, then=[of(lines, 1, op)], now=of(lines, 2, op))
    assert set(bound.open) == {f"{write(asked[unit])}名" for unit in said if not force[unit]}
    for unit in said:
        if force[unit]:
            assert f"{WORDS[unit]}{write(force[unit])}名" in bound.text
    if all(force[unit] for unit in said):
        assert bound.text == f"关于{verb}" + "、".join(f"{WORDS[unit]}{write(force[unit])}名" for unit in said)


@given(amounts, st.integers(1, 300), st.integers(1, 300))
def test_a_number_that_agrees_with_no_line_is_never_printed_once_values_moved(lines, n, other):
    then, now = of(lines, 1), of(lines, 2)
    bound = bind(f"关于核增编制{n}名、职数{other}名", then=[then], now=now)
    known = set(now.values())
    printed = [int(part) for part in bound.text.replace("关于核增编制", "").replace("名", "").split("、职数")]
    for number, given_ in zip(printed, (n, other), strict=True):
        assert then == now or number in known or f"{given_}名" in bound.open


@pytest.mark.parametrize(
    ("title", "now"),
    [
        ("关于核增甲中心事业编制8名的动议", "关于核增甲中心事业编制6名的动议"),
        ("甲中心关于核增八名事业编制的请示", "甲中心关于核增六名事业编制的请示"),
        ("关于核增捌名事业编制、副科级领导职数２名", "关于核增陆名事业编制、副科级领导职数1名"),
        ("关于核增领导职数2副的动议", "关于核增领导职数1副的动议"),
        ("关于为乙中心核增5名、甲中心核增3名编制的动议", "关于为乙中心核增4名、甲中心核增2名编制的动议"),
        ("关于2026年第8次会议议定事项", "关于2026年第8次会议议定事项"),
        ("关于落实“五办一中心”的动议", "关于落实“五办一中心”的动议"),
    ],
)
def test_numbers_follow_their_lines_and_no_other_number_does(title, now):
    def lines(甲, 乙, posts):
        return sums([
            Tally("QUOTA_ADD", FULL, "甲中心", "", 甲), Tally("QUOTA_ADD", FULL, "乙中心", "", 乙),
            Tally("LEADER_ADD", DEPUTY, "乙中心", "", posts),
        ])  # fmt: skip

    split = "乙中心" in title
    then, after = (lines(3, 5, 2), lines(2, 4, 1)) if split else (lines(8, 0, 2), lines(6, 0, 1))
    bound = bind(title, then=[then], now=after)
    assert (bound.text, bound.open) == (now, ())


def test_a_told_text_keeps_its_history_and_loses_what_nobody_can_set():
    then = sums([Tally("QUOTA_ADD", FULL, "甲中心", "", 8)])
    held = titles.Held(then=(then,), now=sums([Tally("QUOTA_ADD", FULL, "甲中心", "", 6)]))
    text = "甲中心现有事业编制8名。2019年核增事业编制8名。现申请核增事业编制8名；其中拟增加窗口人员编制5名。请支持。"
    assert held.told(text) == "甲中心现有事业编制8名。2019年核增事业编制8名。现申请核增事业编制6名；请支持。"


def test_a_text_of_unchanged_lines_is_printed_as_it_was_typed():
    lines = sums([Tally("QUOTA_ADD", FULL, "甲中心", "", 8)])
    text = "申请核增事业编制8名，其中窗口5名。"
    assert titles.Held(then=(lines,), now=lines).told(text) == text
    assert titles.Held(then=(lines,), now=lines).title("关于核增9名编制").open == ()


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("关于核增编制的动议", "核增编制"),
        ("关于核增编制事项的请示", "核增编制"),
        ("区水务局关于核增编制的请示", "区水务局核增编制"),
        ("贯彻落实《关于优化编制的意见》的动议", "贯彻落实《关于优化编制的意见》"),
        ("核增编制动议事项", "核增编制"),
    ],
)
def test_a_motion_is_no_title_of_a_paper(title, matter):
    assert titles.matter(title) == matter
    assert titles.plan_of(title) == f"关于{matter}的方案"


def test_numerals_ascend_in_words():
    words = [numerals.like(n, "八") for n in (10, 11, 20, 101, 110)]
    assert words == ["十", "十一", "二十", "一百零一", "一百一十"]
    assert all(numerals.value(a) < numerals.value(b) for a, b in pairwise(words))
