"""How dates, figures, titles and typed text are written on paper."""

import pytest

from docs_templates.facts.parts import ChangeLine
from docs_templates.printing import wording
from docs_templates.sources.wording import written


def test_clause_7_3_5_4_a_day_is_written_in_figures_without_leading_zeros() -> None:
    assert wording.day("2026-03-05") == "2026年3月5日"
    assert wording.compact_day("2026-03-05") == "20260305"


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_headings_are_counted_in_chinese(number: int, said: str) -> None:
    assert wording.ordinal(number) == said


def test_a_difference_shows_its_sign() -> None:
    assert [wording.signed(n) for n in (3, 0, -3)] == ["+3", "0", "−3"]


@pytest.mark.parametrize(
    "title",
    [
        "关于调整街道所属事业单位事业编制的通知",
        "中共乌海市海勃湾区委机构编制委员会关于核定千里山镇和街道副科级领导职数的请示",
        "中共乌海市海勃湾区委机构编制委员会办公室关于设立数据服务中心有关事项的复函",
        "区委机构编制委员会2026年第12次会议纪要（节录）",
    ],
)
def test_a_title_is_broken_between_words_into_lines_that_fit(title: str) -> None:
    lines = wording.title_lines(title)
    assert "".join(lines) == title
    assert all(len(line) <= 20 for line in lines)
    assert max(map(len, lines)) - min(map(len, lines)) <= 6
    for line in lines[1:]:
        assert line[0] not in "，、。》）的年月日号名"
    for word in ("机构编制", "委员会", "办公室", "领导职数", "会议", "纪要", "街道"):
        assert title.count(word) == sum(line.count(word) for line in lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("关于商请对设立区融媒发展中心", "方案提出意见的函"),
        ("中共乌海市海勃湾区委员会", "关于核增区融媒体中心4名事业编制的请示"),
        ("中共乌海市委机构编制委员会", "关于区综合执法1队上划市级管理的批复"),
    ],
)
def test_a_title_cuts_no_name_and_begins_a_line_with_its_matter(lines: tuple[str, ...]) -> None:
    assert tuple(wording.title_lines("".join(lines))) == lines


def test_typed_lines_become_one_paragraph_without_control_characters() -> None:
    assert written("第一点\r\n第二点。\r\n\r\n第三点") == "第一点；第二点。第三点"
    assert written(" 甲\t乙(试行),丙") == "甲 乙（试行），丙"


def test_a_line_is_told_as_it_is_decided_and_records_show_every_amount_it_went_through() -> None:
    line = ChangeLine(
        body="某中心",
        item="事业编制",
        before="5名",
        after="8名",
        change="+3名",
        requested="5",
        decided="4",
        granted="3",
    )
    assert line.told == "某中心：事业编制由5名调整为8名"
    assert line.course == "5 → 4 → 3"
    assert line.amounts == "申请5名，审定4名，批准3名"
    assert ChangeLine(body="某中心", item="事业编制", requested="5", decided="5").amounts == ""
    assert ChangeLine(body="某局", item="设立机构", after="设立（正科级）").told == "某局：设立机构，设立（正科级）"
