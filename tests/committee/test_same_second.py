"""Fifteen members vote in the same second: nothing is lost, and nobody sees an error."""

import json
import time

import pytest

from proposals.models import Ballot, Entry, Meeting, Slip
from tests.committee.voters import CHILD, SEATS
from tests.databases import Database

PROCESSES = 3


@pytest.mark.parametrize("method", ["NAMED", "SECRET"])
def test_fifteen_ballots_in_one_second_all_count(database: Database, method: str) -> None:
    order = json.loads(database.run("-c", CHILD, "prepare", method).splitlines()[-1])
    gate = database.folder / "gate"
    gate.mkdir()
    shares = [order["members"][place::PROCESSES] for place in range(PROCESSES)]
    racing = [
        database.start("-c", CHILD, "vote", json.dumps({**order, "members": share, "gate": str(gate)}))
        for share in shares
    ]
    while len(list(gate.glob("ready-*"))) < PROCESSES and all(one.poll() is None for one in racing):
        time.sleep(0.05)
    (gate / "written").write_text(str(time.time() + 0.5))
    (gate / "written").rename(gate / "go")
    codes = [one.wait(timeout=120) for one in racing]
    said = [database.log(database.started.index(one)).read_text() for one in racing]

    assert codes == [0] * PROCESSES, said
    assert [answer for text in said for answer in json.loads(text.splitlines()[-1])] == ["ok"] * SEATS
    meeting = Meeting.objects.using(database.alias).get(uuid=order["meeting"])
    entries = Entry.objects.using(database.alias).filter(subject_id=meeting.uuid)
    assert Ballot.objects.using(database.alias).values("member").distinct().count() == SEATS
    assert entries.filter(step="cast_ballot").count() == SEATS
    assert Slip.objects.using(database.alias).count() == (SEATS if method == "SECRET" else 0)
    assert meeting.head_seq == entries.count() == entries.latest("seq").seq
