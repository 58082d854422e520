"""The desk: the node of the flow at which a case waits for a duty, and how a case is handed from desk to desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from viewflow import this
from viewflow.workflow import STATUS
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node

from proposals.models import Entry, Proposal
from proposals.prepared import Prepared
from proposals.prepared_writes import insert, update
from proposals.vocabulary import Urgency
from workflows.desks import deadlines, holders
from workflows.models import WorkItem


class Desk(Node):
    """A place where a case lies in one of the desk's states until a step moves it to another desk."""

    task_type = "HUMAN"
    activation_class = Activation
    bpmn_element = "userTask"
    shape = {
        "width": 150,
        "height": 100,
        "text-align": "middle",
        "svg": '<rect class="task" width="150" height="100" rx="5" ry="5"/>',
    }

    def __init__(self, *states: str, duty: str, title: str, else_duty: tuple[str, ...] = ()) -> None:
        """`else_duty` names who does the desk's work where nobody holds its own duty."""
        super().__init__()
        self.states, self.duty, self.task_title = states, duty, title
        self.duties = (duty, *else_duty)
        self.hands: tuple[Any, ...] = ()

    def hands_to(self, *desks: Any) -> Desk:
        """Name the desks that may get the case next."""
        self.hands = desks
        return self

    def _outgoing(self) -> Iterator[Edge]:
        for desk in self.hands:
            yield Edge(src=self, dst=desk, edge_class="next")

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.hands = tuple(this.resolve(instance, desk) for desk in self.hands)


def begin(*, desks: Mapping[str, Desk], case: Proposal) -> None:
    """Lay a case that was opened just now on the desk of its drafter."""
    _lay_on(desk=desks[case.state], case=case, at=case.created_at, after=None)


OPEN_TASK = "open_task"
_OPEN: Prepared[int] = Prepared(
    lambda case: WorkItem.objects.filter(process=case, finished=None).values_list("pk", flat=True)[:1]
)


def follow(*, desks: Mapping[str, Desk], case: Proposal, entry: Entry) -> None:
    """Hand the case to the desk of its new state: what lay on the old desk is done, and one task more is written.

    A case that stays on its desk changes the task that it has. The case is locked, so its tasks need no lock.
    """
    if entry.from_state == entry.to_state:
        return
    before, after = desks[entry.from_state], desks[entry.to_state]
    # What was read with the case holds for one hand-over: the next task of a case in hand is another one.
    item = case.__dict__.pop(OPEN_TASK) if OPEN_TASK in case.__dict__ else _OPEN.first(case=case)
    if before is after and item is not None:
        last = deadlines.last_day(case=case, state=entry.to_state, since=entry.at)
        kept = WorkItem(pk=item, stage=entry.to_state, due_on=last.due_on, uncounted=last.uncounted)
        kept.urgent = _urgent(case)
        update(kept, ("stage", "due_on", "uncounted", "urgent"))
        return
    if item is not None:
        done = WorkItem(pk=item, status=STATUS.DONE, finished=entry.at, done_by_id=entry.actor_id)
        update(done, ("status", "finished", "done_by"))
    if after.hands:
        _lay_on(desk=after, case=case, at=entry.at, after=item)
    else:
        _end(desk=after, case=case, entry=entry, after=item)


def mark_urgent(*, case: Proposal) -> None:
    """Let the open task say how urgent its case is, where the drafter has just changed it."""
    WorkItem.objects.filter(process=case, finished=None).update(urgent=_urgent(case))


def _urgent(case: Proposal) -> bool:
    return case.urgency != Urgency.NORMAL


def _lay_on(*, desk: Desk, case: Proposal, at: datetime, after: int | None) -> None:
    last = deadlines.last_day(case=case, state=case.state, since=at)
    to = holders.receiver(duties=desk.duties, case=case, on=timezone.localdate(at)) or holders.Receiver(desk.duty)
    laid = WorkItem(
        flow_task=desk,
        process=case,
        came_from_id=after,
        stage=case.state,
        duty=to.duty,
        path=holders.place(case=case, duty=to.duty),
        owner_id=to.person,
        status=STATUS.NEW if to.person is None else STATUS.ASSIGNED,
        created=at,
        assigned=None if to.person is None else at,
        urgent=_urgent(case),
        due_on=last.due_on,
        uncounted=last.uncounted,
    )
    insert(laid)


def _end(*, desk: Desk, case: Proposal, entry: Entry, after: int | None) -> None:
    """Write the last desk, at which nothing is left to do."""
    laid = WorkItem(
        flow_task=desk,
        process=case,
        came_from_id=after,
        stage=case.state,
        duty=desk.duty,
        path=holders.place(case=case, duty=desk.duty),
        status=STATUS.DONE,
        created=entry.at,
        finished=entry.at,
        done_by_id=entry.actor_id,
    )
    insert(laid)
