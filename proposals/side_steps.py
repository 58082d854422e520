"""The steps of a register that write the registers beside the ledger: problems, duties, pledges, borrowed staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from proposals import side_data
from proposals.act import Act
from proposals.asks import CHOICE, COUNT, DAY, LINE, TEXT, Ask
from proposals.models.establishment import Body
from proposals.models.quota import UNITS
from proposals.models.sideregisters import Borrowed, DutyItem, Pledge, ProblemItem, ReportedFigure, SideRow
from proposals.reasons import Reason
from proposals.registry_checks import not_in_future
from proposals.states import Duty as D
from proposals.topology import Row

if TYPE_CHECKING:
    from proposals.models import Register

CLERK, WATCH = (D.OFFICE_CLERK,), (D.INSPECTOR, D.OFFICE_DIRECTOR)

SIDE_STEPS: tuple[Row, ...] = (
    Row("import_side_registers", "并列台账期初登记", ("",), None, (*CLERK, D.OFFICE_DIRECTOR)),
    Row("enter_problem", "登记问题", ("",), None, (*CLERK, D.INSPECTOR)),
    Row("close_problem", "销号", ("",), None, WATCH),
    Row("claim_duty", "登记承接", ("",), None, CLERK),
    Row("enter_pledge", "登记责任状（一票否决）", ("",), None, CLERK),
    Row("cancel_pledge", "取消责任状（一票否决）", ("",), None, (*CLERK, *WATCH)),
    Row("enter_borrowed", "登记借调抽调", ("",), None, CLERK),
    Row("return_borrowed", "登记借调归还", ("",), None, CLERK),
    Row("enter_figure", "登记报送数据", ("",), None, CLERK),
)

PAPER, ROW = Ask("paper", "依据文件", LINE), Ask("row", "台账条目", LINE)
SIDE_ASKS: Mapping[str, tuple[Ask, ...]] = {
    "import_side_registers": (Ask("on", "期初日期", DAY), PAPER),
    "enter_problem": (
        Ask("number", "台账编号", LINE),
        Ask("batch", "批次", LINE),
        Ask("body", "单位（机构编号）", LINE),
        Ask("topic", "问题类别", CHOICE, choices=tuple(ProblemItem.Topic.choices)),
        Ask("problem", "问题", LINE),
        Ask("unit", "类型", CHOICE, required=False, choices=UNITS),
        Ask("excess", "超出数", COUNT, required=False),
        Ask("due_on", "整改时限", DAY),
        PAPER,
    ),
    "close_problem": (
        ROW,
        Ask("way", "消化途径", CHOICE, choices=tuple(ProblemItem.Way.choices)),
        Ask("measure", "解决措施", TEXT),
    ),
    "claim_duty": (ROW, Ask("mode", "方式", CHOICE, choices=tuple(DutyItem.Mode.choices)[1:]), PAPER),
    "enter_pledge": (
        Ask("title", "事项", LINE),
        Ask("form", "形式", CHOICE, choices=tuple(Pledge.Form.choices)),
        Ask("department", "设定部门", LINE),
        PAPER,
    ),
    "cancel_pledge": (ROW, PAPER),
    "enter_borrowed": (
        Ask("body", "被借单位（机构编号）", LINE),
        Ask("borrower", "借用单位", LINE),
        Ask("count", "人数", COUNT),
        Ask("approved", "是否经批准", CHOICE, choices=(("YES", "经批准"), ("NO", "未经批准"))),
        Ask("grounds", "事由", LINE),
        PAPER,
    ),
    "return_borrowed": (ROW,),
    "enter_figure": (
        Ask("item", "项目代码", LINE),
        Ask("label", "名称", LINE),
        Ask("value", "数值", COUNT),
        Ask("measure", "单位", LINE),
        Ask("group", "类别", LINE),
        PAPER,
    ),
}


class SideSteps:
    """What the steps write; days are the days on which things happened."""

    def import_side_registers(self: Register, act: Act) -> None:
        """Enter what the registers beside the ledger hold on a day."""
        side_data.enter(territory=self.territory, facts=act.facts)

    def enter_problem(self: Register, act: Act) -> None:
        """Enter one matter as one account."""
        facts = act.facts
        body = _body(self, facts)
        ProblemItem.objects.create(
            territory=self.territory, number=facts["number"], batch=facts["batch"], body=body, topic=facts["topic"],
            body_name=side_data.name_of(body, on=act.happened_on), problem=facts["problem"], unit=facts.get("unit", ""),
            excess=facts.get("excess") or 0, since=act.happened_on, paper=facts["paper"],
            due_on=date.fromisoformat(facts["due_on"]),
        )  # fmt: skip

    def close_problem(self: Register, act: Act) -> None:
        """Close a matter (销号) with the way it was settled and the evidence."""
        ProblemItem.objects.filter(uuid=act.facts["row"]).update(
            closed_on=act.happened_on, way=act.facts["way"], measure=act.facts["measure"], evidence=list(act.evidence)
        )

    def claim_duty(self: Register, act: Act) -> None:
        """Enter that a town or street took a duty over, by the paper that gave it."""
        DutyItem.objects.filter(uuid=act.facts["row"]).update(
            claimed_on=act.happened_on, mode=act.facts["mode"], paper=act.facts["paper"]
        )

    def enter_pledge(self: Register, act: Act) -> None:
        """Enter a pledge or veto that stands."""
        facts = {name: act.facts[name] for name in ("title", "form", "department", "paper")}
        Pledge.objects.create(territory=self.territory, since=act.happened_on, result=Pledge.Result.KEPT, **facts)

    def cancel_pledge(self: Register, act: Act) -> None:
        """Enter that a pledge or veto was cancelled."""
        Pledge.objects.filter(uuid=act.facts["row"]).update(
            result=Pledge.Result.CANCELLED, until=act.happened_on, paper=act.facts["paper"]
        )

    def enter_borrowed(self: Register, act: Act) -> None:
        """Enter staff lent by one body to another: a count, no names."""
        facts = act.facts
        Borrowed.objects.create(
            territory=self.territory, lender=_body(self, facts), borrower=facts["borrower"], count=facts["count"],
            approved=facts["approved"] == "YES", reason=facts["grounds"], since=act.happened_on, paper=facts["paper"],
        )  # fmt: skip

    def return_borrowed(self: Register, act: Act) -> None:
        """Enter that borrowed staff went back."""
        Borrowed.objects.filter(uuid=act.facts["row"]).update(until=act.happened_on)

    def enter_figure(self: Register, act: Act) -> None:
        """Enter a figure that a unit reported, with its source."""
        facts = {name: act.facts[name] for name in ("label", "value", "measure", "group", "paper")}
        ReportedFigure.objects.create(territory=self.territory, key=act.facts["item"], since=act.happened_on, **facts)


def _body(register: Register, facts: Mapping[str, Any]) -> Body:
    return Body.objects.get(territory=register.territory, code=facts["body"])


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
    """A problem is closed once, with evidence."""
    problem = ProblemItem.objects.filter(territory=register.territory, uuid=act.facts["row"]).first()
    if problem is None or problem.closed_on:
        yield Reason("PROBLEM_CLOSED", "这一问题已经销号或不存在，请刷新列表。")
    else:
        yield from not_before(problem, act)
    if not act.evidence:
        yield Reason("NO_EVIDENCE", "销号须附佐证材料，请先上传。")


def row_of(table: type[SideRow], taken: str) -> Callable[[Register, Act], Iterator[Reason]]:
    """Return the check that a row exists in this register and was not settled before."""

    def check(register: Register, act: Act) -> Iterator[Reason]:
        row = table._default_manager.filter(territory=register.territory, uuid=act.facts["row"]).first()
        if row is None or getattr(row, taken) is not None:
            yield Reason("ROW_SETTLED", "这一条目已经办结或不存在，请刷新列表。")
        else:
            yield from not_before(row, act)

    return check


def not_before(row: SideRow, act: Act) -> Iterator[Reason]:
    """A row is not settled before the day from which it stands."""
    if act.happened_on < row.since:
        yield Reason("BEFORE_ROW", f"业务日期早于这一条目的登记日期{row.since.isoformat()}，请核对业务日期。")


def figure_new(register: Register, act: Act) -> Iterator[Reason]:
    """A figure has one value a day."""
    rows = ReportedFigure.objects.filter(territory=register.territory, key=act.facts["item"], since=act.happened_on)
    if rows.exists():
        yield Reason(
            "FIGURE_KNOWN", f"项目{act.facts['item']}在{act.happened_on.isoformat()}已有数据，请核对业务日期。"
        )


def not_yet_imported(register: Register, act: Act) -> Iterator[Reason]:
    """The registers are opened once."""
    if ReportedFigure.objects.filter(territory=register.territory).exists():
        yield Reason("ALREADY_OPEN", "并列台账已经期初登记，请逐条登记变动。")


SIDE_CHECKS: Mapping[str, tuple[Callable[[Register, Act], Iterator[Reason]], ...]] = {
    "import_side_registers": (not_yet_imported,),
    "enter_problem": (not_in_future, body_known, problem_new),
    "close_problem": (not_in_future, problem_open),
    "claim_duty": (not_in_future, row_of(DutyItem, "claimed_on")),
    "enter_pledge": (not_in_future,),
    "cancel_pledge": (not_in_future, row_of(Pledge, "until")),
    "enter_borrowed": (not_in_future, body_known),
    "return_borrowed": (not_in_future, row_of(Borrowed, "until")),
    "enter_figure": (not_in_future, figure_new),
}
