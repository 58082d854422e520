"""Order of 查阅: who may be let read a case and how long, and who ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from proposals.case.lifecycle import CaseStep
from proposals.case.steps.book import STEPS
from proposals.models import Proposal
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from workflows import access
from workflows.desks import reading


def given_in_person(case: Proposal, act: Act) -> Iterator[Reason]:
    """A reading is given, and ended, by whoever it concerns, here and not by a record of paper."""
    if act.confirmed_by:
        yield Reason("NOT_ON_PAPER", "准予查阅和结束查阅由本人在系统中办理，不能代录。")


def reader_fits(case: Proposal, act: Act) -> Iterator[Reason]:
    """A case is shown to somebody near who does not read it already, never to an administrator."""
    able = reading.eligible(case=case, on=_on(act))
    if not able.exists():
        yield Reason("NO_READER", "没有需要准予查阅的人员：本区和上级有职责的人员都已能够查阅本事项，或者是管理员。")
    elif not able.filter(uuid=uuid_in(act.facts["person"])).exists():
        yield Reason(
            "NO_READER",
            "不能准予这位人员查阅：查阅人须为本区或者上级的在职人员，不能是管理员或者已经能够查阅本事项的人员。",
        )


def read_within_limit(case: Proposal, act: Act) -> Iterator[Reason]:
    """A case is shown until a day that is still to come, within the limit of the rulebook."""
    until, on = date.fromisoformat(act.facts["until"]), _on(act)
    latest = reading.last_day(case=case, on=on)
    if until < on:
        yield Reason("UNTIL_PAST", "查阅截止日期已过，请重新填写。")
    elif until > latest:
        yield Reason(
            "UNTIL_FAR", f"查阅最长到{latest.year}年{latest.month}月{latest.day}日，请缩短期限，到期后可以再次准予。"
        )


def reading_is_open(case: Proposal, act: Act) -> Iterator[Reason]:
    """The office ends every reading of the case, a reader his own."""
    duties = STEPS[CaseStep.END_READING].row.duties
    rows = reading.to_end(case=case, person_id=act.actor.id, office=True, on=_on(act), read=act.reading)
    if rows and not access.holds(actor=act.actor, duties=duties, subject=case, on=_on(act)):
        rows = [row for row in rows if row.user_id == act.actor.id]
    if not rows:
        yield Reason("NOBODY_READS", "本事项没有可以结束的查阅。")
    elif not any(row.uuid == uuid_in(act.facts["grant"]) for row in rows):
        yield Reason("NOBODY_READS", "这项查阅已经结束或不存在，请刷新页面。")


def _on(act: Act) -> date:
    return timezone.localdate(act.at)
