"""How many statements the steps of a meeting take, with nine members, three items on the agenda or seventeen.

Counted is all that one `perform` sends: the lock, what is read, what is written, the entry and what is carried along;
not counted are BEGIN, COMMIT and savepoints. One of each entry is the reading of the rows that it seals.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from proposals.models import AgendaItem
from tests.committee.agendas import CHILD, SIZES, brought_to_signature, concluded, item_of, opened
from tests.committee.chamber import CHAIR, MEMBERS, Chamber
from tests.databases import Database
from tests.statements import Counted, counted
from tests.web.conftest import undone


def ballot_open(room: Chamber, position: int, **facts: str) -> AgendaItem:
    item = item_of(room, position)
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid), **facts)
    return item_of(room, position)


def cast(room: Chamber, item: AgendaItem, who: str) -> Counted:
    with counted() as found:
        room.take("cast_ballot", who, seen=item.ballot_concern, item=str(item.uuid), value="FOR")
    return found


@pytest.fixture(scope="module", params=SIZES)
def sitting(request, django_db_setup, django_db_blocker) -> Iterator[tuple[int, Chamber]]:
    """Open a meeting of each size once for the module."""
    with django_db_blocker.unblock(), undone():
        yield request.param, opened(request.param, cases=1)


@pytest.fixture
def room(sitting, django_db_blocker) -> Iterator[Chamber]:
    """Lend the meeting to one test; whatever it does is undone."""
    with django_db_blocker.unblock(), undone():
        yield sitting[1]


def test_a_ballot_takes_ten_statements_the_first_as_the_last(room: Chamber) -> None:
    item = ballot_open(room, 2)
    taken = [len(cast(room, item, who)) for who in (*MEMBERS[1:7], MEMBERS[8], CHAIR)]
    assert max(taken) <= 10 and len(set(taken)) == 1


def test_an_item_is_concluded_in_seven_statements(room: Chamber) -> None:
    item = item_of(room, 2)
    room.open_item(item)
    room.take("record_no_objection", item=str(item.uuid), dissent={})
    with counted() as found:
        room.take("conclude_item", item=str(item.uuid))
    assert len(found) <= 7


def test_an_item_that_moves_its_case_adds_what_the_case_needs_and_no_second_reading_of_it(room: Chamber) -> None:
    item = item_of(room, 1)
    room.open_item(item)
    room.take("record_no_objection", item=str(item.uuid), dissent={})
    with counted() as found:
        room.take("conclude_item", item=str(item.uuid))
    assert len([one for one in found if one.startswith("SELECT") and '"proposals_proposal"."summary"' in one]) == 1
    assert len(found) <= 18, found.ledger()


@pytest.mark.django_db
@pytest.mark.parametrize("items", SIZES)
def test_minutes_are_signed_in_eleven_statements_however_long_the_agenda(items: int) -> None:
    room = opened(items)
    concluded(room, items)
    brought_to_signature(room)
    with counted() as found:
        room.take("sign_minutes", CHAIR)
    assert len(found) <= 11, found.ledger()


def test_a_case_that_goes_on_with_the_minutes_adds_its_own_paper_and_its_own_step(sitting, room: Chamber) -> None:
    concluded(room, sitting[0])
    brought_to_signature(room)
    with counted() as found:
        room.take("sign_minutes", CHAIR)
    assert len(found) <= 29, found.ledger()


def test_both_databases_are_sent_as_few(database: Database) -> None:
    taken = json.loads(database.run("-c", CHILD).splitlines()[-1])
    assert 0 < taken["conclude_item"] <= 8 and 0 < taken["sign_minutes"] <= 12
