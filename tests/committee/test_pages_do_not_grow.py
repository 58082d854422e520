"""The pages of a meeting take as many statements for seventeen items as for three."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.committee.agendas import SIZES, brought_to_signature, concluded, item_of, opened
from tests.committee.chamber import CHAIR, MEMBERS, Chamber
from tests.committee.test_circulation import started
from tests.committee.test_pages import address, signed_in
from tests.statements import counted
from tests.web.conftest import undone

PAGES = ("", "live/", "screen/", "minutes/", "votes.csv")
FEW, MANY = 2, 5


def agenda(items: int) -> Chamber:
    return opened(items)


def cases(items: int) -> Chamber:
    return opened(items, cases=items)


def ballot(items: int) -> Chamber:
    room = opened(items, cases=1)
    item = item_of(room, 1)
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    for who in MEMBERS[1:7]:
        room.cast(item, who)
    return room


def minutes(items: int) -> Chamber:
    room = opened(items)
    concluded(room, items)
    brought_to_signature(room)
    return room


def signed(items: int) -> Chamber:
    room = minutes(items)
    room.take("sign_minutes", CHAIR)
    return room


def circulated(items: int) -> Chamber:
    return started(titles=[f"第{n}件事项" for n in range(items)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "sizes"),
    [
        *((at, SIZES) for at in (agenda, ballot, minutes, signed)),
        *((at, (FEW, MANY)) for at in (cases, circulated)),
    ],
)
def test_no_page_of_a_meeting_grows_with_its_agenda(at: Callable[[int], Chamber], sizes: tuple[int, int]) -> None:
    few, many = (sent(at, items) for items in sizes)
    assert few == many
    assert max(few.values()) < 40


def sent(at: Callable[[int], Chamber], items: int) -> dict[tuple[str, str, int], int]:
    """Return how many statements each page takes, by page, person and status."""
    found = {}
    with undone():
        room = at(items)
        for who, pages in (("bianban1", PAGES), (MEMBERS[1], (*PAGES, "ballot/"))):
            client = signed_in(who)
            client.get(address(room))
            for page in pages:
                with counted() as statements:
                    status = client.get(address(room, page)).status_code
                found[page, who, status] = len(statements)
    return found
