"""What follows from a step: one job when something follows, with one effect whatever delivers it."""

import pytest
from django_tasks_db.models import DBTaskResult

from docs_templates.models import Package
from proposals.models import Entry
from tests.papers_bound import road
from tests.papers_bound.road import sealed_case as build  # noqa: F401
from workflows.attempt import Refused
from workflows.jobs import papers as jobs
from workflows.jobs.worker import drain
from workflows.papers import of_steps


def entry_of(case, step):
    return Entry.objects.filter(subject_id=case.uuid, step=step).order_by("seq").last()


def test_a_step_queues_one_job_when_something_follows_and_none_otherwise(world):
    case = world.case
    steps = {entry.seq: entry.step for entry in Entry.objects.filter(subject_id=case.uuid)}
    queued = [
        steps[job.args_kwargs["args"][1]]
        for job in DBTaskResult.objects.all()
        if str(case.uuid) in str(job.args_kwargs)
    ]
    assert sorted(queued) == ["allot_number", "finish_argument", "register_incoming", "seal_package", "sign_minutes"]


def test_a_refused_step_leaves_no_job(world):
    office, case = world.office, world.case
    before = DBTaskResult.objects.count()
    with pytest.raises(Refused):
        office.take(case, "seal_package", "bianban2")
    assert DBTaskResult.objects.count() == before


def test_the_package_cannot_go_up_before_it_is_made(world):
    office, case = world.office, world.case
    with pytest.raises(Refused, match="报送包正在生成"):
        office.take(case, "file_upward", "zhuren")
    drain()
    office.take(case, "file_upward", "zhuren")


def test_a_worker_killed_after_building_enters_the_package_when_it_is_run_again(world, monkeypatch):
    case = world.case
    seal = entry_of(case, "seal_package")
    with monkeypatch.context() as killed:
        killed.setattr(jobs, "perform", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            jobs.finish_papers.func(str(case.uuid), seal.seq)
    assert Package.objects.filter(subject_uuid=case.uuid).count() == 1 and road.now(case).packages == []
    jobs.finish_papers.func(str(case.uuid), seal.seq)
    assert [one["sha256"] for one in road.now(case).packages] == [Package.objects.get(subject_uuid=case.uuid).sha256]


def test_a_package_taken_back_meanwhile_is_not_entered(world):
    office, case = world.office, world.case
    office.take(case, "reopen_dispatch", "bianban1", reason="附件有误")
    assert jobs.finish_papers.func(str(case.uuid), entry_of(case, "seal_package").seq)["package"] == ""
    assert road.now(case).packages == []


def test_papers_that_were_made_are_named_for_scans_and_reissues(world):
    case = world.case
    assert dict(of_steps.made(case=case)).keys() == {"shouwen", "lunzheng", "jielu", "beian", "shenpi"}


def test_a_package_that_was_made_for_an_older_sealing_does_not_go_up(world):
    office, case = world.office, world.case
    drain()
    office.take(case, "reopen_dispatch", "bianban1", reason="附件有误")
    office.take(case, "seal_package", "bianban2")
    with pytest.raises(Refused, match="报送包正在生成"):
        office.take(case, "file_upward", "zhuren")
    drain()
    office.take(case, "file_upward", "zhuren")
    assert len(road.now(case).packages) == 2


def test_a_package_that_could_not_be_made_says_what_to_do(world):
    office, case = world.office, world.case
    DBTaskResult.objects.filter(args_kwargs__args=[str(case.uuid), entry_of(case, "seal_package").seq]).update(
        status="FAILED"
    )
    with pytest.raises(Refused, match="没有制作成功，请办理「退回行文」"):
        office.take(case, "file_upward", "zhuren")
