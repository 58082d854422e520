"""What the parts of the harness share: their orders, their stage, and how they end."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.scene.tally import Tally

if TYPE_CHECKING:
    from tests.faults.scene.moments import Kept


SERVER = "DONGYI_FAULTS_SERVER"  # the folder of a PostgreSQL server of the harness's own


@dataclass(frozen=True)
class Order:
    """How long, in which order, and what of it; `only` is empty when everything is wanted."""

    seconds: float
    seed: int
    only: tuple[str, ...]

    def wants(self, name: str) -> bool:
        """Say whether this is to be done."""
        return not self.only or name in self.only


def begin() -> Order:
    """Read the order from the command line and set Django up; the environment names the folder."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--seconds", type=float, required=True)
    reader.add_argument("--seed", type=int, required=True)
    reader.add_argument("--only", action="append", default=[])
    said = reader.parse_args()
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    return Order(said.seconds, said.seed, tuple(said.only))


@contextlib.contextmanager
def stage(order: Order, moments: Collection[str]) -> Iterator[Kept]:
    """Build the moments in the folder of the environment; papers come from the thin press."""
    from docs_templates.received import uploads
    from tests import databases, looked_into, thin_press
    from tests.faults.scene import acts
    from tests.faults.scene.moments import RUNNING, Kept, KeptOnServer
    from tests.postgres import Server

    running = Path(os.environ["DONGYI_VAR"])
    running.mkdir(exist_ok=True)
    folder = running.parent / "moments"
    folder.mkdir()
    if host := os.environ.get(SERVER):
        on_server = KeptOnServer(folder, running, Server(Path(host)))
        on_server.copy(databases.postgres_template(on_server.server, running.parent), RUNNING)
        kept: Kept = on_server
    else:
        shutil.copyfile(databases.sqlite_template(running.parent), os.environ["DONGYI_SQLITE"])
        kept = Kept(folder, running)
    with thin_press.installed(), looked_into.once():
        kept.build(moments)
        uploads.look_into(data=acts.FILE, kind="pdf", work="inspect")  # what the forks remember of it
        yield kept


def judge(tally: Tally, name: str, found: Tally) -> None:
    """Count a control; one that found nothing is itself a loss."""
    tally.figures["controls"] += 1
    if not found.lost:
        tally.lost.append(f"the planted fault {name!r} was not found")


def end(tally: Tally) -> None:
    """Print the tally for the runner."""
    print(tally.line(), flush=True)
