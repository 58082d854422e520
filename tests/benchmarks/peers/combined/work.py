"""Carries a proposal: a guarded transition, an audit row and the task of the desk in one transaction a step."""

from __future__ import annotations

from django.db import transaction
from viewflow.workflow.models import Task

from peers import road
from peers.combined.flows import PEOPLE, BallotFlow
from peers.combined.models import Doc, DocAudit


def prepare(people: dict) -> None:
    PEOPLE.update(people)


def propose() -> None:
    with transaction.atomic():
        doc = Doc.objects.create(**road.FACTS)
        DocAudit.objects.create(doc=doc, actor=PEOPLE["drafter"], action="create", to_state=road.FIRST)
        process = BallotFlow.start.run(doc=doc)
    for step, who in road.STEPS:
        if step == "vote":
            with transaction.atomic():
                if _moved(doc.pk, step, who).votes == road.VOTERS:
                    BallotFlow.ballot.run(Task.objects.get(process=process, flow_task=BallotFlow.ballot, status="NEW"))
            continue
        rows = Task.objects.filter(process=process, flow_task=getattr(BallotFlow, step), status="ASSIGNED")
        with rows.first().activation() as activation:
            last = _moved(doc.pk, step, who)
            activation.start(None)
            activation.execute()
    if last.state != road.LAST:
        raise RuntimeError(last.state)


def _moved(pk: int, step: str, who: str) -> Doc:
    doc = Doc.objects.select_for_update().get(pk=pk)
    getattr(doc, step)()
    doc.save()
    DocAudit.objects.create(doc=doc, actor=PEOPLE[who], action=step, to_state=doc.state)
    return doc
