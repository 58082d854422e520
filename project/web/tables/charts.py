"""The only place that draws charts: plain SVG made on the server, each with its title and its numbers as a table.

Nothing is scaled: words stand above their bar in the page's own type, so a chart reads the same on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from project.web.tables.tables import Table

# In the size of the type: how high a line of the chart is, and where its bar and number stand below its label.
ROW, WORDS_AT, BAR_AT, NUMBER_AT, THICK = 3.3, 1.2, 1.6, 2.4, 0.9
LONGEST = 12  # characters of a label, which fill a phone in the largest type
SPAN = 70  # percent of the width for the longest bar; its number has the rest
# Colour is never the only sign: each part has its own brightness, and its number as text and in the table.
SHADES: Mapping[str, str] = {"used": "#123f7a", "kept": "#7a4a00", "free": "#c9d6e6", "over": "#a1121c"}
WORDS: Mapping[str, str] = {"used": "实有", "kept": "占用和已核未入", "free": "空编", "over": "超编"}


class Bar(NamedTuple):
    """One line of a chart of use: approved posts split into filled, kept and free."""

    label: str
    used: int
    kept: int
    free: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title, and its table where the page has none with the same numbers."""

    title: str
    drawn: SafeString
    table: Table | None = None


def usage(*, title: str, bars: Sequence[Bar], table: Table | None = None) -> Chart:
    """Draw how approved posts are used, one bar a line; the widest bar fills the width."""
    widest = max((max(bar.used + bar.kept + max(bar.free, 0), 1) for bar in bars), default=1)
    rows = ((bar.label, f"{bar.used}/{bar.used + bar.kept + bar.free}", _parts(bar)) for bar in bars)
    return Chart(title, _drawn(title, rows, len(bars), widest, tuple(WORDS)), table)


def ranking(*, title: str, shade: str, rows: Sequence[tuple[str, int]], table: Table | None = None) -> Chart:
    """Draw one number a line: vacancies by body, or a number over time; the largest fills the width."""
    widest = max((n for _, n in rows), default=1) or 1
    return Chart(
        title, _drawn(title, ((label, str(n), [(shade, n)]) for label, n in rows), len(rows), widest, ()), table
    )


def _parts(bar: Bar) -> list[tuple[str, int]]:
    over = max(0, -bar.free)
    return [("used", bar.used - over), ("over", over), ("kept", bar.kept), ("free", max(bar.free, 0))]


def _drawn(
    title: str, rows: Iterable[tuple[str, str, list[tuple[str, int]]]], count: int, widest: int, legend: Sequence[str]
) -> SafeString:
    lines = format_html_join("", "{}", ((_line(place, *row, widest),) for place, row in enumerate(rows)))
    below = ROW * count
    height = below + 1.6 * ((len(legend) + 1) // 2)
    return format_html(
        '<svg class="drawn" role="img" aria-label="{}" width="100%" height="{}em"><title>{}</title>{}{}</svg>',
        title, round(height, 1), title, lines, _legend(below, legend),
    )  # fmt: skip


def _line(place: int, label: str, numbers: str, parts: list[tuple[str, int]], widest: int) -> SafeString:
    top, left, rects = place * ROW, 0.0, []
    for name, n in parts:
        if n > 0:
            width = SPAN * n / widest
            rects.append((round(left, 2), round(top + BAR_AT, 2), round(width, 2), THICK, SHADES[name]))
            left += width
    drawn = format_html_join("", '<rect x="{}%" y="{}em" width="{}%" height="{}em" fill="{}"></rect>', rects)
    label = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
    return format_html(
        '<text x="0" y="{}em">{}</text><text x="100%" y="{}em" text-anchor="end">{}</text>{}',
        round(top + WORDS_AT, 2), label, round(top + NUMBER_AT, 2), numbers, drawn,
    )  # fmt: skip


def _legend(below: float, shown: Sequence[str]) -> SafeString:
    """Say what the shades mean, two a line, so that it fits a phone."""
    places = [(name, 50 * (place % 2), below + 1.6 * (place // 2)) for place, name in enumerate(shown)]
    return format_html_join(
        "",
        '<svg x="{}%" y="{}em" overflow="visible"><rect y=".2em" width="1em" height="1em" fill="{}"></rect>'
        '<text x="1.4em" y="1.1em">{}</text></svg>',
        ((left, round(top, 1), SHADES[name], WORDS[name]) for name, left, top in places),
    )
