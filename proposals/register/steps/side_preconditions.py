"""What must be in order before something found is entered in a register beside the ledger, or a problem is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from proposals.ledger.models import Account, Compartment
from proposals.organisation.bodies import Body
from proposals.procedure import locks
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.register.lifecycle import RegisterStep
from proposals.register.steps.ledger_preconditions import not_in_future
from proposals.side_registers.models import Borrowed, ProblemItem, ReportedFigure, SideRow
from proposals.vocabulary import UNIT_LABELS

if TYPE_CHECKING:
    from proposals.procedure.subjects import Register


def body_known(register: Register, act: Act) -> Iterator[Reason]:
    """A row names a body of this register that stands on the day."""
    body = Body.objects.filter(territory=register.territory, code=act.facts["body"]).first()
    if body is None:
        yield Reason("NO_SUCH_BODY", f"台账中没有机构编号{act.facts['body']}，请核对。")
    elif body.version(on=act.happened_on) is None:
        day = act.happened_on.isoformat()
        yield Reason("BODY_NOT_STANDING", f"机构编号{body.code}在{day}尚未设立或已经撤销，请核对单位和业务日期。")


def problem_new(register: Register, act: Act) -> Iterator[Reason]:
    """A number stands once in the problem ledger."""
    if ProblemItem.objects.filter(territory=register.territory, number=act.facts["number"]).exists():
        yield Reason("NUMBER_TAKEN", f"问题台账编号{act.facts['number']}已经登记，一事一账，不得重复。")


def problem_open(register: Register, act: Act) -> Iterator[Reason]:
    """A problem is closed once, after it was entered, with evidence, and when the ledger shows that it is over."""
    rows = ProblemItem.objects.filter(territory=register.territory, uuid=uuid_in(act.facts["row"]))
    locks.hold(rows)  # a case may settle it at the same moment
    problem = rows.prefetch_related("parts").first()
    if problem is None or problem.closed_on:
        yield Reason("PROBLEM_CLOSED", "这一问题已经销号或不存在，请刷新列表。")
    elif act.happened_on < problem.since:
        yield _before(problem)
    elif (part := act.facts.get("count") or 0) and part > (left := max(1, problem.left(on=act.happened_on))):
        text = f"这一问题还有{left}名未销号，少于本次销号的{part}名，请核对本次销号数。"
        yield Reason("MORE_THAN_LEFT", text)
    elif problem.body_id and problem.unit:
        over, explained = excess(body_id=problem.body_id, unit=problem.unit, on=act.happened_on, without={problem.uuid})
        explained += max(0, problem.left(on=act.happened_on) - part) if part else 0
        if over > explained:
            what = f"{problem.body_name}{UNIT_LABELS[problem.unit]}"
            text = f"台账中{what}仍超{over}名，其余未销号问题只说明{explained}名；请先登记减员或办理调整，再销号。"
            yield Reason("STILL_OVER", text, "整改与审批联动；机构编制问题整改台账动态销号")
    if not act.evidence:
        yield Reason("NO_EVIDENCE", "销号须附佐证材料，请先上传。")


def excess(*, body_id: int, unit: str, on: date, without: set[UUID]) -> tuple[int, int]:
    """Return how far a body stands over in a unit now, and how much of it open problems other than these explain."""
    vacant = Account.objects.filter(body=body_id, unit=unit, compartment=Compartment.VACANT).first()
    rows = ProblemItem.objects.filter(body=body_id, unit=unit).exclude(uuid__in=without).prefetch_related("parts")
    return max(0, -vacant.balance) if vacant else 0, sum(row.left(on=on) for row in rows if row.stands(on=on))


def still_lent(register: Register, act: Act) -> Iterator[Reason]:
    """Staff come back once."""
    rows = Borrowed.objects.filter(territory=register.territory, uuid=uuid_in(act.facts["row"]))
    locks.hold(rows)  # a case may end the borrowing at the same moment
    row = rows.first()
    if row is None or row.settled_hash:
        yield Reason("ROW_SETTLED", "这一条目已经办结或不存在，请刷新列表。")
    elif act.happened_on < row.since:
        yield _before(row)


def _before(row: SideRow) -> Reason:
    return Reason("BEFORE_ROW", f"业务日期早于这一条目的登记日期{row.since.isoformat()}，请核对业务日期。")


def figure_new(register: Register, act: Act) -> Iterator[Reason]:
    """A figure has one value a day."""
    rows = ReportedFigure.objects.filter(territory=register.territory, key=act.facts["item"], since=act.happened_on)
    if rows.exists():
        day = act.happened_on.isoformat()
        yield Reason("FIGURE_KNOWN", f"项目{act.facts['item']}在{day}已有数据，请核对业务日期。")


def not_yet_imported(register: Register, act: Act) -> Iterator[Reason]:
    """The registers are opened once."""
    if ReportedFigure.objects.filter(territory=register.territory).exists():
        yield Reason("ALREADY_OPEN", "并列台账已经期初登记，请逐条登记变动。")


SIDE_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        RegisterStep.IMPORT_SIDE_REGISTERS: (not_yet_imported,),
        RegisterStep.ENTER_PROBLEM: (not_in_future, body_known, problem_new),
        RegisterStep.CLOSE_PROBLEM: (not_in_future, problem_open),
        RegisterStep.ENTER_PLEDGE: (not_in_future,),
        RegisterStep.ENTER_BORROWED: (not_in_future, body_known),
        RegisterStep.RETURN_BORROWED: (not_in_future, still_lent),
        RegisterStep.ENTER_FIGURE: (not_in_future, figure_new),
    }
)
