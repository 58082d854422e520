"""The desk: the node of the flow at which a case waits for a duty, and how a case is handed from desk to desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from viewflow import this
from viewflow.workflow import STATUS
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS

from proposals.models import Entry, Proposal
from proposals.vocabulary import Urgency
from workflows.desks import deadlines, holders
from workflows.models import CaseProcess, WorkItem


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


def follow(*, desks: Mapping[str, Desk], case: Proposal, entry: Entry) -> None:
    """Hand the case to the desk of its new state; a case that stays on its desk touches no row of viewflow.

    The open work item names the desk's task; the case is locked, so its process needs no lock of its own.
    """
    if entry.from_state == entry.to_state:
        return
    before, after = desks[entry.from_state], desks[entry.to_state]
    item = WorkItem.objects.filter(subject_id=case.uuid, open=True).select_related("task").first()
    if before is after and item is not None:
        last = deadlines.last_day(case=case, state=entry.to_state, since=entry.at)
        WorkItem.objects.filter(pk=item.pk).update(stage=entry.to_state, due_on=last.due_on, uncounted=last.uncounted)
        return
    task = _next_task(item=item, case=case, desk=after, entry=entry)
    if item is not None:
        WorkItem.objects.filter(pk=item.pk).update(open=False, done_by_id=entry.actor_id, done_at=entry.at)
    if after.hands:
        _lay_on(desk=after, case=case, entry=entry, task=task)


def _lay_on(*, desk: Desk, case: Proposal, entry: Entry, task: Task) -> None:
    on = timezone.localdate(entry.at)
    last = deadlines.last_day(case=case, state=entry.to_state, since=entry.at)
    to = holders.receiver(duties=desk.duties, case=case, on=on) or holders.Receiver(desk.duty)
    WorkItem.objects.create(
        subject_kind=case.subject_kind,
        subject_id=case.uuid,
        title=case.title,
        stage=entry.to_state,
        duty=to.duty,
        path=holders.place(case=case, duty=to.duty),
        person_id=to.person,
        task=task,
        urgent=case.urgency != Urgency.NORMAL,
        since=entry.at,
        due_on=last.due_on,
        uncounted=last.uncounted,
    )


def _next_task(*, item: WorkItem | None, case: Proposal, desk: Desk, entry: Entry) -> Task:
    ended = not desk.hands
    if item is None or item.task is None:
        process_id = CaseProcess.objects.create(
            flow_class=desk.flow_class,
            artifact_content_type=ContentType.objects.get_for_model(Proposal),
            artifact_object_id=case.pk,
        ).pk
    else:
        process_id = item.task.process_id
        Task.objects.filter(pk=item.task_id).update(status=STATUS.DONE, finished=entry.at, owner_id=entry.actor_id)
    task = Task(
        process_id=process_id,
        flow_task=desk,
        flow_task_type=desk.task_type,
        status=STATUS.DONE if ended else STATUS.NEW,
        created=entry.at,
        finished=entry.at if ended else None,
    )
    task.save(force_insert=True)
    if item is not None and item.task_id:
        Task.previous.through.objects.bulk_create(
            [Task.previous.through(from_task_id=task.pk, to_task_id=item.task_id)]
        )
    if ended:
        CaseProcess.objects.filter(pk=process_id).update(status=PROCESS.DONE, finished=entry.at)
    return task
