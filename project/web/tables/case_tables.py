"""The tables over cases that are kept as books: the incoming register."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from project.web.tables.tables import Cell, Column, Table
from proposals.case.lifecycle import CaseStep
from proposals.models import Proposal
from proposals.vocabulary import State

INCOMING = (
    Column("收文登记号", "nowrap"), Column("标题", "name"), Column("来文单位"), Column("来文字号"),
    Column("来文日期", "nowrap"), Column("来源", "nowrap"), Column("缓急", "nowrap"), Column("环节", "nowrap"),
    Column("受理日期", "nowrap"), Column("操作", "act"),
)  # fmt: skip


def incoming(cases: Iterable[Proposal]) -> Table:
    """Return what came in to the office, entered or waiting to be."""
    rows = []
    for case in cases:
        waits = case.state == State.SUBMITTED
        step = reverse("case_step", args=[case.uuid, CaseStep.REGISTER_INCOMING]) if waits else ""
        rows.append(
            [
                Cell(case.number, shown="" if case.number else "待登记"),
                Cell(case.title, reverse("case", args=[case.uuid])), Cell(case.proposer), Cell(case.paper_number),
                Cell(case.paper_dated), Cell(case.get_origin_display()), Cell(case.get_urgency_display()),
                Cell(case.get_state_display()), Cell(case.accepted_on), Cell("收文登记" if waits else None, step),
            ]
        )  # fmt: skip
    return Table("收文登记簿", INCOMING, rows)
