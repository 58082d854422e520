"""What a step costs: cases carried through perform without HTTP, as a ratio to a raw-ORM floor in the same run.

Run by `make bench`. The floor writes what any audited step must write, one UPDATE and one INSERT in a transaction of
the same durability. Both run in turn, batch by batch, on SQLite in its default mode and on PostgreSQL.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES, BATCHES = int(os.environ.get("BENCH_CASES", "12")), int(os.environ.get("BENCH_BATCHES", "7"))
ROAD = (
    ("send_to_office", "bianban1", {}),
    ("register_incoming", "bianban1", {"incoming_number": "{n}"}),
    ("accept", "bianban1", {"checks_passed": True}),
    ("urge", "hegao", {"note": "请抓紧办理"}),
    ("send_to_compliance", "bianban1", {}),
    ("object_compliance", "hegao", {"reason": "请补充依据"}),
    ("finish_argument", "bianban1", {"conclusion": "必要、合理、可行。"}),
    ("propose_item", "zhuren", {"opinion": "室务会同意提请审议。"}),
    ("decline_item", "bianwei1", {"reason": "请再沟通。"}),
    ("propose_item", "zhuren", {"opinion": "已沟通,同意提请审议。"}),
    ("approve_item", "bianwei1", {}),
)


def main() -> None:
    """Run the measurement on each database in a process of its own."""
    if os.environ.get("BENCH_INSIDE"):
        measure()
        return
    sys.path.insert(0, str(ROOT))
    from tests import postgres

    with tempfile.TemporaryDirectory() as folder:
        inside("SQLite", {"DONGYI_SQLITE": f"{folder}/bench.sqlite3", "DONGYI_DATABASE_URL": "", "DONGYI_VAR": folder})
        with postgres.running() as server:
            url = server.url(server.create_database())
            inside("PostgreSQL", {"DONGYI_DATABASE_URL": url, "DONGYI_VAR": folder})


def inside(name: str, environment: dict[str, str]) -> None:
    """Run this file again with the database of the environment."""
    fonts = os.environ.get("DONGYI_FONTS", str(ROOT / "var/fonts"))
    env = {**os.environ, **environment, "BENCH_INSIDE": name, "PYTHONPATH": str(ROOT), "DONGYI_FONTS": fonts}
    subprocess.run([sys.executable, __file__], env=env, check=True)


def measure() -> None:
    """Carry the batches and print steps per second, the ratio and the statements of each step."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    from tests import builders

    office = builders.office_with_law()
    street = builders.add_body(office, "演示街道", category="STREET")
    statements: dict[str, list[int]] = defaultdict(list)
    rates: dict[str, list[float]] = defaultdict(list)
    texts: Counter[str] = Counter()
    for batch in range(BATCHES):
        cases = [
            builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": street.uuid}]) for _ in range(CASES)
        ]
        rates["floor"].append(timed(lambda: floor(office), CASES * len(ROAD)))
        counted = statements if batch == BATCHES - 1 else None
        road = partial(carry, office, cases, batch, counted, texts)
        rates["perform"].append(timed(road, CASES * len(ROAD)))
    report(rates, statements, texts)


def timed(work: Callable[[], None], steps: int) -> float:
    """Return steps per second."""
    started = time.perf_counter()
    work()
    return steps / (time.perf_counter() - started)


def floor(office) -> None:
    """Write one UPDATE and one INSERT per step, each pair in a transaction."""
    from django.db import transaction

    from proposals.models import Proposal
    from workflows import security_record

    pk = Proposal.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for n in range(CASES * len(ROAD)):
        with transaction.atomic():
            Proposal.objects.filter(pk=pk).update(summary=f"第{n}次")
            security_record.note(at=office.now, kind="REFUSED", subject=str(n), detail="x" * 400)


def carry(office, cases, batch: int, statements, texts) -> None:
    """Take every step of the road on every case; count the statements of the last batch."""
    for position, (step, who, facts) in enumerate(ROAD):
        for n, case in enumerate(cases):
            filled = {key: f"{batch}-{n}" if value == "{n}" else value for key, value in facts.items()}
            with counting() as counted:
                office.take(case, step, who, **filled)
            if statements is not None:
                statements[f"{position + 1:02} {step}"].append(len(counted) - 1)  # the builder's own look at the case
                texts.update(sql.split("(", 1)[0].split(" WHERE ")[0][:70] for sql in counted)


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collect the statements of a step, transaction marks left out."""
    from django.db import connection

    found: list[str] = []

    def keep(execute, sql, params, many, context):
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def report(rates: dict[str, list[float]], statements: dict[str, list[int]], texts: Counter[str]) -> None:
    """Print medians, the ratio batch by batch, and the statements."""
    ratios = [low / high for low, high in zip(rates["floor"], rates["perform"], strict=True)]
    print(f"{os.environ['BENCH_INSIDE']}: {CASES} cases x {len(ROAD)} steps x {BATCHES} batches")
    for name, values in rates.items():
        print(f"  {name:8} {statistics.median(values):8.0f} steps/s  (min {min(values):.0f}, max {max(values):.0f})")
    print(f"  ratio    {statistics.median(ratios):8.2f} x the floor (min {min(ratios):.2f}, max {max(ratios):.2f})")
    for name, counts in sorted(statements.items()):
        print(f"  {name:26} {statistics.median(counts):4.0f} statements")
    if os.environ.get("BENCH_SQL"):
        for text, times in texts.most_common(40):
            print(f"    {times:5} {text}")


if __name__ == "__main__":
    main()
