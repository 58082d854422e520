"""The product on the road of the peers: a line "N" carries N proposals from draft to filing, the answer is JSON.

Everything goes through `perform`. Twelve of its steps are those that the peers take; what else a case needs here (the
office's own steps, the meeting, minutes, papers) is done too, but not counted.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TAKEN = {
    "create": 1, "finish_argument": 1, "approve_item": 1, "cast_ballot": 5, "conclude_item": 1, "prepare_filing": 1,
    "file_upward": 1, "city_record": 1,
}  # fmt: skip
LENGTH = sum(TAKEN.values())


class Clock:
    """What each step cost: wall, processor, statements; only what is timed counts."""

    def __init__(self) -> None:
        self.spent: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
        self.statements = 0

    def count(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count a statement of the database, transaction marks left out."""
        self.statements += sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))
        return execute(sql, params, many, context)

    @contextmanager
    def running(self, step: str) -> Iterator[None]:
        """Time what is done inside as this step."""
        wall, cpu, before = time.perf_counter(), time.process_time(), self.statements
        yield
        done = (time.perf_counter() - wall, time.process_time() - cpu, self.statements - before)
        self.spent[step].append(done)

    def timed(self, perform: Callable[..., Any]) -> Callable[..., Any]:
        """Return the door with a clock at it."""

        def taken(**told: Any) -> Any:
            with self.running(told.get("step", "create")):
                return perform(**told)

        return taken

    def of_the_road(self) -> dict[str, Any]:
        """Return what the twelve steps of a proposal cost on average, and each of them."""
        means = {
            step: [sum(one[n] for one in self.spent[step]) / len(self.spent[step]) for n in range(3)] for step in TAKEN
        }
        wall, cpu, statements = (sum(means[step][n] * times for step, times in TAKEN.items()) for n in range(3))
        told = {"wall": wall, "cpu": cpu, "steps": LENGTH, "statements": statements}
        return {**told, "each": means}


def main() -> None:
    """Found the office, carry one proposal to be warm, then answer line by line until the input ends."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, skip_checks=True)
    from proposals.case import drafts
    from tests import builders, thin_press
    from tests.committee import chamber

    clock = Clock()
    builders.perform = chamber.perform = clock.timed(builders.perform)
    drafts.open_case = clock.timed(drafts.open_case)
    room = chamber.Chamber()
    with connection.execute_wrapper(clock.count), thin_press.installed():  # papers are printed after the steps
        carry(room)
        print("ready", flush=True)
        for line in sys.stdin:
            clock.spent.clear()
            for _ in range(int(line)):
                carry(room)
            print(json.dumps(clock.of_the_road()), flush=True)


def carry(room: Any) -> None:
    """Carry one proposal from its draft to the city's answer, its ballot cast by nine members one after the other."""
    from tests.committee.chamber import CHAIR, MEMBERS
    from tests.papers_bound import road
    from workflows.jobs.worker import drain

    office, case = room.office, room.scheduled()
    room.plan()
    item = room.put(case)
    room.call()
    room.open()
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    room.vote(item, dict.fromkeys((*MEMBERS[1:], CHAIR), "FOR"))  # who presides speaks last
    room.take("close_ballot", item=str(item.uuid))
    room.take("conclude_item", item=str(item.uuid))
    for step, who in (("close_meeting", "bianban1"), ("draft_minutes", "bianban1"), ("circulate_minutes", "bianban1")):
        room.take(step, who)
    room.take("sign_minutes", CHAIR)
    road.dispatched(office, case)
    office.take(case, "seal_package", "bianban2")
    drain()
    office.take(case, "file_upward", "zhuren")
    office.take(case, "city_record", road.CITY, number=f"乌编办备〔2026〕{case.pk}号")


if __name__ == "__main__":
    main()
