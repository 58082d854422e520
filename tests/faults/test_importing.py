"""A long import shows how far it has come, survives the death of its worker, and is entered once whoever presses."""

import json
import signal
import time
from collections.abc import Callable

import pytest
from django_tasks_db.models import DBTaskResult

from proposals.models import Entry, Posting
from tests.databases import Database
from tests.faults.importers import CHILD
from tests.faults.test_worker import wait_for
from workflows.models import OpeningImport

Stage = OpeningImport.Stage
MANY = 3000


def prepared(database: Database, bodies: int) -> str:
    return str(json.loads(database.run("-c", CHILD, "prepare", bodies).splitlines()[-1]))


def kept(database: Database) -> OpeningImport:
    return OpeningImport.objects.using(database.alias).get()


def job(database: Database) -> DBTaskResult:
    return DBTaskResult.objects.using(database.alias).get(pk=kept(database).job)


def postings(database: Database) -> int:
    return Posting.objects.using(database.alias).filter(kind="OPENING").count()


def checked(database: Database, bodies: int) -> str:
    opening = prepared(database, bodies)
    database.manage("worker", "--drain")
    assert kept(database).stage == Stage.CHECKED, kept(database).faults
    return opening


def pressed(database: Database, opening: str, *who: str) -> list[dict]:
    """Let everybody confirm at the same moment, each at a browser of his own; return what each was told."""
    gate = database.folder / "gate"
    gate.mkdir()
    orders = [json.dumps({"opening": opening, "gate": str(gate), "who": name}) for name in who]
    racing = [database.start("-c", CHILD, "confirm", order) for order in orders]
    wait_for(lambda: len(list(gate.glob("ready-*"))) == len(who))
    (gate / "written").write_text(str(time.time() + 0.2))
    (gate / "written").rename(gate / "go")
    assert [process.wait(timeout=60) for process in racing] == [0] * len(who)
    logs = [database.log(database.started.index(process)).read_text() for process in racing]
    return [json.loads(log.splitlines()[-1]) for log in logs]


def killed_when(database: Database, condition: Callable[[], object]) -> None:
    """Start a worker and kill it in the middle."""
    worker = database.start("manage.py", "worker")
    wait_for(condition)
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def test_how_far_the_reading_has_come_is_seen_while_it_goes_on(database: Database) -> None:
    prepared(database, MANY)
    database.start("manage.py", "worker")
    seen = []

    def settled() -> bool:
        seen.append(kept(database))
        return seen[-1].stage == Stage.CHECKED

    wait_for(settled)
    between = [(one.sheet, one.done) for one in seen if one.stage == Stage.READING and 0 < one.done < one.total]
    assert between, "no progress was seen before the end"
    assert between == sorted(between, key=lambda at: at[1]) and seen[-1].fault_count == 0
    assert {one.total for one in seen if one.sheet} == {2 * MANY + 1}


def test_a_killed_check_is_done_again_and_finds_the_same(database: Database) -> None:
    prepared(database, MANY)
    killed_when(database, lambda: kept(database).done)
    assert kept(database).stage in (Stage.READING, Stage.CHECKING)
    database.start("manage.py", "worker")
    wait_for(lambda: kept(database).stage == Stage.CHECKED)
    assert dict(kept(database).summary)["机构"] == f"{MANY} 个"


@pytest.mark.parametrize("pause", [0.0, 1.5, 3.0])
def test_workers_killed_while_entering_enter_it_once(database: Database, pause: float) -> None:
    opening = checked(database, 800)
    pressed(database, opening, "bianban1")

    def running() -> bool:
        return job(database).status == "RUNNING"

    killed_when(database, running)
    worker = database.start("manage.py", "worker")
    wait_for(lambda: running() and len(job(database).worker_ids) == 2)
    time.sleep(pause)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert postings(database) in (0, 1)
    database.start("manage.py", "worker")
    wait_for(lambda: kept(database).stage == Stage.ENTERED)
    assert postings(database) == 1
    assert Entry.objects.using(database.alias).filter(step="import_opening").count() == 1


def test_of_tabs_and_people_at_once_one_enters_and_it_is_entered_once(database: Database) -> None:
    opening = checked(database, 30)
    answers = pressed(database, opening, "bianban1", "bianban1", "zhuren", "bianban2")
    assert {answer["status"] for answer in answers} == {302}
    assert len({answer["by"] for answer in answers}) == 1
    database.manage("worker", "--drain")
    assert kept(database).stage == Stage.ENTERED and postings(database) == 1
    jobs = DBTaskResult.objects.using(database.alias).filter(task_path="workflows.jobs.importing.enter_opening")
    assert jobs.count() == 1
