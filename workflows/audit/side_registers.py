"""What chains and decided cases say of the registers beside the ledger, held against their rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from proposals.case.particulars.table import Particulars as P
from proposals.case.steps.book import STEPS
from proposals.effect.side_writes import rest_of
from proposals.models import (
    Borrowed,
    ChangeLine,
    DutyItem,
    DutyList,
    Entry,
    Pledge,
    ProblemItem,
    ProblemPart,
    Register,
    ReportedFigure,
    Seconded,
    SubjectKind,
    UsePlan,
)
from proposals.models import ChangeOp as O
from proposals.opening import side_data
from proposals.opening.data import problems_meant
from proposals.procedure.steps import having
from proposals.procedure.traits import Trait
from proposals.register.lifecycle import RegisterStep
from proposals.side_registers.models import SideRow

IMPORT = RegisterStep.IMPORT_SIDE_REGISTERS
POSTS = having(STEPS, Trait.POST)
# What a line does that settles a part of a problem.
PART = "RECTIFY_PART"
AMOUNT = "amount"  # the number of a line, beside the keys of what it says
# The tables, which steps of a register make their rows, and which settle them; founding papers may do both.
TABLES: Mapping[type[SideRow], tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    ProblemItem: (
        "问题整改台账",
        (IMPORT, RegisterStep.IMPORT_OPENING, RegisterStep.ENTER_PROBLEM),
        (RegisterStep.CLOSE_PROBLEM,),
    ),
    ProblemPart: ("问题分次整改", (RegisterStep.CLOSE_PROBLEM,), ()),
    DutyList: ("权责清单", (IMPORT,), ()),
    DutyItem: ("权责清单事项", (IMPORT,), (RegisterStep.CLAIM_DUTY,)),
    Pledge: ("责任状和一票否决", (IMPORT, RegisterStep.ENTER_PLEDGE), (RegisterStep.CANCEL_PLEDGE,)),
    Borrowed: ("借调抽调台账", (IMPORT, RegisterStep.ENTER_BORROWED), (RegisterStep.RETURN_BORROWED,)),
    UsePlan: ("年度用编计划", (), ()),
    Seconded: ("派驻台账", (IMPORT,), ()),
    ReportedFigure: ("报送数据", (IMPORT, RegisterStep.ENTER_FIGURE), ()),
}
# What a row must say because an entry or a line says so: the row's field by the fact's, or the parameter's name.
TOLD: Mapping[str, Mapping[str, str]] = {
    RegisterStep.ENTER_PROBLEM: {"number": "number", "problem": "problem", "topic": "topic", "paper": "paper"},
    RegisterStep.CLOSE_PROBLEM: {"way": "way", "measure": "measure", "n": "count"},
    PART: {"way": P.way.key, "measure": P.measure.key, "n": P.part.key},
    RegisterStep.ENTER_PLEDGE: {"title": "title", "form": "form", "paper": "paper"},
    RegisterStep.ENTER_BORROWED: {"borrower": "borrower", "count": "count", "paper": "paper"},
    RegisterStep.ENTER_FIGURE: {"key": "item", "value": "value", "paper": "paper"},
    O.RECTIFY: {"way": P.way.key, "measure": P.measure.key},
    O.DUTY_CLAIM: {"mode": P.mode.key, "count": AMOUNT},
    O.DUTY_LIST: {"title": P.name.key, "list_type": P.list_type.key},
    O.DUTY_ADD: {"name": P.duty.key},
    O.USE_PLAN: {"n": AMOUNT, "year": P.year.key},
    O.PLEDGE_KEEP: {"title": P.name.key, "form": P.form.key},
    O.BORROW: {"borrower": P.department.key, "count": AMOUNT},
}
# What a row does not bring from outside, and what is written when it is settled.
IDENTITY = ("id", "uuid", "duty_list", "settled")
SETTLING = (
    "until", "settled_paper", "settled_hash", "closed_on", "way", "measure", "evidence",
    "claimed_on", "mode", "paper", "result",
)  # fmt: skip
MAKING = (O.DUTY_LIST, O.DUTY_CLAIM, O.DUTY_ADD, O.PLEDGE_KEEP, O.PLEDGE_CANCEL, O.BORROW, O.USE_PLAN)
Due = dict[tuple[str, UUID], tuple[str, Mapping[str, Any]]]


def side_rows() -> Iterator[str]:
    """Say which rows name no act that could have made or settled them, or differ from it, and which are missing."""
    made, settled = _decided()
    for table, (label, making, settling) in TABLES.items():
        rows = list(table._default_manager.order_by("pk"))
        acts = _acts({one for row in rows for one in (row.entry_hash, row.settled_hash)})
        for row in rows:
            place = f"{label}「{row}」"
            yield from _held(row, acts.get(row.entry_hash, NO_ACT), making, made, f"{place}的登记")
            if row.settled_hash or _closed_here(row, acts):
                yield from _held(row, acts.get(row.settled_hash, NO_ACT), settling, settled, f"{place}的办结")
    yield from _imported()
    for what, due in (("登记", made), ("办结", settled)):
        yield from (f"已印发生效的「{O(op).label}」没有在并列台账中{what}。" for op, _ in due.values() if op)


def _imported() -> Iterator[str]:
    """Say which rows that came in from outside are missing, too many or say something else than their entry."""
    brought = Entry.objects.filter(subject_kind=SubjectKind.REGISTER, step__in=(IMPORT, RegisterStep.IMPORT_OPENING))
    for entry in brought.order_by("pk"):
        territory, facts = Register.objects.get(uuid=entry.subject_id).territory, json.loads(entry.body)["facts"]
        asked: dict[str, Any] = {"territory": territory, "facts": facts, "entry_hash": entry.hash}
        meant = side_data.meant(**asked) if entry.step == IMPORT else [(ProblemItem, problems_meant(**asked))]
        for table, wanted in meant:
            rows = list(table._default_manager.filter(entry_hash=entry.hash).order_by("pk"))
            if len(rows) != len(wanted):
                yield f"{TABLES[table][0]}期初登记{len(wanted)}条，现有{len(rows)}条。"
                continue
            pairs = zip(rows, wanted, strict=True)
            yield from (f"{TABLES[table][0]}「{row}」与期初登记不符。" for row, then in pairs if _said(row, then))


def _said(row: Any, then: Any) -> bool:
    """Return whether a row differs from what came in, besides what settled it since."""
    since = SETTLING if row.settled_hash else ()
    names = [one.attname for one in row._meta.concrete_fields if one.name not in (*IDENTITY, *since)]
    return any(getattr(row, name) != getattr(then, name) for name in names)


class Told(NamedTuple):
    """An entry behind a row: its hash, its step and what it said."""

    hash: str
    step: str
    facts: Mapping[str, Any]


NO_ACT = Told("", "", {})


def _acts(hashes: set[str]) -> dict[str, Told]:
    rows = Entry.objects.filter(hash__in=hashes).values_list("hash", "step", "body")
    return {found: Told(found, step, json.loads(body)["facts"]) for found, step, body in rows}


def _closed_here(row: Any, acts: Mapping[str, Told]) -> bool:
    """Return whether a problem was closed although the entry that brought it in did not bring it in closed."""
    brought = acts.get(row.entry_hash, NO_ACT).step
    return getattr(row, "closed_on", None) is not None and brought != IMPORT


def _decided() -> tuple[Due, Due]:
    """Return what lines that took effect must have made and settled: (entry, row) → line; two queries.

    What is left of a row that was taken in part may stand, but need not.
    """
    effective = ChangeLine.objects.filter(proposal__effective_on__isnull=False).select_related("proposal")
    lines = [line for line in effective if line.amount and (line.row or line.op in MAKING)]
    issued = Entry.objects.filter(
        subject_id__in={line.proposal.uuid for line in lines}, step__in=having(STEPS, Trait.POST)
    )
    by_case = dict(issued.order_by("-seq").values_list("subject_id", "hash"))
    made: Due = {}
    settled: Due = {}
    for line in lines:
        entry, said = by_case.get(line.proposal.uuid, ""), {**line.says.stored, AMOUNT: line.amount}
        if line.op in MAKING and (line.op != O.DUTY_ADD or line.row):
            made[entry, line.uuid] = line.op, said
        if line.op == O.RECTIFY and line.says.part:
            made[entry, line.uuid] = PART, said
        elif line.row and line.op != O.DUTY_ADD:
            settled[entry, line.row] = line.op, said if line.op == O.RECTIFY else {}
        if line.row and line.op == O.DUTY_CLAIM:
            made[entry, rest_of(row=line.row, entry=entry)] = "", {}
    return made, settled


def _held(row: Any, act: Told, steps: tuple[str, ...], due: Due, place: str) -> Iterator[str]:
    """Hold one row against the act it names; what a case decided is taken off what is due."""
    step, facts = act.step, act.facts
    if step in POSTS:
        if (act.hash, row.uuid) not in due:
            yield f"{place}在所指事项中没有相应的调整事项。"
            return
        step, facts = due.pop((act.hash, row.uuid))
    elif step not in steps:
        yield f"{place}找不到相应的办理记录。"
        return
    for field, name in TOLD.get(step, {}).items():
        if facts.get(name) is not None and getattr(row, field, facts[name]) != facts[name]:
            label = row._meta.get_field(field).verbose_name
            yield f"{place}与办理记录不符：{label}现为{getattr(row, field)}，记录为{facts[name]}。"
