"""What chains say of readings given on cases, held against the rows that let somebody read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proposals.case.asks import GrantKind
from proposals.case.lifecycle import CaseStep
from proposals.models import Proposal
from workflows.grants import CaseGrant


def readings(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which readings of a case are not as they were given, were ended without an act, or go on after one."""
    rows = CaseGrant.objects.filter(content_object=case).exclude(kind=GrantKind.LENT)
    found = {str(row.uuid): row for row in rows.select_related("user", "lender", "permission")}
    given = {body["facts"]["grant"]: body for body in bodies if body["step"] == CaseStep.GRANT_READING}
    over = {body["facts"]["grant"] for body in bodies if body["step"] == CaseStep.END_READING}
    for name in sorted(given.keys() - found.keys()):
        yield f"第{given[name]['seq']}条所记的查阅现已不存在"
    for name, row in found.items():
        if name not in given:
            yield f"查阅「{row}」没有准予的办理记录"
        elif not _as_given(row, given[name]):
            yield f"查阅「{row}」与第{given[name]['seq']}条办理记录不符"
        if name in over and row.ended_at is None:
            yield f"查阅「{row}」已经结束，现存仍为有效"


def _as_given(row: CaseGrant, body: Mapping[str, Any]) -> bool:
    facts = body["facts"]
    then = (facts["person"], facts["purpose"], facts["until"], facts["reason"], body["actor"]["id"])
    now = (str(row.user.uuid), row.kind, row.until.isoformat(), row.reason, str(row.lender.uuid))
    return then == now and row.permission.codename == row.codename
