"""Guessing passwords over addresses or accounts is braked, and what is known of an address is forgotten in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from django.urls import reverse

from project import env
from proposals.models import Person
from tests.web.conftest import World

WORDS, HOME = "right-words-here", "203.0.113.7"
IN, WRONG, PAUSED = 302, 200, 429


@pytest.fixture(autouse=True)
def quick_words(settings: Any) -> None:
    """Compare words quickly: how slowly it is done is not tested here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def member(world: World) -> str:
    """Give a member of the office a password."""
    person = Person.objects.get(username="bianban1")
    person.set_password(WORDS)
    person.save()
    return person.username


def tried(name: str, address: str, words: str = "wrong") -> int:
    """Try to sign in from an address, and return the status of the answer."""
    client = Client(REMOTE_ADDR=address)
    return client.post(reverse("login"), {"username": name, "password": words}).status_code


def guessed(name: str) -> list[int]:
    """Guess 120 times from 30 addresses, never five times from one."""
    return [tried(name, f"198.51.100.{place}") for _ in range(4) for place in range(1, 31)]


def later(**span: int) -> None:
    """Let time pass over what the door remembers."""
    for table in (AccessAttempt, AccessLog):
        for row in table.objects.all():
            table.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(**span))


def test_an_address_is_forgotten_in_the_end(member: str) -> None:
    assert tried(member, HOME, WORDS) == IN
    later(days=91)
    guessed(member)
    assert tried(member, HOME, WORDS) == PAUSED


def test_a_name_that_no_account_has_is_braked_alike(world: World) -> None:
    assert guessed("nobody") == [WRONG] * 20 + [PAUSED] * 100


def test_guesses_over_many_accounts_from_one_address_do_not_pass(member: str) -> None:
    answers = [tried(f"name{number}", HOME) for number in range(60)]
    assert answers == [WRONG] * 50 + [PAUSED] * 10
    assert tried(member, HOME, WORDS) == PAUSED and tried(member, "192.0.2.1", WORDS) == IN


@override_settings(TRUSTED_PROXIES=["192.0.2.9"])
def test_behind_a_proxy_the_addresses_are_those_it_brings(member: str) -> None:
    proxy = Client(REMOTE_ADDR="192.0.2.9")
    answers = [
        proxy.post(
            reverse("login"), {"username": f"name{number}", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        ).status_code
        for number in range(55)
    ]  # fmt: skip
    assert answers == [WRONG] * 55


@pytest.mark.parametrize("given", ["0", "-1", "²", "twenty", "9" * 4300])
def test_a_brake_is_a_whole_number(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONGYI_BRAKE", given)
    with pytest.raises(ImproperlyConfigured, match="DONGYI_BRAKE"):
        env.number("DONGYI_BRAKE", 20)
