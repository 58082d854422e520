"""The tasks of a case, told apart by what they are and not by words: finding one, and what a chain says of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from proposals.case.lifecycle import CaseStep
from proposals.procedure.act import Act, uuid_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from proposals.case.models import Proposal, Task


def named(*, case: Proposal, facts: Mapping[str, Any]) -> QuerySet[Task]:
    """Return the tasks that the facts of a report name: one by its uuid; acts from before name tasks by their title."""
    if facts.get("task"):
        return case.tasks.filter(uuid=uuid_in(facts["task"]))
    return case.tasks.filter(title=facts.get("title", ""))


def system_facts(*, case: Proposal, act: Act) -> dict[str, Any]:
    """Return what the system adds to a step about tasks: which one it is, and its words for who reads the record."""
    if act.step == CaseStep.ADD_TASK:
        return {"task": str(uuid5(case.uuid, f"task {case.head_seq + 1}"))}
    if act.step == CaseStep.FINISH_TASK:
        task = named(case=case, facts=act.facts).get()
        return {"task": str(task.uuid), "title": task.title, "unit": task.unit}
    return {}


@dataclass(slots=True)
class Told:
    """A task as the chain tells it; an entry from before tasks had a uuid names none."""

    uuid: str
    title: str
    unit: str
    done_on: str = ""
    explanation: str = ""


def replayed(bodies: Iterable[Mapping[str, Any]]) -> tuple[list[Told], list[str]]:
    """Return the tasks that a chain tells of, and what it tells of wrongly: several finished by one report."""
    told: list[Told] = []
    faults = []
    for body in bodies:
        facts = body["facts"]
        if body["step"] == CaseStep.ADD_TASK:
            told.append(Told(facts.get("task", ""), facts["title"], facts["unit"]))
        elif body["step"] == CaseStep.FINISH_TASK:
            meant = [one for one in told if facts.get("task") and one.uuid == facts["task"]] or [
                one for one in told if one.title == facts["title"]
            ]
            if len(meant) > 1:
                faults.append(
                    f"第{body['seq']}条（finish_task）一次登记了{len(meant)}项同名的落实任务「{facts['title']}」"
                )
            for one in meant:
                one.explanation = facts.get("explanation", "")
                one.done_on = "" if one.explanation else body["happened_on"]
    return told, faults
