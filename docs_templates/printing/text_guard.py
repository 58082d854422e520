"""The only place that says, before facts are frozen, which of them are missing or cannot be printed for ever."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from docs_templates.facts.frozen import Place, places
from docs_templates.typefaces.roles import parts_without
from proposals.text.reading import BROKEN

LONGEST_TEXT, MOST_ROWS = 20_000, 2_000
BIDI = frozenset({0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)})


def complaints(*, facts: Any, paper: str, fonts_root: Path) -> tuple[str, ...]:
    """Return every reason, in Chinese, why the paper named `paper` must not be frozen with these facts."""
    found: list[str] = []
    for place in places(facts):
        found += [f"《{paper}》{reason}" for reason in _about(place, fonts_root)]
    return tuple(found)


def text_complaints(*, text: str, where: str, fonts_root: Path) -> tuple[str, ...]:
    """Return why a text cannot be printed: the same guard for a form field, before anything is stored."""
    return tuple(_characters(text, where, fonts_root))


def unprintable(*, text: str, where: str) -> tuple[str, ...]:
    """Return why a text cannot be printed with the typefaces of this installation."""
    return () if text.isascii() and text.isprintable() else text_complaints(
        text=text, where=where, fonts_root=settings.FONTS_ROOT
    )  # fmt: skip


def with_geta(text: str) -> str:
    """Return the text with 〓 for every character that cannot be printed.

    Only for lists that the system makes of what others wrote (names of uploaded files, remarks in the chronicle); the
    untouched text stands in the package's data.
    """
    return "".join("〓" if _why_not(letter, settings.FONTS_ROOT) else letter for letter in text)


def _about(place: Place, fonts_root: Path) -> list[str]:
    value = place.value
    if value is None or value == "" or value == ():
        return [f"缺少“{place.label}”，请补充后再办理。"] if place.required else []
    if isinstance(value, tuple):
        return [f"“{place.label}”超过{MOST_ROWS}项，请改为附件。"] if len(value) > MOST_ROWS else []
    if not isinstance(value, str):
        return []
    if len(value) > LONGEST_TEXT:
        return [f"“{place.label}”超过{LONGEST_TEXT}字，请改为附件。"]
    if not value.strip():
        return [f"“{place.label}”只有空白，请补充后再办理。"] if place.required else []
    if place.day and not is_day(value):
        return [f"“{place.label}”不是有效日期：{value[:20]}"]
    return _characters(value, place.label, fonts_root)


def _characters(text: str, where: str, fonts_root: Path) -> list[str]:
    found = []
    for letter in sorted(set(text)):
        if reason := _why_not(letter, fonts_root):
            shown = letter if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn") else ""
            at = text.index(letter) + 1
            name = f"“{shown}”（U+{ord(letter):04X}）" if shown else f"U+{ord(letter):04X}"
            found.append(f"“{where}”第{at}个字符 {name} 不能印刷：{reason}。")
    return found


CATEGORIES: Mapping[str, str] = {
    "Cs": "残缺的编码，请重新输入",
    "Cc": "控制字符，请去掉",
    "Co": "自造字（私用区），换一台机器即成乱码，请改用规范字",
    "Cf": "看不见的格式字符，请去掉",
    "Cn": "未定义的字符，请改用规范字",
}


@lru_cache(maxsize=30_000)
def _why_not(letter: str, fonts_root: Path) -> str:
    """Say why one character may not stand in an archived paper; empty when it may."""
    code = ord(letter)
    if 0x20 <= code < 0x7F or letter == "\n":
        return ""
    if code in BIDI:
        return "双向控制符，会颠倒文字显示顺序，请去掉"
    if letter == BROKEN:
        return CATEGORIES["Cs"]
    if reason := CATEGORIES.get(unicodedata.category(letter)):
        return reason
    if 0xF900 <= code <= 0xFAFF and (plain := unicodedata.normalize("NFC", letter)) != letter:
        return f"兼容汉字，请改为“{plain}”"
    if 0x2E80 <= code <= 0x2FDF:
        plain = unicodedata.normalize("NFKC", letter)
        return f"部首字符，请改为“{plain}”" if plain != letter else "部首字符，请改用汉字"
    if lacking := parts_without(root=fonts_root, character=letter):
        return f"{'、'.join(lacking)}字体中没有此字，请改用其他字"
    return ""


def is_day(value: str) -> bool:
    """Say whether the text is an ISO day."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
