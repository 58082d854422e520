"""The tables of a meeting that may be taken away: attendance, and every vote with its numbers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from proposals.committee.reading.whole import Reading
from proposals.committee.voting_rule import Method
from proposals.vocabulary import BallotValue

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting

Sheet = tuple[str, tuple[str, ...], list[tuple[str | int, ...]]]
ATTENDANCE = ("会议", "次序", "姓名", "职务", "身份", "回执", "请假事由", "到会", "离会")
RESULTS = (
    "会议", "议题", "议题名称", "第几次表决", "表决动议", "方式", "应到", "实到", "可表决", "赞成", "反对", "弃权", "未表决",
    "表决结果", "议定结果", "说明",
)  # fmt: skip
VOTES = ("会议", "议题", "议题名称", "第几次表决", "姓名", "职务", "意见")


def sheets(meeting: Meeting) -> list[Sheet]:
    """Return the sheets (name, heads, rows); an open ballot shows no votes."""
    read = Reading(meeting)
    return [
        ("出席", ATTENDANCE, _attendance(read)),
        ("表决结果", RESULTS, _results(read)),
        ("表决意见", VOTES, _votes(read)),
    ]


def _attendance(read: Reading) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = []
    title = read.meeting.title
    for one in read.roll:
        stays, receipts = read.stays[one.pk], read.receipts[one.pk]
        receipt = receipts[-1] if receipts else None
        came = _clock(stays[0].arrived_at) if stays else ""
        left = _clock(stays[-1].left_at) if stays else ""
        answer, reason = (receipt.get_answer_display(), receipt.reason) if receipt else ("", "")
        rows.append((title, one.order, one.name, one.post, one.get_role_display(), answer, reason, came, left))
    return rows


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(timezone.get_default_timezone()):%Y-%m-%d %H:%M}" if at else ""


def _results(read: Reading) -> list[tuple[str | int, ...]]:
    return [
        (
            read.meeting.title, matter.item.position, matter.item.title, one.n, one.get_motion_display(),
            one.get_method_display(), one.tally["due"], one.tally["present"], one.tally["eligible"],
            one.tally["in_favour"], one.tally["against"], one.tally["abstained"], one.tally["silent"],
            one.get_verdict_display(), one.get_outcome_display(), one.tally["sentence"],
        )
        for matter in read.agenda
        for one in matter.rounds
        if not one.is_open and one.tally
    ]  # fmt: skip


def _votes(read: Reading) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = []
    for matter in read.agenda:
        item, aside = matter.item, set(matter.aside)
        for one in (found for found in matter.rounds if not found.is_open):
            said = {member: ballot.value for member, ballot in matter.newest(one).items()}
            said |= matter.dissent(one)
            for seat in read.roll:
                value = _said(str(seat.member), said, aside, item.present, one.method)
                rows.append((read.meeting.title, item.position, item.title, one.n, seat.name, seat.post, value))
    return rows


def _said(member: str, said: dict[str, str], aside: set[str], present: list[str], method: str) -> str:
    if member in said:
        return BallotValue(said[member]).label if said[member] else "已表决（无记名）"
    if member in aside:
        return "回避"
    if member not in present:
        return "不在场"
    return {Method.NO_OBJECTION: "赞成（无异议）", Method.NAMED: "未表决"}.get(Method(method), "未具名")
