"""What the lines about the registers beside the ledger decide: problems settled, duties, pledges, borrowed staff."""

from __future__ import annotations

from typing import Any

from proposals.case.particulars.table import Particulars as P
from proposals.case.particulars.words import Settling
from proposals.ledger.models import Holder
from proposals.ledger.places import outside
from proposals.plan import effects_on_bodies
from proposals.plan.sheet import Job
from proposals.side_registers.models import DutyItem, Pledge
from proposals.side_registers.named_rows import Row, RowChange
from proposals.vocabulary import UNIT_LABELS


def rectify(job: Job) -> None:
    """A problem is closed (销号) with the way and measure that the case decides, or a part of its count is settled."""
    if part := job.line.says.part:
        _rectify_part(job, part)
    elif row := _settled(job):
        way, measure = _settlement(job)
        _note(
            job, row.whose, f"问题整改：{row.label}", before=row.standing, after=f"销号（{way.label}）", note=measure,
            way=way.value, measure=measure,
        )  # fmt: skip


def _rectify_part(job: Job, part: int) -> None:
    row = _named(job)
    if row is None:
        return
    if part >= row.n:
        advice = "本次全部销号的，不填本次销号数" if part == row.n else "请核对本次销号数"
        _say(job, f"「{row.label}」还有{row.n}名未销号，本次填写{part}名；{advice}。")
        return
    way, measure = _settlement(job)
    _leave(job, row, row.n - part)
    _note(
        job, row.whose, f"问题整改：{row.label}", before=f"未销号{row.n}名", after=f"销号{part}名（{way.label}），尚余{row.n - part}名",
        note=measure, way=way.value, measure=measure, part=part,
    )  # fmt: skip


def _settlement(job: Job) -> tuple[Settling, str]:
    """Return way and measure; a line that lacks one of them is not tried out."""
    return Settling(job.line.says.way or ""), job.line.says.measure


def open_list(job: Job) -> None:
    """A list of duties is set up; later lines of the case may put duties on it."""
    says, body = job.line.says, job.line.named
    title = says.name
    job.sheet.rows[job.line.uuid] = Row(job.line.uuid, title, body, title, 1, "")
    _note(
        job, job.sheet.name(body) or title, "权责清单", after=f"建立「{title}」", title=title,
        list_type=says.list_type, threshold=says.threshold,
    )  # fmt: skip


def claim_duty(job: Job) -> None:
    """Duties of a list are taken over: all that the row counts, or a part."""
    row = _named(job)
    if row is None:
        return
    if job.n > row.n:
        _say(job, f"「{row.label}」可承接{row.n}项，少于{job.n}项，请核对项数。")
        return
    _leave(job, row, row.n - job.n)
    mode = DutyItem.Mode(job.line.says.mode or DutyItem.Mode.NONE)
    _note(
        job, row.whose, row.label, before=f"{row.n}项未承接", after=f"承接{job.n}项", note=mode.label,
        mode=mode.value, count=job.n,
    )  # fmt: skip


def add_duty(job: Job) -> None:
    """A body takes a duty on; where the line names a list, the duty stands on it as taken over."""
    effects_on_bodies.listed("duties", P.duty, keep=True)(job)
    if job.line.row and (row := _named(job)):
        says = job.line.says
        _note(
            job, row.whose, "列入清单", after=says.duty, name=says.duty,
            mode=(says.mode or DutyItem.Mode.CONFIRM).value, department=says.department,
        )  # fmt: skip


def drop_duty(job: Job) -> None:
    """A body gives a duty up; where the line names its place on a list, it leaves the list too."""
    effects_on_bodies.listed("duties", P.duty, keep=False)(job)
    if job.line.row and (row := _named(job, settled=True)):
        _leave(job, row, 0)
        _note(job, row.whose, "移出清单", before=row.label, after="取消")


def keep_pledge(job: Job) -> None:
    """A pledge or veto that was found is kept, or a new one is set up."""
    says = job.line.says
    if job.line.row:
        if row := _settled(job, was=Pledge.Result.FOUND.label):
            _note(job, row.whose, row.label, before=row.standing, after=Pledge.Result.KEPT.label)
    elif says.name and says.form:
        label = says.form.label
        _note(job, says.department or label, label, after=f"新设「{says.name}」",
              title=says.name, form=says.form.value, department=says.department)  # fmt: skip
    else:
        _say(job, "新设责任状、一票否决的，请填写名称和形式；保留已有的，请选择台账条目。", code="INCOMPLETE")


def plan_use(job: Job) -> None:
    """So many posts of a body may be used within a year; a later plan of the same year replaces the earlier one."""
    year, carried = job.line.says.year or 0, job.line.says.carried or 0
    key, label = (job.body, job.unit, year), UNIT_LABELS[job.unit]
    if key in job.sheet.planned:
        _say(job, f"{job.sheet.name(job.body)}{year}年{label}用编计划重复列入，请合并为一项。")
        return
    before = job.sheet.plans.get(key)
    job.sheet.planned.add(key)
    _note(
        job, job.sheet.name(job.body), f"{year}年{label}用编计划", before=f"{before}名" if before else "",
        after=f"{job.n}名", note=f"其中上年结转{carried}名" if carried else "", year=year, unit=job.unit, n=job.n,
        carried=min(carried, job.n),
    )  # fmt: skip


def cancel_pledge(job: Job) -> None:
    """A pledge or veto is cancelled."""
    if row := _settled(job):
        _note(job, row.whose, row.label, before=row.standing, after=Pledge.Result.CANCELLED.label)


def borrow(job: Job) -> None:
    """Staff of a body may be borrowed until a day: a count, no names."""
    borrower, until = job.line.says.department, str(job.line.says.ends_on)
    _note(
        job, job.sheet.name(job.body), "借调抽调", after=f"由{borrower}借用{job.n}人", note=f"至{until}",
        borrower=borrower, count=job.n, until=until,
    )  # fmt: skip


def end_borrowing(job: Job) -> None:
    """Borrowed staff go back."""
    if row := _settled(job):
        _note(job, row.whose, row.label, before=f"借用{row.n}人", after="归还")


def _named(job: Job, *, settled: bool = False) -> Row | None:
    """Return the row that the line names; one of which nothing is left to decide is refused unless `settled` may be."""
    row = job.sheet.rows.get(job.line.row) if job.line.row else None
    if row is None or not (row.open or settled):
        _refuse(job, row)
        return None
    return row


def _settled(job: Job, *, was: str = "") -> Row | None:
    """Return the row that the line names, in the standing it must have, and leave nothing of it to later lines."""
    row = _named(job)
    if row is not None and was and row.standing != was:
        _refuse(job, row)
        return None
    if row is not None:
        _leave(job, row, 0)
    return row


def _leave(job: Job, row: Row, left: int) -> None:
    job.sheet.rows[row.uuid] = row._replace(n=left, open=left > 0)


def _note(
    job: Job, whose: str, item: str, *, after: str, before: str = "", note: str = "", **values: Any
) -> None:  # fmt: skip
    change = RowChange(job.line.uuid, job.line.op, job.line.row, whose, item, before, after, note, values)
    job.sheet.row_changes.append(change)


def _refuse(job: Job, row: Row | None) -> None:
    words = f"「{row.label}」现为「{row.standing}」" if row else f"台账中没有「{job.line.says.row_name}」"
    _say(job, f"{words}，不能办理本项，请移除本项或另选台账条目。")


def _say(job: Job, message: str, *, code: str = "ROW") -> None:
    job.refuse(code=code, place=outside(Holder.POOL, job.unit), message=message)
