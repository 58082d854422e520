"""How a cell of an office's workbook is read: numbers, days, words and lists as people write them, never guessed at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from openpyxl.utils.datetime import from_excel

from proposals.text import alike, numerals, reading
from proposals.text.figures import whole

FULL_WIDTH: Mapping[int, str] = {**numerals.WIDE, ord("，"): ",", ord("．"): ".", ord("－"): "-"}
THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+$")
COUNTED = re.compile(r"^(.*?)(?:名|人|个|项)?$")
SERIALS = range(16_438, 73_051)  # 1945 to 2099 as days since 1900
YEARS = range(1900, 2101)
COUNTABLE = range(10**9)
DAY = re.compile(r"^(\d{4})[年./\-](\d{1,2})(?:[月./\-](?:(\d{1,2})日?)?)?$")
HAN_DAY = re.compile(
    rf"^([〇○◯零ＯO{numerals.PLAIN[1:]}]{{4}})年([{numerals.PLAIN[1:]}十]{{1,3}})月(?:([{numerals.PLAIN[1:]}十]{{1,3}})[日号])?$"
)
# A month or a day written in Chinese: 三, 十, 十二, 二十, 三十一.
HAN_COUNT = re.compile(rf"[{numerals.PLAIN[1:]}]|[一二三]?十[{numerals.PLAIN[1:]}]?")
SPLITS = frozenset("、，,;；/／|｜\n\t")
OPENING, CLOSING = "（(〔[【《", "）)〕]】》"


class Misread(NamedTuple):
    """A cell that cannot be read without guessing: what stands in it, and what to do."""

    value: str
    message: str


class Noted(NamedTuple):
    """A cell that was read, and what its writer should know of how."""

    value: Any
    remark: str


def text(value: Any) -> str:
    """Read words; what nobody sees is not part of them."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a code of figures alone is kept by the program as a number
    return "" if value is None else reading.read(str(value)).text


def count(value: Any) -> Any:
    """Read a whole number, also 1,234, １２ and 12名; anything else stays as it is, so that it can be named."""
    if value in (None, ""):
        return 0
    if isinstance(value, bool):
        return text(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < COUNTABLE.stop:
        return int(value)
    said = text(value)
    found = COUNTED.match("".join(said.translate(FULL_WIDTH).split()))
    plain = found[1] if found else said
    plain = plain.replace(",", "") if THOUSANDS.match(plain) else plain
    plain = plain.removesuffix(".0")
    number = whole(plain, within=COUNTABLE)
    return said if number is None else number


def day(value: Any) -> Any:
    """Read a day as ISO text: dates, their serial numbers, 2019年3月1日, 二〇一九年三月, 2019.3; a year alone is no day."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(value)
    said = "".join(text(value).translate(FULL_WIDTH).split())
    if (serial := whole(said, within=SERIALS)) is not None and len(said) == 5:
        return _serial(serial)
    if re.fullmatch("[0-9]{8}", said):
        said = f"{said[:4]}-{said[4:6]}-{said[6:]}"
    if found := HAN_DAY.match(said):
        year = str(numerals.value(found[1]))
        return _built(said, year, str(_han(found[2])), str(_han(found[3])) if found[3] else None)
    if found := DAY.match(said):
        return _built(said, found[1], found[2], found[3])
    if re.fullmatch(r"\d{4}年?", said):
        return Misread(said, f"“{said}”只有年份，请写明月、日，如 2019-03-01。")
    return said


def day_or_none(value: Any) -> Any:
    """Read a day that may be missing."""
    return day(value) if text(value) else ""


def _serial(value: float) -> Any:
    if value in SERIALS and float(value).is_integer():
        return from_excel(value).date().isoformat()
    if not float(value).is_integer() and int(value) in YEARS:
        year, _, month = f"{value}".partition(".")
        if month == "1":
            return Misread(f"{value}", f"“{value}”看不出是1月还是10月，请写明日期，如 {year}-01-01。")
        return _built(f"{value}", year, month, None)
    if int(value) in YEARS:
        return Misread(f"{value}", f"“{int(value)}”只有年份，请写明月、日，如 {int(value)}-03-01。")
    said = f"{int(value)}"
    return day(said) if len(said) == 8 else text(value)


def _built(said: str, year: str, month: str, day_of_month: str | None) -> Any:
    iso = f"{year}-{month.zfill(2)}-{(day_of_month or '1').zfill(2)}"
    try:
        date.fromisoformat(iso)
    except ValueError:
        return Misread(said, f"“{said}”不是有效日期，请改正，如 2019-03-01。")
    return iso if day_of_month else Noted(iso, f"“{said}”没有写日，按当月1日登记。")


def _han(digits: str) -> int:
    """Return a month or day, or no day of any year where the signs are no such number: 一二 may be 1 or 12."""
    return numerals.value(digits) if HAN_COUNT.fullmatch(digits) else 0


def listed(value: Any) -> list[str]:
    """Read several names however they are split; a mark inside brackets belongs to its name."""
    names, depth, name = [], 0, ""
    for sign in f"{text(value)}\n":
        depth = max(0, depth + (sign in OPENING) - (sign in CLOSING))
        if sign == "\n" or (sign in SPLITS and not depth):
            names.append(name.strip())
            name, depth = "", 0
        else:
            name += sign
    return list({alike.key(one): one for one in names if one}.values())


def word(pairs: Sequence[tuple[Any, Any]]) -> Callable[[Any], Any]:
    """Return how a cell is read that holds one of these words, however it is written."""
    codes = {alike.key(str(label)): code for code, label in pairs}
    return lambda value: codes.get(alike.key(text(value)), text(value))
