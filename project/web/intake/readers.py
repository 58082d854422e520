"""The only readers of a single value that a browser sends, each with a type and bounds; all else is refused in words.

A form is the reader of its own fields. Everything read beside a form goes through here: what is left out or empty
has its usual value; what stands there and cannot be read is refused with 400, the name of nothing with 404.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from proposals.text import reading
from proposals.text.figures import COUNTS
from proposals.text.figures import whole as whole_number

# Days outside are in no register, and some of them in no database.
YEARS = range(1900, 2200)
MOST_ROWS = 300
ROWS = range(MOST_ROWS + 1)
PAGES = range(1, 1_000_000)
LONGEST = 20_000
LONGEST_PATH = 1_000
SECRET = frozenset({"csrfmiddlewaretoken", "password"})
HIDDEN = SECRET | {"key", "seen"}
DEEPEST = 20


class Unreadable(BadRequest):
    """A value that cannot be read; the message is the sentence that its sender sees."""


def sent(request: HttpRequest) -> QueryDict:
    """Return the fields of a form that was sent, else what the address says."""
    return request.POST if request.method == "POST" else request.GET


def typed(request: HttpRequest, *, but: frozenset[str] = HIDDEN) -> list[tuple[str, str]]:
    """Return what was typed into a form that cannot show itself again, so that nothing of it is lost."""
    return [(name, text) for name, texts in request.POST.lists() if name not in but for text in texts if text]


def own_path(fields: QueryDict, name: str) -> str:
    """Return a path of this site, empty where anything else is said: nobody fails over the way back from what is done.

    A name without a leading slash is no address: Django would read it as the name of a page, and fail on most.
    """
    text = fields.get(name, "")
    own = isinstance(text, str) and len(text) <= LONGEST_PATH and text.startswith("/") and text.isprintable()
    return text if own and url_has_allowed_host_and_scheme(text, allowed_hosts=None) else ""


def word(fields: QueryDict, name: str, *, most: int = LONGEST) -> str:
    """Return a text of no more than so many signs, as it stands; nothing is the empty text."""
    text = fields.get(name, "")
    if not isinstance(text, str) or len(text) > most:
        raise Unreadable(f"填写内容超过{most}字，没有办理。请返回上一页，缩短后重新办理。")
    return text


def given(fields: QueryDict, name: str) -> bool:
    """Return whether anything is said under the name."""
    return bool(fields.get(name))


def choice(fields: QueryDict, name: str, among: Iterable[str], *, usual: str = "") -> str:
    """Return one of the words, the usual one where nothing is said."""
    text = word(fields, name)
    if text and text not in tuple(among):
        raise Unreadable(f"“{_short(text)}”不在可选范围内。请返回上一页，从页面所列选项中选择。")
    return text or usual


def whole(fields: QueryDict, name: str, *, within: range) -> int | None:
    """Return a number within the range, None where nothing is said."""
    text = word(fields, name)
    number = whole_number(text, within=within)
    if text and number is None:
        raise Unreadable(f"“{_short(text)}”不是{within.start}至{within.stop - 1}之间的整数。请返回上一页，改正后重试。")
    return number


def number_among(fields: QueryDict, name: str, among: Iterable[int]) -> int | None:
    """Return a number that is one of those offered, None where nothing is said or it is none of them."""
    known = {str(number): number for number in among}
    return known.get(word(fields, name))


def day(fields: QueryDict, name: str) -> date | None:
    """Return a day that a register could know, None where nothing is said."""
    text = word(fields, name)
    found = a_day(text)
    if text and found is None:
        raise Unreadable(f"“{_short(text)}”不是有效日期。请返回上一页，按“2026-01-31”的格式填写。")
    return found


def month(fields: QueryDict, name: str) -> date | None:
    """Return the first day of a month (2026-01), None where nothing is said."""
    text = word(fields, name)
    found = a_day(f"{text[:7]}-01")
    if text and found is None:
        raise Unreadable(f"“{_short(text)}”不是有效月份。请返回上一页，按“2026-01”的格式填写。")
    return found


def a_day(text: str) -> date | None:
    """Return the day that a text names, if it is one that a register could know."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def identity(fields: QueryDict, name: str) -> UUID | None:
    """Return the identity that is named, None where nothing is said; what names nothing raises Http404."""
    text = word(fields, name)
    found = a_uuid(text)
    if text and found is None:
        raise Http404
    return found


def a_uuid(text: str) -> UUID | None:
    """Return the identity that a text is, in the one way of writing that addresses use."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def page(fields: QueryDict) -> int:
    """Return the number of the page that is asked for, the first where nothing is said."""
    return whole(fields, "page", within=PAGES) or 1


def rows(fields: QueryDict, prefix: str = "form") -> int:
    """Return how many rows a form says it has; more than a page shows are refused before any is made."""
    return whole(fields, f"{prefix}-TOTAL_FORMS", within=ROWS) or 0


def json_value(text: str) -> object:
    """Return what a text of JSON says; ValueError where it is none, or says what no column and no page could hold.

    Numbers are whole and short, objects are not deep, texts are read like every text that is typed.
    """
    try:
        said = json.loads(text, parse_int=_json_whole, parse_float=_no_number, parse_constant=_no_number)
        return _as_read(said, depth=DEEPEST)
    except RecursionError:
        raise ValueError(text[:20]) from None


def _json_whole(figures: str) -> int:
    number = whole_number(figures.removeprefix("-"), within=COUNTS)
    if number is None:
        raise ValueError(figures[:20])
    return -number if figures.startswith("-") else number


def _no_number(figures: str) -> Any:
    raise ValueError(figures[:20])


def _as_read(said: Any, *, depth: int) -> Any:
    if depth < 0:
        raise ValueError("too deep")
    if isinstance(said, str):
        return reading.read(said).text
    if isinstance(said, list):
        return [_as_read(one, depth=depth - 1) for one in said]
    if isinstance(said, dict):
        return {reading.read(name).text: _as_read(one, depth=depth - 1) for name, one in said.items()}
    return said


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
