"""The only place that reads and writes whole numbers as an office types them: 8, ８, 八, 捌, 二○二六."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLAIN, FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
TENS: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000}
FORMAL_TENS: Mapping[str, int] = {"拾": 10, "佰": 100, "仟": 1000}
SIGNS: Mapping[str, int] = {
    **{sign: n for n, sign in enumerate(PLAIN)},
    **{sign: n for n, sign in enumerate(FORMAL)},
    "〇": 0,
    "两": 2,
}
SCALES: Mapping[str, int] = {**TENS, **FORMAL_TENS}
CHINESE = "".join([*SIGNS, *SCALES])
# Circles and letters that stand for 〇 inside a number; alone they are a blank to be filled in.
CIRCLES: Mapping[int, str] = {ord(sign): "〇" for sign in "○◯ＯO"}
WIDE: Mapping[int, str] = {0xFF10 + n: str(n) for n in range(10)}
# A numeral before what it counts. A formal sign alone is read where it is no part of a word (队伍人员, 收拾个人物品).
PLAIN_RUN = f"[{PLAIN}〇两{''.join(TENS)}]+"
FORMAL_RUN = f"[{FORMAL}{''.join(FORMAL_TENS)}]{{2,}}|[壹贰叁肆柒捌玖]"
COUNTING = re.compile(rf"({PLAIN_RUN}|{FORMAL_RUN})(?=\s*[票名人个年月日])|(?<=第)({PLAIN_RUN})(?=次)")


def value(text: str) -> int:
    """Return the number that figures or Chinese signs say: 12, １２, 十二, 一二, 壹拾贰, 二○二六."""
    text = text.translate(CIRCLES)
    if text.isdecimal():
        return int(text)
    if not set(text) & set(SCALES):
        return int("".join(str(SIGNS[sign]) for sign in text))
    total, last = 0, 0
    for sign in text:
        if sign in SIGNS:
            last = SIGNS[sign]
        else:
            total += (last or 1) * SCALES[sign]
            last = 0
    return total + last


def in_digits(text: str) -> str:
    """Return the text with the numerals before a unit (七票, 三月, 二〇二六年, 第三次) as digits."""
    return COUNTING.sub(lambda found: str(value(found[0])), text.translate(WIDE))


def chinese(n: int) -> str:
    """Write a number below ten thousand in plain Chinese, as headings do: 三, 十二, 二十."""
    return _chinese(n, PLAIN, TENS, lead=False)


def like(n: int, written: str) -> str:
    """Write a number the way another one was written: in figures, or in Chinese below ten thousand."""
    if written.isdecimal() or n >= 10_000:
        return str(n)
    formal = bool(set(written) & set(FORMAL[1:] + "".join(FORMAL_TENS)))
    return _chinese(n, FORMAL if formal else PLAIN, FORMAL_TENS if formal else TENS, lead=formal)


def _chinese(n: int, signs: str, scales: Mapping[str, int], *, lead: bool) -> str:
    """Spell a number below ten thousand; `lead` keeps the one before ten, as amounts in words do."""
    if n < 10:
        return signs[n]
    said, gap = "", False
    for sign, scale in sorted(scales.items(), key=lambda pair: -pair[1]):
        digit, n = divmod(n, scale)
        if digit:
            said += (signs[0] if gap else "") + signs[digit] + sign
            gap = False
        else:
            gap = bool(said)
    said += (signs[0] if gap and n else "") + (signs[n] if n else "")
    return said if lead or not said.startswith(signs[1] + "十") else said[1:]
