"""The road as a flow of viewflow: every voter a task, five of them joined."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process

from peers import road

PEOPLE: dict = {}


def who(name: str):
    return lambda activation: PEOPLE[name]


class StockFlow(flow.Flow):
    process_class = Process
    lock_impl = lock.select_for_update_lock
    start = flow.StartHandle(this.on_start).Next(this.analyse)
    analyse = flow.View(None).Assign(who("drafter")).Next(this.convene)
    convene = flow.View(None).Assign(who("drafter")).Next(this.split)
    split = flow.Split().Always(this.vote).Always(this.vote).Always(this.vote).Always(this.vote).Always(this.vote)
    vote = flow.View(None).Assign(who("m")).Next(this.join)
    join = flow.Join().Next(this.decide)
    decide = flow.View(None).Assign(who("chair")).Next(this.evidence)
    evidence = flow.View(None).Assign(who("drafter")).Next(this.submit)
    submit = flow.View(None).Assign(who("drafter")).Next(this.review)
    review = flow.View(None).Assign(who("city")).Next(this.end)
    end = flow.End()

    def on_start(self, activation):
        activation.process.data = dict(road.FACTS)
        return activation.process
