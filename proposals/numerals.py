"""The only place that reads and writes whole numbers as an office types them: 8, ８, 八, 捌."""

from __future__ import annotations

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


def value(text: str) -> int:
    """Return the number that figures or Chinese signs say: 12, １２, 十二, 一二, 壹拾贰."""
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
