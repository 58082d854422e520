"""Carries a proposal with one UPDATE and one INSERT a step."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from peers import road
from peers.floor.models import Doc, DocAudit

PEOPLE: dict = {}


def prepare(people: dict) -> None:
    PEOPLE.update(people)


def propose() -> None:
    with transaction.atomic():
        doc = Doc.objects.create(**road.FACTS)
        DocAudit.objects.create(doc=doc, actor=PEOPLE["drafter"], action="create", to_state=road.FIRST)
    for step, who in road.STEPS:
        before, after = road.MOVES[step]
        counted = {"votes": F("votes") + 1} if step == "vote" else {}
        with transaction.atomic():
            if Doc.objects.filter(pk=doc.pk, state=before).update(state=after, **counted) != 1:
                raise RuntimeError(step)
            DocAudit.objects.create(doc_id=doc.pk, actor=PEOPLE[who], action=step, to_state=after)
