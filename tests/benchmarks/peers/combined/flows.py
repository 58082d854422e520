"""The road as a flow whose ballot is one node: it is run when the last vote has come."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import transaction
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process

PEOPLE: dict = {}


class RowLock:
    @contextmanager
    def __call__(self, flow_class, pk):
        with transaction.atomic():
            list(flow_class.process_class._default_manager.filter(pk=pk).select_for_update().values_list("pk"))
            yield


def who(name: str):
    return lambda activation: PEOPLE[name]


class BallotFlow(flow.Flow):
    process_class = Process
    lock_impl = RowLock()
    start = flow.StartHandle(this.on_start).Next(this.analyse)
    analyse = flow.View(None).Assign(who("drafter")).Next(this.convene)
    convene = flow.View(None).Assign(who("drafter")).Next(this.ballot)
    ballot = flow.Handle().Next(this.decide)
    decide = flow.View(None).Assign(who("chair")).Next(this.evidence)
    evidence = flow.View(None).Assign(who("drafter")).Next(this.submit)
    submit = flow.View(None).Assign(who("drafter")).Next(this.review)
    review = flow.View(None).Assign(who("city")).Next(this.end)
    end = flow.End()

    def on_start(self, activation, doc=None):
        activation.process.artifact = doc
        return activation.process
