"""Numbers as an office writes them have one reader: in minutes, in outgoing papers and in the cells of workbooks."""

from __future__ import annotations

import pytest

from docs_templates.printing.wording import ordinal
from proposals.opening.workbook import cells
from proposals.text import numerals


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("12", 12),
        ("１２", 12),
        ("十二", 12),
        ("一二", 12),
        ("壹拾贰", 12),
        ("二○二六", 2026),
        ("二〇二六", 2026),
        ("两百零三", 203),
    ],
)
def test_a_number_is_read_however_it_is_written(written: str, n: int) -> None:
    assert numerals.value(written) == n


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("赞成七票", "赞成7票"),
        ("核增壹拾贰名", "核增12名"),
        ("增加１２名", "增加12名"),
        ("一千二百人", "1200人"),
        ("二〇二六年三月", "2026年3月"),
        ("第三次会议", "第3次会议"),
        ("再次审议，一次性告知", "再次审议，一次性告知"),
        ("干部队伍人员", "干部队伍人员"),
        ("收拾个人物品", "收拾个人物品"),
    ],
)
def test_a_number_before_what_it_counts_is_read_and_words_stay_words(said: str, read: str) -> None:
    assert numerals.in_digits(said) == read


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("二〇一九年十月十日", "2019-10-10"),
        ("二零一九年二月三号", "2019-02-03"),
    ],
)
def test_a_day_in_chinese_is_a_day(cell: str, day: str) -> None:
    assert cells.day(cell) == day


@pytest.mark.parametrize("cell", ["二〇一九年一二月三日", "二〇一九年十十月三日", "二〇一九年三月二三十日"])
def test_a_month_or_day_that_may_be_two_is_asked_back(cell: str) -> None:
    assert isinstance(cells.day(cell), cells.Misread)


def test_headings_count_in_chinese() -> None:
    assert [ordinal(n) for n in (1, 10, 12, 20, 99)] == ["一", "十", "十二", "二十", "九十九"]
