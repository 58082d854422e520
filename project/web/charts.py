"""The only place that draws charts: plain SVG made on the server; every page gives the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ROW, LABEL, WIDTH = 30, 190, 760
BAR = WIDTH - LABEL - 90
# Colour is never the only sign: each part has its own pattern of brightness and its number as text.
SHADES = {"used": "#123f7a", "kept": "#7a4a00", "free": "#c9d6e6", "over": "#a1121c"}
WORDS = {"used": "实有", "kept": "占用和已核未入", "free": "空编", "over": "超编"}


class Bar(NamedTuple):
    """One line of a chart of use: approved posts split into filled, kept and free."""

    label: str
    used: int
    kept: int
    free: int


def usage(*, title: str, bars: Sequence[Bar]) -> SafeString:
    """Draw how approved posts are used, one bar a line; the widest bar fills the width."""
    widest = max((max(bar.used + bar.kept + max(bar.free, 0), 1) for bar in bars), default=1)
    rows = format_html_join("", "{}", ((_row(place, bar, widest),) for place, bar in enumerate(bars)))
    height = ROW * len(bars) + 34
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" width="100%" font-size="14">'
        "<title>{}</title>{}{}</svg>",
        WIDTH, height, title, title, rows, _legend(height),
    )  # fmt: skip


def _row(place: int, bar: Bar, widest: int) -> SafeString:
    top, left = place * ROW, float(LABEL)
    parts = []
    over = max(0, -bar.free)
    for name, n in (("used", bar.used - over), ("over", over), ("kept", bar.kept), ("free", max(bar.free, 0))):
        width = round(BAR * n / widest, 1)
        if n > 0:
            parts.append((left, top + 5, width, SHADES[name], f"{bar.label}:{WORDS[name]}{n}"))
            left += width
    drawn = format_html_join("", '<rect x="{}" y="{}" width="{}" height="20" fill="{}"><title>{}</title></rect>', parts)
    approved = bar.used + bar.kept + bar.free
    return format_html(
        '<text x="{}" y="{}" text-anchor="end">{}</text>{}<text x="{}" y="{}">{}/{}</text>',
        LABEL - 8, top + 20, bar.label[:12], drawn, left + 6, top + 20, bar.used, approved,
    )  # fmt: skip


def _legend(height: int) -> SafeString:
    shown = [(LABEL + place * 130, height - 16, SHADES[name], LABEL + place * 130 + 20, height - 4, WORDS[name])
             for place, name in enumerate(SHADES)]  # fmt: skip
    return format_html_join(
        "", '<rect x="{}" y="{}" width="14" height="14" fill="{}"></rect><text x="{}" y="{}">{}</text>', shown
    )


def line(*, title: str, points: Sequence[tuple[str, int]]) -> SafeString:
    """Draw how a number went over time: (day, number) in order, each point with its words."""
    if not points:
        return SafeString("")
    top = max(n for _, n in points) or 1
    step = (WIDTH - 80) / max(1, len(points) - 1)
    places = [(round(40 + i * step, 1), round(150 - 120 * n / top, 1), day, n) for i, (day, n) in enumerate(points)]
    path = " ".join(f"{x},{y}" for x, y, _, _ in places)
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="4" fill="#123f7a"><title>{} {}</title></circle>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text><text x="{}" y="178" text-anchor="middle">{}</text>',
        ((x, y, day, n, x, y - 10, n, x, day) for x, y, day, n in places),
    )
    return format_html(
        '<svg viewBox="0 0 {} 190" role="img" aria-label="{}" width="100%" font-size="12"><title>{}</title>'
        '<polyline points="{}" fill="none" stroke="#123f7a" stroke-width="2"></polyline>{}</svg>',
        WIDTH, title, title, path, dots,
    )  # fmt: skip
