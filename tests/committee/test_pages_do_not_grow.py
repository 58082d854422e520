"""The pages of a meeting take as many statements for seventeen items as for three."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.committee.agendas import SIZES, brought_to_signature, concluded, item_of, opened
from tests.committee.chamber import CHAIR, MEMBERS, Chamber
from tests.committee.test_circulation import started
from tests.committee.test_pages import address, signed_in
from tests.statements import counted
from tests.web.conftest import undone

PAGES = ("", "live/", "screen/", "minutes/", "votes.csv")
FEW, MANY = 2, 5


Stages = Iterator[tuple[str, Chamber]]


def sitting(items: int) -> Stages:
    """One sitting as it goes on: its agenda, its minutes, and these signed."""
    room = opened(items)
    yield "agenda", room
    concluded(room, items)
    brought_to_signature(room)
    yield "minutes", room
    room.take("sign_minutes", CHAIR)
    yield "signed", room


def cases(items: int) -> Stages:
    yield "cases", opened(items, cases=items)


def ballot(items: int) -> Stages:
    room = opened(items, cases=1)
    item = item_of(room, 1)
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    for who in MEMBERS[1:7]:
        room.cast(item, who)
    yield "ballot", room


def circulated(items: int) -> Stages:
    yield "circulated", started(titles=[f"第{n}件事项" for n in range(items)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "sizes"), [(sitting, SIZES), (ballot, SIZES), (cases, (FEW, MANY)), (circulated, (FEW, MANY))]
)
def test_no_page_of_a_meeting_grows_with_its_agenda(at: Callable[[int], Stages], sizes: tuple[int, int]) -> None:
    few, many = (sent(at, items) for items in sizes)
    assert few == many
    assert max(few.values()) < 40


def sent(at: Callable[[int], Stages], items: int) -> dict[tuple[str, str, str, int], int]:
    """Return how many statements each page takes, by stage, page, person and status."""
    found = {}
    with undone():
        for stage, room in at(items):
            for who, pages in (("bianban1", PAGES), (MEMBERS[1], (*PAGES, "ballot/"))):
                client = signed_in(who)
                client.get(address(room))
                for page in pages:
                    with counted() as statements:
                        status = client.get(address(room, page)).status_code
                    found[stage, page, who, status] = len(statements)
    return found
