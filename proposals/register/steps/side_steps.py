"""The steps of a register that enter what was found beside the ledger; what is decided there, cases decide.

A problem or a pledge that was found, people who were lent away or came back, a figure that a unit reported: these are
facts. Taking duties over, keeping or cancelling pledges, approving a loan of staff, and settling a problem by posts
are decisions, and come from change lines with the founding paper of their case (side_moves, side_writes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from proposals.effect import side_writes
from proposals.opening import side_data as side_import
from proposals.organisation.bodies import Body
from proposals.procedure.act import Act
from proposals.procedure.asks import LINE, Ask
from proposals.procedure.entries import Entry
from proposals.procedure.facts import asked, choice, count, day, facts, line, text
from proposals.procedure.subjects import Register
from proposals.register.lifecycle import RegisterStep
from proposals.side_registers import totals
from proposals.side_registers.models import Borrowed, Pledge, ProblemItem, ReportedFigure
from proposals.vocabulary import UNITS

Way = ProblemItem.Way
# People who left or took another post settle a problem by themselves; posts that are granted or moved are decided.
FOUND_WAYS = tuple((way.value, str(way.label)) for way in (Way.MOVED, Way.ATTRITION, Way.CORRECTED))
PAPER, ROW = Ask("paper", "依据文件", LINE), Ask("row", "台账条目", LINE)


@facts
class ImportSideRegisters:
    """What 「并列台账期初登记」 asks."""

    on: date | None = day("期初日期")
    paper: str = asked(PAPER)


def import_side_registers(register: Register, act: Act, told: ImportSideRegisters) -> None:
    """Enter what the registers beside the ledger hold on a day."""


@facts
class EnterProblem:
    """What 「登记问题」 asks."""

    number: str = line("台账编号")
    batch: str = line("批次")
    body: str = line("单位（机构编号）")
    topic: str = choice("问题类别", tuple(ProblemItem.Topic.choices))
    problem: str = line("问题")
    unit: str = choice("类型", UNITS, required=False)
    excess: int = count("超出数", required=False)
    due_on: date | None = day("整改时限")
    paper: str = asked(PAPER)


def enter_problem(register: Register, act: Act, told: EnterProblem) -> None:
    """Enter one matter as one account."""


@facts
class CloseProblem:
    """What 「销号」 asks."""

    row: str = asked(ROW)
    way: str = choice("消化途径", FOUND_WAYS, help="增编、调整编制消化的，请提出「问题整改」动议")
    measure: str = text("解决措施")
    count: int = count("本次销号数", required=False, help="按数分次整改的填写，不填为全部销号")


def close_problem(register: Register, act: Act, told: CloseProblem) -> None:
    """Close a matter (销号) that settled itself, with the way and the evidence; the ledger has to agree."""


@facts
class EnterPledge:
    """What 「登记清理发现的责任状（一票否决）」 asks."""

    title: str = line("事项")
    form: str = choice("形式", tuple(Pledge.Form.choices))
    department: str = line("设定部门")
    paper: str = asked(PAPER)


def enter_pledge(register: Register, act: Act, told: EnterPledge) -> None:
    """Enter a pledge or veto that was found; a case decides whether it is kept."""


@facts
class EnterBorrowed:
    """What 「登记清理发现的借调抽调」 asks."""

    body: str = line("被借单位（机构编号）")
    borrower: str = line("借用单位")
    count: int = count("人数")
    grounds: str = line("事由")
    paper: str = asked(PAPER)


def enter_borrowed(register: Register, act: Act, told: EnterBorrowed) -> None:
    """Enter staff found lent by one body to another without approval: a count, no names."""


@facts
class ReturnBorrowed:
    """What 「登记借调归还」 asks."""

    row: str = asked(ROW)


def return_borrowed(register: Register, act: Act, told: ReturnBorrowed) -> None:
    """Enter that borrowed staff went back."""


@facts
class EnterFigure:
    """What 「登记报送数据」 asks."""

    item: str = line("项目代码")
    label: str = line("名称")
    value: int = count("数值")
    measure: str = line("单位")
    group: str = line("类别")
    paper: str = asked(PAPER)


def enter_figure(register: Register, act: Act, told: EnterFigure) -> None:
    """Enter a figure that a unit reported, with its source."""


def claim_duty(register: Register, act: Act) -> None:
    """Enter that a duty was taken over (until 0.1)."""


def cancel_pledge(register: Register, act: Act) -> None:
    """Enter that a pledge was cancelled (until 0.1)."""


def follow(*, register: Register, act: Act, entry: Entry) -> None:
    """Write the rows of a step of the side registers, each naming the entry behind it."""
    if write := FOLLOWERS.get(act.step):
        write(register, act, entry)


def _made(register: Register, act: Act, entry: Entry) -> dict[str, Any]:
    origin = {"paper": act.facts["paper"], "entry_hash": entry.hash}
    return {"territory": register.territory, "since": act.happened_on, **origin}


def _import(register: Register, act: Act, entry: Entry) -> None:
    side_import.enter(territory=register.territory, facts=act.facts, entry=entry)


def _problem(register: Register, act: Act, entry: Entry) -> None:
    facts = act.facts
    body = _body(register, facts)
    ProblemItem.objects.create(
        number=facts["number"], batch=facts["batch"], body=body, topic=facts["topic"],
        body_name=totals.name_of(body, on=act.happened_on), problem=facts["problem"], unit=facts.get("unit", ""),
        excess=facts.get("excess") or 0, due_on=date.fromisoformat(facts["due_on"]), **_made(register, act, entry),
    )  # fmt: skip


def _close(register: Register, act: Act, entry: Entry) -> None:
    problem = ProblemItem.objects.prefetch_related("parts").get(uuid=act.facts["row"])
    count = act.facts.get("count")
    if count and count < problem.left(on=act.happened_on):
        side_writes.settle_part(
            problem=problem, n=count, territory=register.territory, since=act.happened_on, way=act.facts["way"],
            measure=act.facts["measure"][:300], evidence=list(act.evidence), paper=problem.paper, entry_hash=entry.hash,
        )  # fmt: skip
        return
    ProblemItem.objects.filter(uuid=act.facts["row"]).update(
        closed_on=act.happened_on, way=act.facts["way"], measure=act.facts["measure"], evidence=list(act.evidence),
        settled_hash=entry.hash,
    )  # fmt: skip


def _pledge(register: Register, act: Act, entry: Entry) -> None:
    facts = {name: act.facts[name] for name in ("title", "form", "department")}
    Pledge.objects.create(**facts, **_made(register, act, entry))


def _borrowed(register: Register, act: Act, entry: Entry) -> None:
    facts = act.facts
    Borrowed.objects.create(
        lender=_body(register, facts), borrower=facts["borrower"], count=facts["count"], approved=False,
        reason=facts["grounds"], **_made(register, act, entry),
    )  # fmt: skip


def _returned(register: Register, act: Act, entry: Entry) -> None:
    Borrowed.objects.filter(uuid=act.facts["row"]).update(until=act.happened_on, settled_hash=entry.hash)


def _figure(register: Register, act: Act, entry: Entry) -> None:
    facts = {name: act.facts[name] for name in ("label", "value", "measure", "group")}
    ReportedFigure.objects.create(key=act.facts["item"], **facts, **_made(register, act, entry))


FOLLOWERS: Mapping[str, Callable[[Register, Act, Entry], None]] = {
    RegisterStep.IMPORT_SIDE_REGISTERS: _import,
    RegisterStep.ENTER_PROBLEM: _problem,
    RegisterStep.CLOSE_PROBLEM: _close,
    RegisterStep.ENTER_PLEDGE: _pledge,
    RegisterStep.ENTER_BORROWED: _borrowed,
    RegisterStep.RETURN_BORROWED: _returned,
    RegisterStep.ENTER_FIGURE: _figure,
}


def _body(register: Register, facts: Mapping[str, Any]) -> Body:
    return Body.objects.get(territory=register.territory, code=facts["body"])
