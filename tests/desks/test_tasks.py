"""A case is viewflow's process and a line of the worklist its task: written twice a hand-over, read by the picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from viewflow.workflow import STATUS, chart
from viewflow.workflow.models import AbstractProcess, AbstractTask, Process, Task

from proposals.models import Entry, Proposal
from tests import builders
from workflows.audit.reading import chains
from workflows.desks import charts, hand_over, opening
from workflows.desks.flow import DESKS, StaffingFlow
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@pytest.fixture
def office():
    return builders.office_with_law()


@pytest.fixture
def case(office):
    body = builders.add_body(office, "演示街道", category="STREET")
    return builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}])


def test_cases_are_processes_and_work_items_tasks(case) -> None:
    assert (StaffingFlow.process_class, StaffingFlow.task_class) == (Proposal, WorkItem)
    assert issubclass(Proposal, AbstractProcess) and issubclass(WorkItem, AbstractTask)
    found = Proposal.objects.get(pk=case.pk)
    item = WorkItem.objects.get(process=case)
    assert (found.flow_class, found.coerced, item.coerced_process) == (StaffingFlow, found, found)
    assert (item.title, item.stage, item.owner, item.status) == ("起草", "DRAFT", case.drafter, STATUS.ASSIGNED)


def test_a_hand_over_writes_two_rows_and_nothing_beside(office, case) -> None:
    entry = Entry(from_state="DRAFT", to_state="SUBMITTED", actor=case.drafter, at=office.tick())
    case.__dict__["state"] = "SUBMITTED"  # as the step leaves it
    with CaptureQueriesContext(connection) as asked:
        hand_over.follow(desks=DESKS, case=case, entry=entry)
    writes = [one["sql"].split()[0] for one in asked if not one["sql"].startswith(("SELECT", "SAVE", "RELEASE"))]
    assert writes == ["UPDATE", "INSERT"]
    assert not Process.objects.exists() and not Task.objects.exists()
    done, lies = WorkItem.objects.filter(process=case).order_by("pk")
    assert (done.finished, done.done_by, lies.came_from) == (entry.at, case.drafter, done)
    case.__dict__["state"] = "INTAKE_REVIEW"
    entry = Entry(from_state="SUBMITTED", to_state="INTAKE_REVIEW", actor=case.drafter, at=office.tick())
    with CaptureQueriesContext(connection) as asked:
        hand_over.follow(desks=DESKS, case=case, entry=entry)
    assert [one["sql"].split()[0] for one in asked if not one["sql"].startswith("SELECT")] == ["UPDATE"]


def test_a_case_lies_on_one_desk_and_done_means_finished(case) -> None:
    item = WorkItem.objects.get(process=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        hand_over.begin(desks=DESKS, case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.filter(pk=item.pk).update(status=STATUS.DONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.filter(pk=item.pk).update(finished=timezone.now())


def test_a_draft_that_becomes_urgent_waits_among_what_is_urgent(case) -> None:
    fields = {"urgency": "URGENT", "urgency_reason": "汛期", "title": "另一标题"}
    opening.save_fields(case=case.uuid, seen=case.concern, fields=fields)
    item = WorkItem.objects.get(process=case)
    assert item.urgent and item.process.title == "另一标题"


def test_the_picture_and_the_history_read_the_tasks(office, case) -> None:
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "take_back", "bianban1", reason="再核")
    stays = charts.history(case=case, now=timezone.now())
    assert [(stay.desk.name, stay.visits, stay.here) for stay in stays] == [("drafting", 2, True), ("intake", 1, False)]
    picture = charts.svg(stays=stays)
    assert picture.startswith("<svg") and "style" not in picture
    assert picture.count('class="done"') == 1 and picture.count('class="new"') == 1
    grid = chart.calc_layout_data(StaffingFlow)
    chart.calc_cell_status(StaffingFlow, grid, case.pk)
    assert grid[StaffingFlow.instance.node("intake")].status == STATUS.DONE


def test_the_flow_leaves_the_house_as_bpmn() -> None:
    read = ElementTree.fromstring(charts.bpmn())
    names = {task.get("name") for task in read.iter(f"{BPMN}userTask")}
    flows = {(one.get("sourceRef"), one.get("targetRef")) for one in read.iter(f"{BPMN}sequenceFlow")}
    desks = set(DESKS.values())
    assert names == {desk.task_title for desk in desks}
    assert len(flows) == sum(len(desk.hands) for desk in desks)


DAMAGE = {
    "none": (lambda item: item.delete(), "应有1项待办，现有0项"),
    "wrong": (lambda item: WorkItem.objects.filter(pk=item.pk).update(stage="ARGUING"), "待办却在「论证中」环节"),
    "desk": (
        lambda item: WorkItem.objects.filter(pk=item.pk).update(flow_task=DESKS["ARGUING"]),
        "待办却在「起草中」环节",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_the_audit_holds_tasks_against_states(case, name: str) -> None:
    assert not [line for line in chains.findings() if "待办" in line]
    damage, told = DAMAGE[name]
    damage(WorkItem.objects.get(process=case))
    assert told in "\n".join(chains.findings())
