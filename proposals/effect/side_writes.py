"""How what a case decided about the registers beside the ledger is written: once, with its founding paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid5

from django.db.models import F

from proposals.case.correspondence.uploads import Upload
from proposals.case.lines import ChangeOp as O
from proposals.organisation.bodies import Body
from proposals.side_registers.models import Borrowed, DutyItem, DutyList, Pledge, ProblemItem
from proposals.side_registers.named_rows import RowChange
from proposals.side_registers.problem_parts import ProblemPart
from proposals.side_registers.use_plans import UsePlan

if TYPE_CHECKING:
    from proposals.case.models import Proposal
    from proposals.plan.sheet import Sheet
    from proposals.procedure.entries import Entry

# What is attached to a case for these purposes proves that a problem was settled.
EVIDENCE = (Upload.Purpose.OTHER, Upload.Purpose.TASK, Upload.Purpose.CITY_REPLY)


class Writing(NamedTuple):
    """One change being written: by which case and entry, on which paper, from which day."""

    change: RowChange
    case: Proposal
    entry: Entry
    paper: str
    on: date

    @property
    def row(self) -> UUID:
        """The row that is settled, or the one that is made."""
        return self.change.row or self.change.line

    @property
    def made(self) -> dict[str, Any]:
        """What a new row says of its origin."""
        return {
            "uuid": self.change.line, "territory_id": self.case.territory_id, "since": self.on, "paper": self.paper,
            "entry_hash": self.entry.hash,
        }  # fmt: skip

    @property
    def settled(self) -> dict[str, Any]:
        """What a row says of its end."""
        return {"settled_paper": self.paper, "settled_hash": self.entry.hash}


def write(*, sheet: Sheet, case: Proposal, entry: Entry, paper: str, effective_on: date) -> None:
    """Write every change of rows that the lines on the sheet made; the caller found no shortfall."""
    for change in sheet.row_changes:
        if write_row := WRITERS.get(change.op):
            write_row(Writing(change, case, entry, paper, effective_on))


def _rectify(one: Writing) -> None:
    if "part" in one.change.values:
        _rectify_part(one)
        return
    proofs = one.case.uploads.usable().filter(purpose__in=EVIDENCE).order_by("id")
    ProblemItem.objects.filter(uuid=one.row).update(
        closed_on=one.on, evidence=list(proofs.values_list("sha256", flat=True)), **one.change.values, **one.settled
    )


def _rectify_part(one: Writing) -> None:
    """Write the part beside the problem, which stays open with what remains."""
    proofs = one.case.uploads.usable().filter(purpose__in=EVIDENCE).order_by("id")
    problem = ProblemItem.objects.get(uuid=one.row)
    values = _named(one.change.values, "way", "measure")
    settle_part(
        problem=problem, n=one.change.values["part"], evidence=list(proofs.values_list("sha256", flat=True)),
        **values, **one.made,
    )  # fmt: skip


def settle_part(*, problem: ProblemItem, n: int, **values: Any) -> ProblemPart:
    """Settle a part of a counted problem; the database refuses more than the problem counts."""
    ProblemItem.objects.filter(pk=problem.pk).update(settled=F("settled") + n)
    return ProblemPart.objects.create(problem=problem, n=n, **values)


def _open_list(one: Writing) -> None:
    line = one.case.lines.get(uuid=one.change.line)
    body = Body.objects.filter(uuid=line.named).first() if line.named else None
    code = f"{one.case.territory.site_code}-{str(one.change.line)[:8]}"
    DutyList.objects.create(code=code, body=body, **one.change.values, **one.made)


def rest_of(*, row: UUID, entry: str) -> UUID:
    """Return the uuid of what an entry left of a row of a duty list, whichever lines took their parts of it."""
    return uuid5(row, entry)


def _claim(one: Writing) -> None:
    """Let the row on the list be followed by one that is taken over and, where some are left, one that is not."""
    before = DutyItem.objects.get(uuid=one.row)
    rest = rest_of(row=one.row, entry=one.entry.hash)
    standing = DutyItem.objects.filter(uuid=rest).first() or before
    same: dict[str, Any] = {
        name: getattr(before, name)
        for name in ("duty_list_id", "name", "department", "vertical", "claimable", "illustrative")
    }
    count = one.change.values["count"]
    DutyItem.objects.create(**same, **one.made, claimed_on=one.on, mode=one.change.values["mode"], count=count)
    if standing == before:
        _end_item(one)
    DutyItem.objects.filter(uuid=rest).delete()
    if left := standing.count - count:
        DutyItem.objects.create(**same, **{**one.made, "uuid": rest, "paper": before.paper}, count=left)


def _end_item(one: Writing) -> None:
    DutyItem.objects.filter(uuid=one.row).update(until=one.on - timedelta(days=1), **one.settled)


def _add_duty(one: Writing) -> None:
    listed = DutyList.objects.get(uuid=one.row)
    answered = one.case.answers.filter(question="FUNDS_FOLLOW").exclude(text="", pointer="").exists()
    DutyItem.objects.create(duty_list=listed, claimed_on=one.on, funds_follow=answered, **one.change.values, **one.made)


def _pledge(one: Writing) -> None:
    """Let a pledge that was found or kept be followed by a row with what was decided; a new one follows nothing."""
    cancelled = one.change.op == O.PLEDGE_CANCEL
    result = Pledge.Result.CANCELLED if cancelled else Pledge.Result.KEPT
    values = one.change.values
    if one.change.row:
        before = Pledge.objects.get(uuid=one.row)
        values = {name: getattr(before, name) for name in ("title", "form", "department", "illustrative")}
        Pledge.objects.filter(pk=before.pk).update(until=one.on - timedelta(days=1), **one.settled)
    Pledge.objects.create(**values, **one.made, result=result)


def _borrow(one: Writing) -> None:
    line = one.case.lines.select_related("body").get(uuid=one.change.line)
    values = {**one.change.values, "until": date.fromisoformat(one.change.values["until"]), "reason": line.remark}
    Borrowed.objects.create(lender=Body.objects.get(uuid=line.named or one.row), approved=True, **values, **one.made)


def _end_borrowing(one: Writing) -> None:
    Borrowed.objects.filter(uuid=one.row).update(until=one.on, **one.settled)


def _plan_use(one: Writing) -> None:
    """Let a plan of use be followed by what was decided anew for the same year."""
    line = one.case.lines.get(uuid=one.change.line)
    body = Body.objects.get(uuid=line.named or one.row)
    which = {"territory_id": one.case.territory_id, "body": body, **_named(one.change.values, "year", "unit")}
    UsePlan.objects.filter(until=None, **which).update(until=one.on - timedelta(days=1))
    UsePlan.objects.create(**{**one.made, **which, **_named(one.change.values, "n", "carried")})


def _named(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names}


WRITERS: Mapping[str, Callable[[Writing], Any]] = {
    O.RECTIFY: _rectify,
    O.DUTY_LIST: _open_list, O.DUTY_CLAIM: _claim, O.DUTY_ADD: _add_duty, O.DUTY_DROP: _end_item,
    O.USE_PLAN: _plan_use,
    O.PLEDGE_KEEP: _pledge, O.PLEDGE_CANCEL: _pledge, O.BORROW: _borrow, O.BORROW_END: _end_borrowing,
}  # fmt: skip
