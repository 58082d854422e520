"""The only place that knows which typeface plays which part on paper and which characters it can draw."""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# Code points that are kept of a face. Latin, Greek, Cyrillic, punctuation, symbols, kana, all Han; no Hangul.
TEXT = ((0x20, 0x20), (0xA0, 0x17F), (0x2C6, 0x2DD), (0x370, 0x451), (0x2000, 0x33FF), (0x3400, 0x9FFF),
        (0xF900, 0xFAFF), (0xFE10, 0xFE6F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))  # fmt: skip
FIGURES = ((0x20, 0x7E),)
DASH = ((0x2014, 0x2014),)


@dataclass(frozen=True)
class Typeface:
    """One prepared font file, and where it comes from."""

    family: str  # the name that style sheets use: a part, never a vendor's name
    source: str  # file name inside the Debian package
    package: str
    label: str  # how the part is called in the trade
    licence: str
    kept: tuple[tuple[int, int], ...]


TEX, NOTO, WENKAI = "texlive-lang-chinese", "fonts-noto-cjk", "fonts-lxgw-wenkai"
FANDOL_LICENCE, OPEN = "GPL-3.0 with font exception", "OFL-1.1"
# Parts of GB/T 9704. The standard's own faces are proprietary and must not be shipped; these stand in for them.
# Fandol's FangSong has heavy figures: those of its Song, thin and half a character wide, take their place.
TYPEFACES = (
    Typeface("GWFang", "FandolFang-Regular.otf", TEX, "仿宋", FANDOL_LICENCE, TEXT),
    Typeface("GWKai", "FandolKai-Regular.otf", TEX, "楷体", FANDOL_LICENCE, TEXT),
    Typeface("GWFigure", "FandolSong-Regular.otf", TEX, "半角数字", FANDOL_LICENCE, FIGURES + DASH),
    Typeface("GWHei", "NotoSansCJK-Regular.ttc", NOTO, "黑体", OPEN, TEXT + FIGURES),
    Typeface("GWSong", "NotoSerifCJK-Regular.ttc", NOTO, "宋体", OPEN, TEXT + FIGURES),
    Typeface("GWXBS", "NotoSerifCJK-Bold.ttc", NOTO, "小标宋", OPEN, TEXT + FIGURES),
    Typeface("GWRare", "LXGWWenKai-Light.ttf", WENKAI, "生僻字后备", OPEN, TEXT + FIGURES),
)
# Fandol draws GB 2312 only; names with rarer characters fall through to the light WenKai, which has its weight.
FALLBACK: Mapping[str, tuple[str, ...]] = {
    "GWFang": ("GWFigure", "GWRare"),
    "GWKai": ("GWFigure", "GWRare"),
    "GWHei": ("GWRare",),
    "GWSong": ("GWRare",),
    "GWXBS": ("GWRare",),
}
MANIFEST = "fonts.json"
FONTCONFIG = "fonts.conf"


class FontsNotPrepared(Exception):
    """The prepared fonts are not there: papers cannot be drawn."""


@lru_cache(maxsize=4)
def manifest(root: Path) -> dict:
    """Read what was prepared under `root`; raises FontsNotPrepared."""
    try:
        return json.loads((root / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise FontsNotPrepared(
            f"没有找到打印字体（{root}），请先运行 python -m docs_templates.typefaces.preparing"
        ) from None


@lru_cache(maxsize=4)
def _starts_and_ends(root: Path) -> dict[str, tuple[list[int], list[int]]]:
    ranges = {face["family"]: face["ranges"] for face in manifest(root)["faces"]}
    return {family: ([a for a, _ in spans], [b for _, b in spans]) for family, spans in ranges.items()}


def _has(root: Path, family: str, code: int) -> bool:
    starts, ends = _starts_and_ends(root)[family]
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


def can_draw(*, root: Path, family: str, character: str) -> bool:
    """Say whether the part's own face or one of its fallbacks has the character."""
    return any(_has(root, member, ord(character)) for member in (family, *FALLBACK[family]))


def parts_without(*, root: Path, character: str) -> tuple[str, ...]:
    """List the labels of the parts whose whole chain lacks the character."""
    return tuple(
        face.label
        for face in TYPEFACES
        if face.family in FALLBACK and not can_draw(root=root, family=face.family, character=character)
    )
