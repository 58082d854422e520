"""Carries a proposal task by task."""

from __future__ import annotations

from viewflow.workflow.models import Task

from peers import road
from peers.stock.flows import PEOPLE, StockFlow


def prepare(people: dict) -> None:
    PEOPLE.update(people)


def propose() -> None:
    process = StockFlow.start.run()
    for step, _ in road.STEPS:
        rows = Task.objects.filter(process=process, flow_task=getattr(StockFlow, step), status="ASSIGNED")
        with rows.first().activation() as activation:
            activation.start(None)
            activation.process.data[step] = "ok"
            activation.process.save()
            activation.execute()
    if StockFlow.process_class.objects.get(pk=process.pk).status != "DONE":
        raise RuntimeError("not done")
