"""The tasks of cases held against their states: who has a case is said once, and says the same as the case."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from proposals.models import Proposal
from proposals.vocabulary import State
from workflows.desks.flow import DESKS
from workflows.models import WorkItem


def tasks() -> Iterator[str]:
    """Say which case lies on no desk or on two, on the wrong one, or came from the desk of another."""
    ended = [state for state, desk in DESKS.items() if not desk.hands]
    lying = Q(work_items__finished=None)
    for case in Proposal.objects.annotate(lying=Count("work_items", filter=lying)).order_by("pk").iterator(2000):
        wanted = 0 if case.state in ended else 1
        if case.lying != wanted:
            yield f"动议事项「{case}」：处于「{case.get_state_display()}」环节，应有{wanted}项待办，现有{case.lying}项。"
    for item in WorkItem.objects.filter(finished=None).select_related("process").order_by("pk").iterator(2000):
        case = item.process
        if item.stage != case.state or item.flow_task is not DESKS[case.state]:
            lies = State(item.stage).label if item.stage in State.values else item.stage
            yield f"动议事项「{case}」：处于「{case.get_state_display()}」环节，待办却在「{lies}」环节。"
    strayed = WorkItem.objects.exclude(came_from=None).exclude(came_from__process=F("process"))
    for item in strayed.select_related("process").order_by("pk"):
        yield f"动议事项「{item.process}」：待办转自另一事项。"
