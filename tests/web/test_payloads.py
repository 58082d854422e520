"""No field of any form and no word of any address breaks a page, leads off the site, or spoils what is handed out."""

import io
import random
import time
import traceback
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import timezone
from openpyxl import load_workbook

from project.web.access import policy
from proposals.case.lifecycle import CASE_STEPS
from proposals.committee.lifecycle import MEETING_STEPS
from proposals.models import Body, Meeting
from proposals.register.lifecycle import REGISTER_STEPS
from proposals.rulebook.lifecycle import RULEBOOK_STEPS
from tests import depth
from tests.committee.chamber import Chamber
from tests.web import fields
from tests.web.conftest import Visit, World, undone
from tests.web.payloads import ALL
from workflows import access

SECONDS = 20.0
WHO = ("bianban1", "zhuren", "danwei", "bianwei1", "hegao", "shenji")
STEPS = {
    "case_step": CASE_STEPS, "meeting_step": MEETING_STEPS, "minutes_step": MEETING_STEPS,
    "register_step": REGISTER_STEPS,
    "side_step": REGISTER_STEPS, "rulebook_step": RULEBOOK_STEPS,
}  # fmt: skip
# What these pages are told is kept, so that lists and exports show it afterwards; everything else is undone.
KEPT = ("/facts/", "/lines/", "/answers/", "/basis/", "/cases/new/")
EACH = 6
# Each of these is as many pages as there are steps.
MANY = ("case_step",)
TABLES = (
    "register",
    "caps",
    "ledger",
    "closed_periods",
    "incoming",
    "problems",
    "figures",
    "permits",
    "reconciliation",
)


class Attack(NamedTuple):
    """One field that can be told something: of the address (get) or of a form (post)."""

    method: str
    address: str
    fields: dict[str, str]
    asked: str


class Broken(list[str]):
    """What went wrong, each with the field and the payload that did it."""

    def judge(self, answer, told: str) -> None:
        if answer.status_code >= 500:
            self.append(f"{answer.status_code} {told}")
        if answer.get("Location", "/")[:1] != "/" or answer.get("Location", "/")[:2] in ("//", "/\\"):
            self.append(f"leads to {answer['Location']} {told}")


@pytest.fixture
def faults() -> Iterator[Counter[str]]:
    """Collect where the pages failed."""
    found: Counter[str] = Counter()

    def note(sender, request, **_) -> None:
        found["".join(traceback.format_exc().splitlines(keepends=True)[-5:])] += 1

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


@pytest.fixture(autouse=True)
def room(world: World) -> None:
    """A meeting with a matter on its agenda."""
    room = object.__new__(Chamber)
    room.office, room.meeting = world.office, None
    room.plan()
    room.put(title="甲办法")


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Yield name and address of every page there is in this world, with every step."""
    known = {
        "case": world.draft.uuid, "body": Body.objects.first().uuid, "meeting": Meeting.objects.latest("pk").uuid,
        "upload": world.sent.uploads.first().uuid, "paper": "qingshi", "form": "xlsx",
    }  # fmt: skip
    for pattern in get_resolver().url_patterns:
        names = tuple(pattern.pattern.converters)
        for step in [row.step for row in STEPS.get(pattern.name, ())] or [""]:
            for case in (world.draft.uuid, world.sent.uuid) if "case" in names else ("",):
                said = {name: {**known, "case": case, "step": step}.get(name, uuid.uuid4()) for name in names}
                try:
                    yield pattern.name, reverse(pattern.name, kwargs=said)
                except NoReverseMatch:
                    continue


def attacks(client: Client, name: str, address: str) -> Iterator[Attack]:
    """Yield everything that one page can be told: the words of its address and the fields of its forms."""
    for asked in fields.asked_in(fields.module_of(name)):
        yield Attack("get", address, {}, asked)
    answer = client.get(address)
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        for sent in fields.posts(address, answer.content):
            yield from (Attack("post", sent.address, sent.fields, asked) for asked in sent.names)


def browsers(visit: Visit) -> dict[str, Client]:
    found = {who: visit(who) for who in WHO}
    for client in found.values():
        client.raise_request_exception = False
    return found


def pages(world: World) -> list[tuple[str, str, str]]:
    """Return who opens which page: (person, name, address)."""
    found = [(who, *page) for who in WHO for page in addresses(world) if page[0] not in ("logout", "login")]
    people = world.office.people
    duties = {who: access.standing(person_id=people[who].pk, on=timezone.localdate()) for who in WHO}
    return [one for one in found if policy.opens(name=one[1], held=duties[one[0]])]


def send(client: Client, attack: Attack, payload: str):
    if attack.method == "get":
        return client.get(f"{attack.address}?{urlencode({attack.asked: payload})}")
    data = {**attack.fields, "key": str(uuid.uuid4()), attack.asked: payload}
    if attack.address.endswith(KEPT):
        return client.post(attack.address, data)
    with undone():
        return client.post(attack.address, data)


@pytest.mark.dear(60)
def test_no_payload_in_any_field_breaks_a_page(world: World, visit: Visit, faults: Counter[str]) -> None:
    chance, broken, covered = random.Random(depth.SEED), Broken(), Counter[str]()
    clients, every, seen = browsers(visit), pages(world), set[tuple[str, str, str]]()
    chance.shuffle(every)
    first = {name: (who, name, address) for who, name, address in every if name not in MANY}.values()
    every = list(dict.fromkeys((*first, *every)))
    begun = time.process_time()
    for who, name, address in every:
        if not depth.DEEP and time.process_time() - begun > SECONDS:
            break
        found = list(attacks(clients[who], name, address))
        chance.shuffle(found)
        told = [one for one in found if one.method == "get"], [one for one in found if one.method == "post"]
        for attack in found if depth.DEEP else (*told[0][:1], *told[1][:EACH]):
            seen.add((name, attack.method, attack.asked))
            for kind, payload in ALL if depth.DEEP else chance.sample(ALL, 1):
                covered[f"{attack.method} {kind}"] += 1
                answer = send(clients[who], attack, payload)
                broken.judge(answer, f"{who} {attack.method} {attack.address} {attack.asked}={payload[:40]!r}")
    print(
        f"{sum(covered.values())} tried in {len(seen)} fields of {len({one[0] for one in seen})} pages: {dict(covered)}"
    )
    print(*(f"{n} times: {where}" for where, n in faults.most_common()), sep="\n")
    still_open(clients["bianban1"])
    assert broken == []


def still_open(client: Client) -> None:
    """Every table leaves as a workbook that opens, whatever was typed into the cases before."""
    for name in TABLES:
        answer = client.get(reverse(name), {"export": "xlsx"})
        assert answer.status_code == 200, name
        load_workbook(io.BytesIO(answer.content))
