"""Acts recorded once, then the power cut at every call of them: what was acknowledged stands, and nothing is half."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults.disk.injector import Injector
from tests.faults.power.disk import Disk, Image
from tests.faults.power.recorded import Call, calls
from tests.faults.scene import prints
from tests.faults.scene.acts import Act
from tests.faults.scene.forks import forked, refused
from tests.faults.scene.moments import Kept
from tests.faults.scene.tally import Budget, Tally

# What never grows less once it was acknowledged.
GROWS: Mapping[str, str] = {
    "entries": "SELECT count(*) FROM proposals_entry",
    "files": "SELECT count(*) FROM docs_templates_storedobject",
    "packages": "SELECT count(*) FROM docs_templates_package",
    "uploads": "SELECT count(*) FROM proposals_upload",
    "papers printed": "SELECT count(*) FROM docs_templates_frozenpaper WHERE rendered_sha256 <> ''",
    "jobs done": "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'",
}
SECONDS_A_STATE = 0.04
AT_A_MARK = 5
LEAST = 40  # every so many calls, however slow the machine is
HEADS = ("proposal", "meeting", "register", "rulebook")
HALF = "SELECT count(*) - (" + " + ".join(f"(SELECT sum(head_seq) FROM proposals_{one})" for one in HEADS) + ")"


class Cuts:
    """A stretch of acts from one moment on, and the power cut in it."""

    def __init__(self, kept: Kept, injector: Injector, seed: int) -> None:
        self.kept, self.injector, self.chance = kept, injector, random.Random(seed)
        self.after = kept.running.parent / "after"

    def run(self, acts: Sequence[Act], budget: Budget, *, first: bool = False) -> Tally:
        """Record the acts, then cut the power at calls that the seed chooses.

        `first`: until the first loss, looking only where something was acknowledged.
        """
        known = self.kept.restore(acts[0].moment)
        record = self.kept.running.parent / "record"
        disk = Disk(self.kept.running)
        told = forked(lambda: self.recorded(acts, known, record))
        if refused(told):
            raise AssertionError(f"{acts[0].name}, recorded: {refused(told)}")
        made = list(calls(record))
        tally, acknowledged = Tally(), dict[str, int]()
        tally.figures["recorded calls"] = len(made)
        pace = max(1, round(len(made) * SECONDS_A_STATE / max(budget.left(), 0.1)))
        times = max(1, round(budget.left() / SECONDS_A_STATE / len(made)))
        for place, call in enumerate(made):
            if call.what == "M":
                acknowledged = call.told
            else:
                disk.take(call)
            chosen = place % LEAST == 0 or (budget.left() > 0 and self.chance.random() * pace < 1)
            often = times if chosen and not first else 0
            for _ in range(AT_A_MARK if call.what == "M" else often):
                tally.add(self.cut(disk, acknowledged, f"{acts[0].name}, after call {place} ({shown(call)})"))
                if first and tally.lost:
                    return tally
        return tally

    def recorded(self, acts: Sequence[Act], known: dict[str, object], record: Path) -> None:
        """Be the process that is recorded."""
        self.injector.record(record)
        for act in acts:
            act.do(known)
            self.injector.mark(json.dumps(counted(self.kept.running / prints.DATABASE)))

    def cut(self, disk: Disk, acknowledged: Mapping[str, int], where: str) -> Tally:
        """Lay out what is on the disk after a cut, start on it, and tell what is wrong."""
        image = disk.after_power_failed(self.chance)
        wrong = self.wrong(image, acknowledged)
        tally = Tally(lost=[f"{where}: {one}" for one in wrong])
        tally.figures["power cuts"] += 1
        return tally

    def wrong(self, image: Image, acknowledged: Mapping[str, int]) -> list[str]:
        """Return what is wrong with an image: damage, loss, half an act, a row without its file."""
        shutil.rmtree(self.after, ignore_errors=True)
        for name, data in image.items():
            if not name.startswith("workers/"):
                (self.after / name).parent.mkdir(parents=True, exist_ok=True)
                (self.after / name).write_bytes(data)
        database = self.after / prints.DATABASE
        try:
            with contextlib.closing(sqlite3.connect(database)) as connection:
                (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
                (half,) = connection.execute(f"{HALF} FROM proposals_entry").fetchone()
            now = counted(database)
        except sqlite3.DatabaseError as error:
            return [f"the database is damaged: {error}"]
        lost = [f"{what}: {now[what]} of {count}" for what, count in acknowledged.items() if now[what] < count]
        damaged = [] if sound == "ok" else [f"the database is damaged: {sound}"]
        halves = [f"{half} entries stand beside their chain"] if half else []
        return damaged + lost + halves + prints.broken_files(prints.in_file(database), self.after)


def shown(call: Call) -> str:
    """Name a call."""
    return f"{call.what} {call.path.rsplit('/', 1)[-1][:60]}"


def counted(database: Path) -> dict[str, int]:
    """Return how much there is of what only grows."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return {what: connection.execute(sql).fetchone()[0] for what, sql in GROWS.items()}
