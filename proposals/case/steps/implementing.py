"""What the steps of carrying out write down: the founding paper, tasks, closing, archive."""

from __future__ import annotations

from datetime import date

from proposals.case import tasks
from proposals.case.models import Proposal
from proposals.case.steps.writes import numbered
from proposals.procedure.act import Act
from proposals.procedure.asks import PERSON
from proposals.procedure.facts import day, facts, line, one_of, text, told
from proposals.procedure.traits import Trait, having


def prepare_downward(case: Proposal, act: Act) -> None:
    """Begin the paper that goes down to the units."""


@facts
class IssueDownward:
    """What 「印发下达」 asks."""

    effective_on: date | None = day("生效日期", required=False, help="不填即为成文日期")


@having(Trait.POST)
def issue_downward(case: Proposal, act: Act, told: IssueDownward) -> None:
    """Issue the founding paper: the plan takes effect and is posted."""
    case.effective_on = case.effective_on or told.effective_on or act.happened_on


@facts
class IssueAhead:
    """What 「先行印发（备案事项）」 asks."""

    effective_on: date | None = day("生效日期", required=False, help="不填即为成文日期")


@having(Trait.POST)
def issue_ahead(case: Proposal, act: Act, told: IssueAhead) -> None:
    """Issue the founding paper of a matter that the city only records, without waiting."""
    case.effective_on = told.effective_on or act.happened_on


@facts
class IssuePermit:
    """What 「印发用编核准单」 asks."""

    expires_on: date | None = day("有效期至")


@having(Trait.PERMIT)
def issue_permit(case: Proposal, act: Act, told: IssuePermit) -> None:
    """Issue the permit to use approved posts, with the day it expires."""
    case.numbers = {"hezhundan": act.facts.get("number", ""), **case.numbers}
    case.effective_on = case.closed_on = act.happened_on


@facts
class IssueRefusal:
    """What 「复函告知」 asks."""

    opinion: str = text("告知内容", required=False)


def issue_refusal(case: Proposal, act: Act, told: IssueRefusal) -> None:
    """Tell the unit in writing that the matter was not agreed to."""
    case.numbers = {"fuhan": act.facts.get("number", ""), **case.numbers}
    numbered(case, "fuhan")
    case.closed_on = act.happened_on


def begin_implementation(case: Proposal, act: Act) -> None:
    """Go over to carrying out what already took effect."""


@facts
class AddTask:
    """What 「新增落实任务」 asks."""

    title: str = line("任务")
    unit: str = line("责任单位")
    due_on: date | None = day("完成时限", required=False)


def add_task(case: Proposal, act: Act, told: AddTask) -> None:
    """Write down who has to do what by when."""
    facts = act.facts
    due_on = told.due_on
    case.tasks.create(uuid=facts["task"], title=told.title, unit=told.unit, due_on=due_on)


@facts
class FinishTask:
    """What 「完成落实任务」 asks."""

    task: str = one_of(PERSON, "任务", instead="title")
    explanation: str = line("未完成说明", required=False, help="未能完成时填写，留空即为已完成")
    title: str = told("任务")
    unit: str = told("责任单位")


def finish_task(case: Proposal, act: Act, told: FinishTask) -> None:
    """Report a task as done, or explain why it is not."""
    explanation = told.explanation
    done_on = None if explanation else act.happened_on
    tasks.named(case=case, facts=act.facts).update(done_on=done_on, explanation=explanation)


def close_case(case: Proposal, act: Act) -> None:
    """Close the case: every task is done or explained."""
    case.closed_on = act.happened_on


def archive(case: Proposal, act: Act) -> None:
    """Complete the archive package and put the case to rest."""
