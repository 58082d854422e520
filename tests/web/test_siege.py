"""Others guess a member's words from many addresses: they do not pass, and he still comes in where he is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from proposals.models import Person
from tests.web.conftest import World
from tests.web.test_door import HOME, IN, PAUSED, WORDS, WRONG, guessed, later, tried

pytestmark = pytest.mark.usefixtures("world")
MEMBER = "bianban1"


@pytest.fixture(scope="module")
def besieged(opened: World) -> Iterator[list[int]]:
    """Let a member come in at home and others guess his words then, once for the module; give what they were told."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        person = Person.objects.get(username=MEMBER)
        person.set_password(WORDS)
        person.save()
        assert tried(MEMBER, HOME, WORDS) == IN
        yield guessed(MEMBER)


def test_guesses_from_many_addresses_do_not_pass(besieged: list[int]) -> None:
    assert besieged == [WRONG] * 20 + [PAUSED] * 100
    assert tried(MEMBER, "192.0.2.1", WORDS) == PAUSED


def test_the_member_comes_in_where_he_is_known_while_others_guess(besieged: list[int]) -> None:
    assert tried(MEMBER, HOME, WORDS) == IN
    assert [tried(MEMBER, HOME) for _ in range(5)] == [WRONG] * 4 + [PAUSED]
    assert tried(MEMBER, HOME, WORDS) == PAUSED


def test_after_the_pause_all_is_open_however_often_was_tried_in_it(besieged: list[int]) -> None:
    later(minutes=14)
    assert {tried(MEMBER, f"198.51.100.{place}") for place in range(1, 6)} == {PAUSED}
    later(minutes=2)
    assert tried(MEMBER, "192.0.2.1", WORDS) == IN
