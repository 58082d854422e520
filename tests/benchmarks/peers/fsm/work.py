"""Carries a proposal with its row locked, a guarded transition and an audit row a step."""

from __future__ import annotations

from django.db import transaction

from peers import road
from peers.fsm.models import Doc, DocAudit

PEOPLE: dict = {}


def prepare(people: dict) -> None:
    PEOPLE.update(people)


def propose() -> None:
    with transaction.atomic():
        doc = Doc.objects.create(**road.FACTS)
        DocAudit.objects.create(doc=doc, actor=PEOPLE["drafter"], action="create", to_state=road.FIRST)
    for step, who in road.STEPS:
        with transaction.atomic():
            doc = Doc.objects.select_for_update().get(pk=doc.pk)
            getattr(doc, step)()
            doc.save()
            DocAudit.objects.create(doc=doc, actor=PEOPLE[who], action=step, to_state=doc.state)
    if doc.state != road.LAST:
        raise RuntimeError(doc.state)
