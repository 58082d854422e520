"""How the cells of a table stand on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

from project.web.tables.tables import Cell

register = template.Library()

CLASSES: Mapping[str, str] = {"number": "number", "change": "number", "nowrap": "nowrap", "act": "no-print nowrap"}
NOTHING = "—"
BRANCH = SafeString('<span aria-hidden="true">{}└ </span>')


@register.filter
def look(kind: str) -> SafeString:
    """Return the class attribute of a column of this kind."""
    return format_html(' class="{}"', CLASSES[kind]) if kind in CLASSES else SafeString("")


@register.filter
def cell(one: Cell, kind: str) -> SafeString:
    """Return a cell of a column of this kind: the words, where they lead, and what stands beside and below."""
    said = _words(one)
    if one.href:
        said = format_html('<a href="{}"{}>{}</a>', one.href, _figure(kind), said)
    if one.depth:
        said = format_html(BRANCH + "{}", "　" * (one.depth - 1), said)
    if kind == "change" and one.after != one.value:
        said = format_html("{} → {}", said, one.after)
    if one.note:
        said = format_html("{}<br><small>{}</small>", said, one.note)
    if kind == "name":
        return format_html('<th scope="row">{}</th>', said)
    return format_html("<td{}>{}</td>", look(kind), said)


@register.filter
def headed(shown: SafeString, heading: str) -> SafeString:
    """Let a cell carry the heading that a phone shows beside it; the name of a row needs none."""
    if not heading or not shown.startswith("<td"):
        return shown
    blank = SafeString(" data-blank" if shown.endswith(f">{NOTHING}</td>") else "")
    return format_html('<td data-label="{}"{}{}', heading, blank, SafeString(shown.removeprefix("<td")))


def _figure(kind: str) -> SafeString:
    return SafeString(' class="figure"') if kind in ("number", "change") else SafeString("")


def _words(one: Cell) -> SafeString:
    words = one.shown or one.value
    if words in (None, ""):
        return SafeString(NOTHING)
    if isinstance(words, date):
        words = formats.date_format(words)
    return format_html('<span class="tag tag-{}">{}</span>', one.tone, words) if one.tone else format_html("{}", words)
