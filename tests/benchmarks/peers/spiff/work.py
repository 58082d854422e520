"""Carries a proposal by running its workflow: read from JSON, one task done, written back."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from peers import road
from peers.spiff.models import Doc, DocAudit

PEOPLE: dict = {}
SERIALIZER = BpmnWorkflowSerializer()
PARSER = BpmnParser()
PARSER.add_bpmn_file(str(Path(__file__).with_name("road.bpmn")))
ROAD = PARSER.get_spec("staffing")


def prepare(people: dict) -> None:
    PEOPLE.update(people)


def propose() -> None:
    workflow = BpmnWorkflow(ROAD)
    workflow.do_engine_steps()
    with transaction.atomic():
        doc = Doc.objects.create(workflow=SERIALIZER.to_dict(workflow), **road.FACTS)
        DocAudit.objects.create(doc=doc, actor=PEOPLE["drafter"], action="create", to_state=road.FIRST)
    for step, who in road.STEPS:
        with transaction.atomic():
            doc = Doc.objects.select_for_update().get(pk=doc.pk)
            workflow = SERIALIZER.from_dict(doc.workflow)
            ready = workflow.get_tasks(state=TaskState.READY, manual=True)
            task = next(task for task in ready if task.task_spec.name.startswith(step))
            task.data[step] = "ok"
            task.run()
            workflow.do_engine_steps()
            workflow.refresh_waiting_tasks()
            doc.workflow, doc.state = SERIALIZER.to_dict(workflow), road.MOVES[step][1]
            doc.save()
            DocAudit.objects.create(doc=doc, actor=PEOPLE[who], action=step, to_state=doc.state)
    if not workflow.is_completed():
        raise RuntimeError("not completed")
