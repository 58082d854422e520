"""The tags and filters that templates use to say things the office's way."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from project.web.tables.tables import signed
from proposals.case import kinds
from proposals.committee.minutes import places
from proposals.models import Examination, PaperRecord
from proposals.vocabulary import MeetingState, State
from proposals.vocabulary import State as S
from workflows.desks import deadlines
from workflows.models import WorkItem

register = template.Library()

LABELS: Mapping[str, str] = {**dict(MeetingState.choices), **dict(State.choices)}
TONES: Mapping[str, tuple[State | str, ...]] = {
    "good": (S.APPROVED, S.APPROVED_AMENDED, S.OFFICE_DECIDED, S.CITY_APPROVED, S.CITY_RECORDED, S.MINUTES_SIGNED,
             "SIGNED", "CONFIRMED"),
    "warn": (S.RETURNED, S.DEFERRED, S.CITY_RETURNED, S.SUSPENDED, "WAITING"),
    "bad": (S.REJECTED, S.CITY_REJECTED, "DECLINED"),
    "rest": (S.DRAFT, S.CLOSED, S.ARCHIVED, S.WITHDRAWN, S.VOID, "CANCELLED", "PLANNED"),
}  # fmt: skip


register.filter(signed)


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """Render a block of the page a second time: the title is the heading too."""
    return context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context)


@register.filter
def state_tag(state: str) -> SafeString:
    """Return the state of a case or a meeting as a tag: a colour and a word."""
    tone = next((tone for tone, states in TONES.items() if state in states), "run")
    return tag(LABELS.get(state, state), tone)


@register.filter
def tag(word: str, tone: str = "run") -> SafeString:
    """Return a word as a tag of one of the tones run, good, warn, bad, rest."""
    return format_html('<span class="tag tag-{}">{}</span>', tone, word)


@register.filter
def examination_tag(found: Examination) -> SafeString:
    """Return how far the examination of a file has come."""
    known = Examination.Standing
    tone = {known.WAITING: "warn", known.USABLE: "good", known.UNUSABLE: "bad"}[known(found.standing)]
    return tag(found.get_standing_display(), tone)


@register.filter
def record_tag(status: str) -> SafeString:
    """Return how far a record of something done on paper has come."""
    tone = {"WAITING": "warn", "CONFIRMED": "good", "DECLINED": "bad"}[status]
    return tag(PaperRecord.Status(status).label, tone)


@register.filter
def ratified(mark: str) -> SafeString:
    """Return what a later sitting answered to a decision by circulation, as a tag."""
    return tag(mark, {"待追认": "warn", "未获追认": "bad"}.get(mark, "good")) if mark else SafeString("")


@register.filter
def days(since: datetime | None) -> str:
    """Return how many days something has been lying, today counting as none."""
    if since is None:
        return ""
    return f"{(timezone.localdate() - timezone.localdate(since)).days} 天"


@register.filter
def due(day: date | None | str, near: int) -> SafeString:
    """Return the last day for a case's state, with a word where it is near or past; a case on no desk has none."""
    if not isinstance(day, date):
        return SafeString("—")
    word = deadlines.mark(day, near=near)
    tone = "bad" if word == "已超期" else "warn"
    return format_html("{} {}", formats.date_format(day), tag(word, tone) if word else "")


@register.filter
def last_day(item: WorkItem | None, near: int) -> SafeString:
    """Return by when an item must be done; a limit that reaches beyond the known holidays is said to be uncounted."""
    if item and item.uncounted:
        return tag("日历未登记", "rest")
    return due(item.due_on if item else None, near)


@register.filter
def stands_as(field: BoundField) -> str:
    """Return how a field is laid out: one box with its label behind it, a group of boxes, or a plain control."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect) or hasattr(widget, "group"):
        return "group"
    return "box" if isinstance(widget, CheckboxInput) else "control"


@register.filter
def kind_label(code: str) -> str:
    """Return the office's word for a kind of proposal."""
    return kinds.BY_CODE[code].label if code in kinds.BY_CODE else code


@register.filter
def address(item: WorkItem) -> str:
    """Return where the work of a worklist line is done."""
    return reverse("case", args=[item.process.uuid])


@register.simple_tag
def new_key() -> uuid.UUID:
    """Return a key for one use of a form: sent twice, it still makes one entry."""
    return uuid.uuid4()


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """Return what a mapping holds under a key."""
    return mapping.get(key) if mapping else None


@register.filter
def place(key: str) -> str:
    """Return where a text of minutes stands, in words."""
    return places.in_words(key)


@register.filter
def days_from(day: date | None) -> str:
    """Return how many days ago a day was."""
    return f"{(timezone.localdate() - day).days} 天" if day else ""


@register.filter
def tag_of_check(result: str) -> SafeString:
    """Return the result of one of the four-property checks as a tag."""
    return tag(result, {"通过": "good", "不通过": "bad"}.get(result, "rest"))


@register.filter
def verdict_of_checks(checks: list[dict[str, str]]) -> SafeString:
    """Return what the checks of a package came to: how many were passed, or that one failed."""
    failed = [check["name"] for check in checks if check["result"] == "不通过"]
    passed = sum(check["result"] == "通过" for check in checks)
    return tag(f"未通过：{'、'.join(failed)}", "bad") if failed else tag(f"{passed} 项通过", "good")
