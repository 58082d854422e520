"""A task is finished for itself: two of one title are two, acts from before still name theirs by its title."""

from __future__ import annotations

from datetime import date

import pytest

from proposals.case import tasks
from proposals.models import Proposal, Task
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CITY, CLERK, Town
from workflows.attempt import Refused
from workflows.audit.reading import chains

LINE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": "PSU_FULL", "requested": 3}


def carried_out(town: Town) -> Proposal:
    """Bring a case to its carrying out, with one task of one title for each unit."""
    case = Life.proposed(town, Life.argued(town, town.draft("STAFF_TRANSFER", LINE)))
    Life.decided(town, case)
    town.filed(case)
    town.step(case, "city_record", CITY, number="乌编办〔2026〕9号")
    town.issued(case)
    town.closed_to(case, "finish_task").refuses("没有待完成的落实任务")
    for unit in ("甲中心", "乙中心"):
        town.step(case, "add_task", title="办理变更登记", unit=unit)
    return road.now(case)


def test_the_task_of_one_unit_is_not_done_by_the_other(town: Town) -> None:
    case = carried_out(town)
    with pytest.raises(Refused) as refusal:  # an act from before this release, still waiting for its confirmation
        town.office.take(case, "finish_task", CLERK, title="办理变更登记")
    assert refusal.value.codes == {"SAME_TITLE"}
    with pytest.raises(Refused) as refusal:
        town.office.take(case, "finish_task", CLERK)
    assert refusal.value.codes == {"FACT_MISSING"}
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=record")
    page.follow("登记办理情况：办理变更登记（乙中心）").press("完成落实任务")
    assert list(case.tasks.filter(done_on=None).values_list("unit", flat=True)) == ["甲中心"]
    record = page.open(f"/cases/{case.uuid}/?tab=record").words
    assert "任务：办理变更登记" in record
    assert "责任单位：乙中心" in record.replace("： ", "：")
    town.office.take(
        case, "finish_task", CLERK, title="", task=str(case.tasks.get(done_on=None).uuid), explanation="缓"
    )
    town.step(case, "finish_task", task=case.tasks.get(done_on=None).uuid)
    assert not case.tasks.filter(done_on=None).exists()
    assert list(chains.findings()) == []
    Task.objects.filter(proposal=case, unit="甲中心").update(done_on=date(2026, 1, 1))
    assert any("落实任务「办理变更登记」（甲中心）与办理记录不符" in one for one in chains.findings())


def test_the_audit_names_a_report_that_finished_two_tasks_at_once() -> None:
    bodies = [
        {"step": "add_task", "seq": n, "happened_on": "2026-03-01", "facts": {"title": "办理变更登记", "unit": unit}}
        for n, unit in ((1, "甲中心"), (2, "乙中心"))
    ]
    done = {"step": "finish_task", "seq": 3, "happened_on": "2026-03-02", "facts": {"title": "办理变更登记"}}
    told, faults = tasks.replayed([*bodies, done])
    assert [one.done_on for one in told] == ["2026-03-02", "2026-03-02"]
    assert faults == ["第3条（finish_task）一次登记了2项同名的落实任务「办理变更登记」"]
