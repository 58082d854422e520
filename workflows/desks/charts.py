"""The flow as a picture and as BPMN, and the way of a case from desk to desk, all read from the tasks themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q, Sum, Value
from django.db.models.functions import Coalesce
from viewflow.workflow import STATUS, chart

from proposals.models import Proposal
from proposals.vocabulary import Duty, State
from workflows.desks.flow import StaffingFlow
from workflows.desks.hand_over import Desk
from workflows.models import WorkItem

# A page allows no style inside its text (content security policy): the site's own sheet draws the picture.
_STYLE = re.compile(r'<\?xml[^>]*\?>|<style.*?</style>| style="[^"]*"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stay:
    """What a case did at one desk: how often it came, when first, how many days it lay there, whether it lies there."""

    desk: Desk
    visits: int
    since: datetime
    days: int
    here: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One desk in words: whose it is, which states lie on it, to which desks it hands."""

    title: str
    duty: str
    states: str
    next: str


def history(*, case: Proposal, now: datetime) -> Sequence[Stay]:
    """Return the desks of a case in the order in which it came to them: one GROUP BY over its tasks."""
    lain = ExpressionWrapper(Coalesce("finished", Value(now)) - F("created"), DurationField())
    rows = WorkItem.objects.filter(process=case).order_by().values("flow_task")
    told = rows.annotate(
        visits=Count("pk"), first=Min("created"), key=Min("pk"), lain=Sum(lain),
        open=Count("pk", filter=Q(finished=None)),
    )  # fmt: skip
    return tuple(
        Stay(row["flow_task"], row["visits"], row["first"], max(row["lain"], timedelta()).days, bool(row["open"]))
        for row in told.order_by("key")
    )


def places() -> Sequence[Place]:
    """Return the desks in words, in the order of the flow."""
    desks = [node for node in StaffingFlow.instance.nodes() if isinstance(node, Desk)]
    return tuple(
        Place(
            title=str(desk.task_title),
            duty="，缺位时由".join(Duty(duty).label for duty in desk.duties),
            states="、".join(State(state).label for state in desk.states),
            next="、".join(str(after.task_title) for after in desk.hands),
        )
        for desk in sorted(desks, key=lambda desk: State.values.index(desk.states[0]))
    )


def svg(*, stays: Sequence[Stay] = ()) -> str:
    """Return the picture of the flow; of a case's stays, the desk where it lies now is new, the others are done.

    Where a case came back to a desk viewflow's own colouring would leave it done.
    """
    grid = chart.calc_layout_data(StaffingFlow)
    for stay in stays:
        grid[stay.desk].status = STATUS.NEW if stay.here else STATUS.DONE
    return _STYLE.sub("", chart.grid_to_svg(grid)).strip()


def bpmn() -> str:
    """Return the flow in BPMN 2.0, as viewflow's `flowexport` writes it."""
    grid = chart.calc_layout_data(StaffingFlow, edge_start_gap_size=0, edge_end_gap_size=0)
    return chart.grid_to_bpmn(grid)
