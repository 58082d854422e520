"""A proposal whose state django-fsm guards, and its rows of who did what."""

from django.db import models
from django_fsm import FSMField, transition

from peers.audited import Audited, Proposed
from peers.road import VOTERS


class Doc(Proposed):
    state = FSMField(default="draft", db_index=True, protected=True)

    @transition(field=state, source="draft", target="argued")
    def analyse(self): ...

    @transition(field=state, source="argued", target="meeting")
    def convene(self): ...

    @transition(field=state, source="meeting", target="meeting")
    def vote(self):
        self.votes += 1

    @transition(field=state, source="meeting", target="decided", conditions=[lambda doc: doc.votes >= VOTERS])
    def decide(self): ...

    @transition(field=state, source="decided", target="evidenced")
    def evidence(self): ...

    @transition(field=state, source="evidenced", target="submitted")
    def submit(self): ...

    @transition(field=state, source="submitted", target="archived")
    def review(self): ...


class DocAudit(Audited):
    doc = models.ForeignKey(Doc, models.CASCADE)
