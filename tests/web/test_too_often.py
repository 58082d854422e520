"""Who asks too often is told how long to wait and loses nothing; everybody else, and every style, is served."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from project.web.access.pace import Pace
from proposals.models import Entry, Person
from tests.web.conftest import Visit, World

SERVED, TOO_OFTEN = 200, 429


def sign_in(client: Client, username: str) -> None:
    """Let another person sit down at the same site: a client is a site of its own, which counts by itself."""
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")


def test_a_minute_begins_with_the_first_time_and_is_forgotten_when_it_is_over() -> None:
    now = [1000.0]
    pace = Pace(lambda: now[0])
    waits = []
    for second in (0, 1, 2, 59.5):
        now[0] = 1000 + second
        waits.append(pace.wait("a", most=2))
    assert waits == [0, 0, 58, 1] and pace.wait("b", most=2) == 0
    now[0] = 1060
    assert pace.wait("a", most=2) == 0 and set(pace.minutes) == {"a", "b"}
    now[0] = 1200
    assert pace.wait("c", most=2) == 0 and set(pace.minutes) == {"c"}


def test_a_person_is_counted_and_another_is_served_at_the_same_desk(world: World, visit: Visit, settings: Any) -> None:
    settings.REQUESTS_A_MINUTE = 3
    client = visit("bianban1")
    answers = [client.get(reverse("worklist")) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [SERVED] * 3 + [TOO_OFTEN]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60 and "no-store" in answers[-1]["Cache-Control"]
    assert "一分钟内的操作过于频繁" in answers[-1].content.decode()
    assert client.get("/static/site.css").status_code == SERVED
    sign_in(client, "zhuren")
    assert client.get(reverse("worklist")).status_code == SERVED
    sign_in(client, "bianban1")
    assert client.get(reverse("worklist"), REMOTE_ADDR="192.0.2.8").status_code == TOO_OFTEN


def test_a_form_sent_too_often_is_kept_and_may_be_sent_again(world: World, visit: Visit, settings: Any) -> None:
    settings.POSTS_A_MINUTE = 1
    client, address = visit("bianban1"), reverse("case_step", args=[world.sent.uuid, "register_incoming"])
    typed = {"incoming_number": "<甲>", "key": str(uuid4()), "seen": world.sent.concern}
    client.post(reverse("type_size"))
    refused = client.post(address, typed)
    shown = refused.content.decode()
    assert refused.status_code == TOO_OFTEN and f'action="{address}"' in shown and "再办一次" in shown
    assert "&lt;甲&gt;" in shown and typed["key"] in shown and typed["seen"] in shown
    registered = Entry.objects.filter(subject_id=world.sent.uuid, step="register_incoming")
    assert not registered.exists() and client.get(reverse("worklist")).status_code == SERVED
    settings.POSTS_A_MINUTE = 10
    assert client.post(address, typed).status_code == 302
    assert str(registered.get().key) == typed["key"]


def test_a_stranger_is_counted_by_his_address_and_shown_no_word_that_he_tried(world: World, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.POSTS_A_MINUTE = 2
    client, tried = Client(REMOTE_ADDR="203.0.113.7"), {"username": "nobody", "password": "these-words"}
    answers = [client.post(reverse("login"), tried) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [SERVED, SERVED, TOO_OFTEN]
    assert "these-words" not in answers[-1].content.decode()
    assert client.post(reverse("login"), tried, REMOTE_ADDR="203.0.113.8").status_code == SERVED
