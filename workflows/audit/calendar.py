"""The calendar held against the notices that two people entered, and last days against the years that are known."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.models import CalendarDay, CalendarNotice, RuleChange
from proposals.organisation import working_days
from proposals.rulebook import calendar_notices, calendar_text
from proposals.rulebook.calendar_text import Marked
from workflows.models import WorkItem


def calendar() -> Iterator[str]:
    """Say where the days, the notices and the changes that entered them differ, and which last day cannot be true."""
    notices = list(CalendarNotice.objects.select_related("change"))
    for notice in notices:
        yield from (f"{notice}：{fault}。" for fault in _faults(notice))
    entered = {notice.change_id for notice in notices}
    confirmed = RuleChange.objects.filter(table=calendar_notices.STEP, status=RuleChange.Status.CONFIRMED)
    for change in confirmed.exclude(pk__in=[pk for pk in entered if pk]):
        yield f"变更「{change.reason}」（{change.uuid}）形成的节假日安排已不存在。"
    for day in CalendarDay.objects.filter(notice=None):
        yield f"日历「{day}」没有所依据的节假日安排。"
    known = working_days.known_years()
    for item in WorkItem.objects.filter(finished=None).exclude(due_on=None).select_related("process"):
        if item.due_on and item.due_on.year not in known:
            yield f"「{item.process}」的办理期限{item.due_on}落在节假日安排尚未登记的年份。"


def _faults(notice: CalendarNotice) -> Iterator[str]:
    rows = notice.days.order_by("day")
    days = [Marked(row.day, row.works, row.name) for row in rows]
    if notice.stands and calendar_notices.digest(days) != notice.digest:
        yield "各日与登记时的校验值不符"
    if any(row.citation != notice.citation for row in rows):
        yield "各日所注依据与通知不符"
    change = notice.change
    if change is None:
        return
    told = calendar_notices.digest(calendar_text.marked(change.content.get("days") or ()))
    said = (change.content.get("year"), change.content.get("citation"), told)
    if change.status != RuleChange.Status.CONFIRMED or said != (notice.year, notice.citation, notice.digest):
        yield "与所据变更不符"
