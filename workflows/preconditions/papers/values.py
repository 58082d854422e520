"""What a decision says of the lines: within what was laid before it, or beyond it in words, and possible."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case.values import in_force
from proposals.case.values.in_force import Values
from proposals.models import ChangeLine, Proposal
from proposals.plan import holding
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.vocabulary import UNIT_LABELS


def values_fit(case: Proposal, act: Act) -> Iterator[Reason]:
    """A higher body may give less than was laid before it, line by line, and nothing beside it."""
    values = in_force.said(act.facts)
    lines = {str(line.uuid): line for line in case.change_lines}
    if values is None:
        return
    if not set(values.numbers) | set(values.instead) <= set(lines):
        yield Reason("NO_SUCH_LINE", "所填数额不属于本事项的调整事项，请刷新页面后重新填写。")
        return
    yield from _beyond(lines, values)
    for line in values.instead:
        yield from _of_another_type(lines[line], values)


def _beyond(lines: dict[str, ChangeLine], values: Values) -> Iterator[Reason]:
    for uuid, number in values.numbers.items():
        line = lines[uuid]
        if number <= line.amount or (values.wording and line.unit):
            continue
        more = "确属批准数额多于报送的，请填写「批准内容与报送不同的原文」。" if line.unit else "请核对。"
        text = f"第{line.position}项「{line}」报送{line.amount}，所填{number}超出报送数，{more}"
        yield Reason("MORE_THAN_ASKED", text)


def _of_another_type(line: ChangeLine, values: Values) -> Iterator[Reason]:
    share = values.instead[str(line.uuid)]
    place = f"第{line.position}项「{line}」"
    if not values.wording:
        yield Reason("NO_WORDING", f"{place}按另一类型批准，请填写「批准内容与报送不同的原文」。")
    if share.unit == line.unit or share.n <= 0:
        yield Reason("SAME_TYPE", f"{place}另批的类型应与报送的不同，数额应大于0；同一类型的请直接填写批准数额。")
    elif share.unit not in line.other_units:
        label = UNIT_LABELS.get(share.unit, share.unit)
        yield Reason("OTHER_TYPE", f"{place}不能改批为{label}；确需改批的，请办理「市级退回」，由区里改报。")


def values_stand(case: Proposal, act: Act) -> Iterator[Reason]:
    """What is decided or granted can be carried out: line with line, and against register and ledger of the day."""
    values = in_force.said(act.facts)
    lines = {str(line.uuid) for line in case.change_lines}
    if values is not None and not set(values.numbers) | set(values.instead) <= lines:
        return
    for text in holding.objections(case=case, on=act.happened_on, values=values):
        yield Reason("DOES_NOT_HOLD", text)
