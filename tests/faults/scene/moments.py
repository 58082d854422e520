"""The moments at which the harness lets something go wrong: a case on its way, kept just before each kind of step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from proposals.models import Proposal
from tests import builders
from tests.builders import Office
from tests.committee.chamber import Chamber
from tests.faults.scene import prints
from tests.faults.scene.prints import Print, Table
from tests.papers_bound import road
from tests.postgres import Server
from workflows.desks import hand_over
from workflows.desks.flow import DESKS
from workflows.jobs.worker import drain

Known = dict[str, Any]
RUNNING = "running"
PRESENT = ("bianwei1", "bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "zhuren")


class Kept:
    """A folder with one copy of the running folder for every moment, and what was known at it."""

    def __init__(self, folder: Path, running: Path) -> None:
        self.folder, self.running = folder, running

    def build(self, wanted: Collection[str]) -> None:
        """Carry a case along its way and keep the wanted moments; nobody may be connected to the database after it."""
        left = set(wanted)
        for name, known in on_the_way():
            if name in left:
                self.keep(name, known)
                left.discard(name)
            if not left:
                return
        raise LookupError(f"no such moments: {sorted(left)}")

    def keep(self, name: str, known: Known) -> None:
        """Keep the running folder as it is now under a name."""
        from django.db import connections

        connections.close_all()
        shutil.copytree(self.running, self.folder / name)
        (self.folder / f"{name}.json").write_text(json.dumps(known))

    def restore(self, name: str) -> Known:
        """Let the running folder be what it was at the moment; return what was known."""
        shutil.rmtree(self.running, ignore_errors=True)
        shutil.copytree(self.folder / name, self.running)
        known: Known = json.loads((self.folder / f"{name}.json").read_text())
        return known

    def tables(self) -> Iterator[Table]:
        """Yield the tables of the running database."""
        return prints.in_file(self.running / prints.DATABASE)

    def print(self) -> Print:
        """Return the print of what is running."""
        return prints.of(self.tables(), self.running)

    def broken_files(self) -> list[str]:
        """Return what is not whole between rows and files."""
        return prints.broken_files(self.tables(), self.running)


class KeptOnServer(Kept):
    """The same with the database on a PostgreSQL server: a moment is a template."""

    def __init__(self, folder: Path, running: Path, server: Server) -> None:
        super().__init__(folder, running)
        self.server = server

    def keep(self, name: str, known: Known) -> None:
        """Keep the running folder and database under a name."""
        super().keep(name, known)
        self.copy(RUNNING, f"at_{name}")

    def restore(self, name: str) -> Known:
        """Let folder and database be what they were at the moment."""
        self.copy(f"at_{name}", RUNNING)
        return super().restore(name)

    def copy(self, template: str, name: str) -> None:
        """Copy a database over another; whoever is still connected to that is sent away."""
        with self.server.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')

    def tables(self) -> Iterator[Table]:
        """Yield the tables of the running database."""
        with self.server.connect(RUNNING) as connection:
            yield from prints.on_server(connection)


def at(known: Known) -> datetime:
    """Return a moment a little after the one that was kept."""
    return datetime.fromisoformat(known["now"]) + timedelta(minutes=1)


def on_the_way() -> Iterator[tuple[str, Known]]:
    """Carry a case from nothing to the archive; stop at every moment with what is known there."""
    chamber = Chamber()
    office = chamber.office
    yield "founded", {"now": office.now.isoformat()}
    register = {name: value for name, value in builders.read("register.json").items() if name != "note"}
    office.enter("import_opening", "bianban1", **register)
    case = road.drafted(office, "a")
    hand_over.begin(desks=DESKS, case=case)
    yield "drafted", of(office, case)
    office.take(case, "send_to_office", "bianban1")
    yield "sent", of(office, case)
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-17")
    yield "received", of(office, case)
    office.take(case, "accept", "bianban1", checks_passed=True)
    for unit in case.asked:
        office.take(case, "ask_opinion", "bianban1", unit=unit)
        office.take(case, "record_opinion", "bianban1", unit=unit, result="AGREE")
    yield "asked", of(office, case)
    office.take(case, "finish_argument", "bianban1", conclusion="依据充分、方案可行，建议提请区委编委审议。")
    yield "argued", of(office, case)
    road.scheduled(office, case)
    drain()
    yield "agreed", of(office, case)
    yield from _in_the_chamber(chamber, case)
    yield from _after_the_meeting(office, case)


def _in_the_chamber(chamber: Chamber, case: Proposal) -> Iterator[tuple[str, Known]]:
    chamber.plan()
    item = chamber.put(road.now(case), reporter="区委编办主任")
    chamber.call()
    chamber.open(PRESENT)
    chamber.open_item(item)
    chamber.take("open_ballot", item=str(item.uuid))
    sitting = {"meeting": str(chamber.now.uuid), "item": str(item.uuid)}
    yield "voting", of(chamber.office, case) | sitting | {"ballot": chamber.fresh(item).ballot_concern}
    for who in (*PRESENT[1:], PRESENT[0]):  # who presides votes last
        chamber.cast(item, who)
    yield "voted", of(chamber.office, case) | sitting | {"ballot": chamber.fresh(item).ballot_concern}
    chamber.take("close_ballot", item=str(item.uuid))
    yield "counted", of(chamber.office, case) | sitting
    chamber.take("conclude_item", item=str(item.uuid))
    chamber.sign()
    drain()


def _after_the_meeting(office: Office, case: Proposal) -> Iterator[tuple[str, Known]]:
    office.take(case, "prepare_filing", "bianban1")
    paper = "qingshi" if road.now(case).filing_mode == "APPROVE" else "beian"
    road.signed(office, case, paper)
    yield "signed", of(office, case) | {"paper": paper}
    office.take(case, "allot_number", "bianban1", paper=paper)
    drain()
    yield "numbered", of(office, case)
    road.sealed(office, case)
    yield "sealed", of(office, case)
    drain()
    road.filed(office, road.now(case))
    office.take(case, "city_record", road.CITY, number="乌编办备〔2026〕9号")
    office.take(case, "prepare_downward", "bianban1")
    road.numbered(office, case, "tongzhi")
    drain()
    yield "answered", of(office, case)
    office.take(case, "issue_downward", "zhuren")
    drain()
    road.archived(office, road.now(case))
    yield "archived", of(office, case)


def of(office: Office, case: Proposal) -> Known:
    """Return what a page would know: the case, its concern, and the time."""
    return {"case": str(case.uuid), "seen": road.now(case).concern, "now": office.now.isoformat()}
