"""The only place that knows how dates, amounts and titles are written on paper; loaded into every paper template."""

import re
from datetime import date
from math import ceil

from django import template

from proposals.text import numerals

register = template.Library()
TITLE_WIDTH = 20  # 2号 characters in a line of 156 mm
# Words of the trade that a title line must not cut in two.
WHOLE = (
    "机构编制委员会办公室、机构编制委员会、机构编制、委员会、办公室、街道办事处、街道、事业编制、行政编制、领导职数、事项、关于、请示、"
    "批复、通知、报告、复函、纪要、节录、备案、意见、论证、会议、调整、核定、核增、核减、核准、调剂、设立、撤销、更名、修订、上划、下放、管理、提出、商请、"
    "设置、情况、实施、方案、单位、规定、副科级、正科级、所属"
)
# The short name of a body: a title line must not cut it in two either.
NAME = re.compile(
    "[区市县镇](?:(?!关于|和|及|[区市县镇])[\u4e00-\u9fff]){1,10}?(?:中心|局|街道|大队|支队|学校|医院|站|馆|队)"
)
DIGESTS = re.compile("，佐证材料校验值[0-9a-f、]+")
ABOUT, TO_ABOUT = "关于", 5  # a line that begins with 关于 may be this much longer or shorter


@register.filter
def day(value: str) -> str:
    """Write an ISO day as 2026年3月5日: Arabic figures, no leading zeros (GB/T 9704, 7.3.5.4)."""
    on = date.fromisoformat(value)
    return f"{on.year}年{on.month}月{on.day}日"


@register.filter
def compact_day(value: str) -> str:
    """Write an ISO day with eight figures, as lists of archived papers do."""
    return date.fromisoformat(value).strftime("%Y%m%d")


@register.filter
def ordinal(value: int) -> str:
    """Write 1 to 99 in Chinese figures, for headings."""
    return numerals.chinese(int(value))


@register.filter
def signed(value: int) -> str:
    """Write a difference with its sign; no difference is 0."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


@register.filter
def difference(value: str) -> str:
    """Write a difference in words, as tables of issued papers do: 增加6名, 减少9名."""
    return value.replace("+", "增加").replace("−", "减少")


@register.filter
def without_digests(value: str) -> str:
    """Leave the digests of evidence to the printed record: a form is read by people."""
    return DIGESTS.sub("，佐证材料见办理记录", value)


@register.filter
def title_lines(value: str) -> list[str]:
    """Break a title into lines of about equal length, between words where it can be told."""
    count = ceil(len(value) / TITLE_WIDTH)
    if count == 1:
        return [value]
    lines, rest = [], value
    for left in range(count, 1, -1):
        cut = _best_cut(rest, ceil(len(rest) / left), least=len(rest) - (left - 1) * TITLE_WIDTH)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest]


def _best_cut(text: str, wish: int, *, least: int) -> int:
    spans = [(at, at + len(word)) for word in WHOLE.split("、") for at in range(len(text)) if text.startswith(word, at)]
    spans += [found.span() for found in NAME.finditer(text)]

    def cost(cut: int) -> float:
        cuts_word = any(start < cut < end for start, end in spans)
        bad_start = text[cut] in "，、。；：》〉）〕”’的年月日号名个次"
        bad_end = text[cut - 1] in "《〈（〔“‘第" or (text[cut].isdigit() and text[cut - 1].isdigit())
        drawn = TO_ABOUT * text.startswith(ABOUT, cut)
        return abs(cut - wish) + 6 * cuts_word + 12 * bad_start + 12 * bad_end - drawn

    return min(range(max(1, least, wish - 5), min(len(text) - 1, wish + 5, TITLE_WIDTH) + 1), key=cost)


@register.filter
def organ_size(value: str, most: float = 44.0) -> str:
    """Return the size of the red mark that fits the type area in one line and is at most so many points."""
    return f"{min(most, 156 / 25.4 * 72 / len(value) - 0.5):.1f}pt"


def _cells(line: str) -> float:
    """Count the grid cells of one line of 3号 text: a Han character takes one, a figure half a one."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in line)


@register.filter
def width(value: str) -> str:
    """Return the width of one line of 3号 text."""
    return f"{_cells(value) * 156 / 28:.2f}mm"


@register.filter
def overhangs(organ: str, on: str) -> bool:
    """Say whether the organ, centred on a date four cells from the edge, would pass the edge."""
    return _cells(organ) > _cells(on) + 8


@register.filter
def vertical(value: str) -> list[str]:
    """Return the characters of a narrow label one by one; the template sets each on its own line."""
    return list(value)
