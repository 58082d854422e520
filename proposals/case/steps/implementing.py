"""What the steps of carrying out write down: the founding paper, tasks, closing, archive."""

from __future__ import annotations

from proposals.case import tasks
from proposals.case.models import Proposal
from proposals.case.steps.writes import day, numbered
from proposals.procedure.act import Act


def prepare_downward(case: Proposal, act: Act) -> None:
    """Begin the paper that goes down to the units."""


def issue_downward(case: Proposal, act: Act) -> None:
    """Issue the founding paper: the plan takes effect and is posted."""
    case.effective_on = case.effective_on or day(act.facts.get("effective_on")) or act.happened_on


def issue_ahead(case: Proposal, act: Act) -> None:
    """Issue the founding paper of a matter that the city only records, without waiting."""
    case.effective_on = day(act.facts.get("effective_on")) or act.happened_on


def issue_permit(case: Proposal, act: Act) -> None:
    """Issue the permit to use approved posts, with the day it expires."""
    case.numbers = {"hezhundan": act.facts.get("number", ""), **case.numbers}
    case.effective_on = case.closed_on = act.happened_on


def issue_refusal(case: Proposal, act: Act) -> None:
    """Tell the unit in writing that the matter was not agreed to."""
    case.numbers = {"fuhan": act.facts.get("number", ""), **case.numbers}
    numbered(case, "fuhan")
    case.closed_on = act.happened_on


def begin_implementation(case: Proposal, act: Act) -> None:
    """Go over to carrying out what already took effect."""


def add_task(case: Proposal, act: Act) -> None:
    """Write down who has to do what by when."""
    facts = act.facts
    due_on = day(facts.get("due_on"))
    case.tasks.create(uuid=facts["task"], title=facts["title"], unit=facts["unit"], due_on=due_on)


def finish_task(case: Proposal, act: Act) -> None:
    """Report a task as done, or explain why it is not."""
    explanation = act.facts.get("explanation", "")
    done_on = None if explanation else act.happened_on
    tasks.named(case=case, facts=act.facts).update(done_on=done_on, explanation=explanation)


def close_case(case: Proposal, act: Act) -> None:
    """Close the case: every task is done or explained."""
    case.closed_on = act.happened_on


def archive(case: Proposal, act: Act) -> None:
    """Complete the archive package and put the case to rest."""
