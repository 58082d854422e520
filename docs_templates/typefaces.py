"""The only place that knows which typeface plays which part on paper and which characters it can draw."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Typeface:
    """One prepared font file, and where it comes from."""

    family: str  # the name that style sheets use: a part, never a vendor's name
    source: str  # file name inside the Debian package
    package: str
    label: str  # how the part is called in the trade
    licence: str


# Parts of GB/T 9704. The standard's own faces are proprietary and must not be shipped; these stand in for them.
TYPEFACES = (
    Typeface("GWFang", "FandolFang-Regular.otf", "texlive-lang-chinese", "仿宋", "GPL-3.0 with font exception"),
    Typeface("GWKai", "FandolKai-Regular.otf", "texlive-lang-chinese", "楷体", "GPL-3.0 with font exception"),
    Typeface("GWHei", "NotoSansCJK-Regular.ttc", "fonts-noto-cjk", "黑体", "OFL-1.1"),
    Typeface("GWSong", "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", "宋体", "OFL-1.1"),
    Typeface("GWXBS", "NotoSerifCJK-Bold.ttc", "fonts-noto-cjk", "小标宋", "OFL-1.1"),
    Typeface("GWRare", "LXGWWenKai-Light.ttf", "fonts-lxgw-wenkai", "生僻字后备", "OFL-1.1"),
)
# Fandol draws GB 2312 only; names with rarer characters fall through to the light WenKai, which has its weight.
FALLBACK = {"GWFang": "GWRare", "GWKai": "GWRare", "GWHei": "GWRare", "GWSong": "GWRare", "GWXBS": "GWRare"}
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
        raise FontsNotPrepared(f"没有找到打印字体（{root}），请先运行 python -m docs_templates.fonts") from None


@lru_cache(maxsize=4)
def _starts_and_ends(root: Path) -> dict[str, tuple[list[int], list[int]]]:
    ranges = {face["family"]: face["ranges"] for face in manifest(root)["faces"]}
    return {family: ([a for a, _ in spans], [b for _, b in spans]) for family, spans in ranges.items()}


def _has(root: Path, family: str, code: int) -> bool:
    starts, ends = _starts_and_ends(root)[family]
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


def can_draw(*, root: Path, family: str, character: str) -> bool:
    """Say whether the part's own face or its fallback has the character."""
    code = ord(character)
    return _has(root, family, code) or (family in FALLBACK and _has(root, FALLBACK[family], code))


def parts_without(*, root: Path, character: str) -> tuple[str, ...]:
    """List the labels of the parts whose whole chain lacks the character."""
    return tuple(
        face.label
        for face in TYPEFACES
        if face.family in FALLBACK and not can_draw(root=root, family=face.family, character=character)
    )
