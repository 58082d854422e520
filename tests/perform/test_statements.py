"""How many statements a step of a case takes, by what it does; a step that asks more of the database fails here.

Counted is what `tests.statements` counts on SQLite; PostgreSQL sends one more, the lock, for each subject.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from proposals.models import Proposal
from tests import builders
from tests.builders import Office
from tests.statements import Counted, counted
from workflows.attempt import Ref
from workflows.perform import perform

pytestmark = pytest.mark.django_db
LOCK = int(connection.features.has_select_for_no_key_update)

# Each step of a road with what it may send: a step on the same desk, with a paper, with law, with both,
# a hand-over with law, and one without. One of each is the reading of the rows that the entry seals.
ROAD = (
    ("send_to_office", "bianban1", {}, 11),
    ("register_incoming", "bianban1", {"incoming_number": "1"}, 9),
    ("accept", "bianban1", {"checks_passed": True}, 8),
    ("urge", "hegao", {"note": "请抓紧办理"}, 5),
    ("finish_argument", "bianban1", {"conclusion": "必要、合理、可行。"}, 13),
    ("propose_item", "zhuren", {"opinion": "室务会同意提请审议。"}, 10),
    ("decline_item", "bianwei1", {"reason": "请再沟通。"}, 8),
)


def taken(office: Office, case: Proposal, step: str, who: str, **facts: object) -> Counted:
    seen, key, at = Proposal.objects.get(pk=case.pk).concern, uuid4(), office.tick()
    with counted() as found:
        perform(
            subject=Ref("case", case.uuid), step=step, actor=office.actor(who), at=at, key=key, seen=seen, facts=facts
        )
    return found


def test_no_step_of_a_road_sends_more_than_its_budget() -> None:
    office = builders.office_with_law()
    street = builders.add_body(office, "演示街道", category="STREET")
    first, case = (builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": street.uuid}]) for _ in "ab")
    over = {}
    for step, who, facts, budget in ROAD:
        before = {**facts, "incoming_number": "2"} if "incoming_number" in facts else facts
        taken(office, first, step, who, **before)  # from here on the law of the day is held in memory
        found = taken(office, case, step, who, **facts)
        if len(found) > budget + LOCK:
            over[step] = f"{len(found)} statements, {budget + LOCK} are allowed\n{found.ledger()}"
    assert not over, "\n".join(f"{step}: {told}" for step, told in over.items())


def test_a_subject_is_read_with_its_known_key_and_only_changed_columns_are_written() -> None:
    office = builders.office_with_law()
    street = builders.add_body(office, "演示街道", category="STREET")
    case = builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": street.uuid}])
    found = taken(office, case, "send_to_office", "bianban1")
    rows = [sql for sql in found if sql.startswith(("SELECT", "UPDATE")) and 'FROM "proposals_proposal"' in sql]
    (written,) = (sql for sql in found if sql.startswith('UPDATE "proposals_proposal"'))
    assert len(rows) == 1 + LOCK
    columns = [part.split(" = ")[0].strip('" ') for part in written.split(" SET ")[1].split(" WHERE ")[0].split(",")]
    assert columns == ["revision", "head_seq", "head_hash", "moved_at", "state"]
