"""Every address with every method by everybody on everything: refused before the page, or out of reach, or his own."""

from __future__ import annotations

import random
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import ResolverMatch, get_resolver, resolve, reverse
from django.utils import timezone

from project.web.access import lists, policy, security_stream
from proposals.case.lifecycle import CASE_STEPS
from proposals.committee.lifecycle import MEETING_STEPS
from proposals.models import Entry, Meeting, PaperRecord, Proposal, RuleChange, Upload
from proposals.organisation.duty_places import ADMINISTRATORS
from proposals.register.lifecycle import REGISTER_STEPS, SIDE_STEPS
from proposals.rulebook.lifecycle import RULEBOOK_STEPS
from tests import depth
from tests.access import world as cities
from tests.access.world import Thing, Visitor, World, may_see
from tests.web.conftest import undone
from workflows.grants import CaseGrant

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# How many cells a usual run tries of each sort; the deep run tries all.
TOLD, REACHED, SHOWN = 10_000, 1_500, 60
STEPS = {
    "case_step": CASE_STEPS, "meeting_step": MEETING_STEPS, "minutes_step": MEETING_STEPS,
    "register_step": REGISTER_STEPS, "side_step": SIDE_STEPS, "rulebook_step": RULEBOOK_STEPS,
}  # fmt: skip
SORTS = {"upload": ("upload", "scan")}
CANARY = re.compile(r"CANARY\d+[xy](?:\d+x)?")
LEAVES_THE_SITE = ("login", "logout", "type_size", "healthz", "readyz")


@dataclass(frozen=True)
class Address:
    """An address of the site: its name in the policy, itself, what it names, and with which methods it is tried."""

    name: str
    url: str
    thing: Thing | None
    methods: tuple[str, ...] = METHODS


@dataclass(frozen=True)
class Cell:
    """Who asks which address how."""

    who: Visitor
    method: str
    at: Address


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Seed the two cities once for the module; everything is undone at its end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        yield cities.seeded()


@pytest.fixture
def world(opened: World, django_db_blocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Lend the cities to one test; whatever the test does to them is undone."""
    with django_db_blocker.unblock(), undone():
        monkeypatch.setattr(timezone, "now", lambda: opened.office.now)
        monkeypatch.setattr(security_stream, "note", lambda *args, **kwargs: None)
        yield opened


def addresses(world: World) -> list[Address]:
    """Return every address of the site, made from the table of addresses and everything that it can name."""
    found: list[Address] = []
    for pattern in get_resolver().url_patterns:
        if pattern.name in LEAVES_THE_SITE:
            continue
        asked = list(pattern.pattern.converters)
        subject = next((name for name in asked if name not in ("step", "form", "paper" if "case" in asked else "")), "")
        of = [one for one in world.things if one.sort in SORTS.get(subject, (subject,))] if subject else [None]
        for thing in of:
            given: dict[str, Any] = {subject: thing.uuid} if thing else {}
            given |= {"form": "csv"} if "form" in asked else {}
            given |= {"paper": "minutes_draft"} if "paper" in asked and subject == "case" else {}
            steps = [row.step for row in STEPS[pattern.name]] if "step" in asked else [""]
            for n, step in enumerate(steps):
                more = {"step": str(step)} if step else {}
                url = reverse(pattern.name, kwargs={**given, **more})
                # Steps of one sort are one page: those after the first are tried as browsers do.
                found.append(Address(pattern.name, url, thing, METHODS if n == 0 else ("GET", "POST")))
    return found


@cache
def resolved(url: str) -> ResolverMatch:
    """Return the page behind an address, looked up once."""
    return resolve(url)


def request_of(cell: Cell) -> HttpRequest:
    """Return the request of a cell as the middleware before the policy leaves it."""
    sent = {"key": str(uuid.uuid4()), "seen": ""}
    request: Any = RequestFactory().generic(cell.method, cell.at.url)
    if cell.method == "POST":
        request = RequestFactory().post(cell.at.url, sent)
    request.user = cell.who.person or Stranger()
    request.htmx, request.session, request.held = False, {}, held_of(cell.who)
    request._messages = FallbackStorage(request)
    request.resolver_match = resolved(cell.at.url)
    return request


class Stranger:
    """Nobody who is known."""

    is_authenticated = False
    pk = None


def held_of(who: Visitor) -> Any:
    """Return the duties that count: an administrator's others do not."""
    return tuple(pair for pair in who.held if pair[0] in ADMINISTRATORS) or who.held


def through_the_policy(cell: Cell, request: HttpRequest) -> int:
    """Return 200 where the policy lets the request on, else the status with which it ends it."""
    match: Any = request.resolver_match
    try:
        ended = policy.PolicyMiddleware(lambda _: HttpResponse()).process_view(request, match.func, (), match.kwargs)
    except PermissionDenied:
        return 403
    return 200 if ended is None else ended.status_code


def answered(cell: Cell, request: HttpRequest) -> tuple[int, str]:
    """Return the status and the words of the page itself."""
    match: Any = request.resolver_match
    try:
        answer = match.func(request, **match.kwargs)
    except Http404:
        return 404, ""
    except PermissionDenied:
        return 403, ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body.decode("utf-8", "replace") + str(answer.headers)


def expected(cell: Cell) -> set[int]:
    """Return what the policy may say to a cell: by whether somebody is known, has a duty, or keeps the system."""
    readers, duties = policy.POLICY[cell.at.name].readers, {duty for duty, _ in held_of(cell.who)}
    if readers is None:
        return {200}
    if cell.who.person is None:
        return {302}
    if readers == policy.ANYBODY:
        return {200}
    if duties & set(ADMINISTRATORS):
        return {200} if cell.at.name == "security" and duties & {"AUDITOR", "SECADMIN"} else {403}
    return {200} if duties & readers else {403}


def written() -> tuple[Any, ...]:
    """Return what would differ if anything had been written."""
    counts = [model.objects.count() for model in (Entry, Upload, RuleChange, PaperRecord, Meeting, Proposal)]
    return (*counts, Proposal.objects.aggregate(Sum("revision"))["revision__sum"])


# Who asks which address; with every method of the address it is so many cells.
Pair = tuple[Visitor, Address]


@pytest.fixture(scope="module")
def everything(opened: World) -> list[Pair]:
    """Everybody with every address, built once for the module."""
    at = addresses(opened)
    return [(who, address) for who in opened.visitors for address in at]


def cells_of(pairs: Sequence[Pair]) -> list[Cell]:
    """Return the cells of pairs, one a method."""
    return [Cell(who, method, at) for who, at in pairs for method in at.methods]


def let_on(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs of somebody known that the policy lets on, asked once a person and page."""
    said: dict[tuple[str, str], bool] = {}
    for who, at in pairs:
        if (who.name, at.name) not in said:
            said[who.name, at.name] = who.person is not None and 200 in expected(Cell(who, "GET", at))
    return [(who, at) for who, at in pairs if said[who.name, at.name]]


def foreign(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that the policy lets on, on a thing that is not for whoever asks."""
    return [(who, at) for who, at in let_on(pairs) if at.thing and not may_see(who.held, at.thing)]


def counted(pairs: Sequence[Pair]) -> int:
    """Return how many cells the pairs have."""
    return sum(len(at.methods) for _, at in pairs)


def some(pairs: Sequence[Pair], n: int) -> list[Cell]:
    """Return about so many of the cells, the same in every run; in a deep run all of them."""
    if depth.DEEP:
        return cells_of(pairs)
    chosen, drawn = random.Random(depth.SEED), list[Cell]()
    while len(drawn) < n:
        who, at = chosen.choice(pairs)
        drawn.append(Cell(who, chosen.choice(at.methods), at))
    return list(dict.fromkeys(drawn))


def faults(cells: Sequence[Cell]) -> list[str]:
    """Return where a page answers about a thing that is out of reach, or writes."""
    before, found = written(), []
    for cell in cells:
        status, words = answered(cell, request_of(cell))
        if status not in (403, 404) or CANARY.search(words):
            found.append(f"{cell.who.name} {cell.method} {cell.at.name} {cell.at.thing} {status}")
    return found if written() == before else [*found, "something was written"]


def test_the_world_has_every_duty_every_relation_and_every_address(world: World) -> None:
    at = addresses(world)
    assert {one.name for one in at} | set(LEAVES_THE_SITE) == set(policy.POLICY)
    assert {duty for who in world.visitors for duty, _ in who.held} == set(cities.DUTIES)
    assert {one.sort for one in world.things} >= {
        "case",
        "upload",
        "scan",
        "paper",
        "package",
        "meeting",
        "body",
        "record",
    }
    sees = Counter(may_see(who.held, thing) for who in world.visitors for thing in world.things)
    assert min(sees.values()) > 500, sees


def test_the_policy_stands_before_every_page(
    world: World, everything: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not CaseGrant.objects.exists()  # so nothing is lent to anybody, and to ask it ten thousand times is dear
    monkeypatch.setattr(policy, "lent_on", lambda request, kwargs: ())
    tried, said = some(everything, TOLD + 500), Counter[int]()
    for cell in tried:
        status = through_the_policy(cell, request_of(cell))
        said[status] += 1
        assert status in expected(cell), (cell.who.name, cell.method, cell.at)
    of = f"{len(tried)} of {counted(everything)} cells, {len(world.visitors)} people"
    print(f"\naccess matrix, policy: {of}, {dict(said)}")
    assert len(tried) >= TOLD and set(said) == {200, 302, 403}


def test_what_is_out_of_reach_does_not_exist_by_any_method(world: World, everything: list[Pair]) -> None:
    pairs = foreign(everything)
    tried = some(pairs, REACHED)
    assert faults(tried) == []
    print(f"\naccess matrix, reach: {len(tried)} of {counted(pairs)} cells on what is another's")
    assert {cell.at.name for cell in tried} >= {
        "case",
        "case_step",
        "upload",
        "paper",
        "package",
        "meeting_step",
        "body",
    }


def test_no_page_that_opens_says_what_is_out_of_reach(world: World, everything: list[Pair]) -> None:
    canaries = {thing.canary: thing for thing in world.things}
    pairs = [
        (who, replace(at, methods=("GET",)))
        for who, at in let_on(everything)
        if (at.thing is None or may_see(who.held, at.thing))
        and not any(path in (cities.NEAR, cities.FAR) for _, path in who.held)
    ]
    tried, shown = some(pairs, SHOWN), set()
    for cell in tried:
        _, words = answered(cell, request_of(cell))
        for canary in set(CANARY.findall(words)):
            assert may_see(cell.who.held, canaries[canary]), (cell.who.name, cell.at, canaries[canary])
            shown.add(canary)
    print(f"\naccess matrix, pages: {len(tried)} of {len(pairs)} shown, {len(shown)} canaries seen by their own")
    assert len(shown) > 5


def test_a_reach_that_lets_too_much_through_is_found(
    world: World, everything: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "by_duty", lambda *, held, case: Proposal.objects.filter(uuid=case).first())
    pairs = [(who, at) for who, at in foreign(everything) if at.name == "case_flow"]
    cells = [Cell(who, "GET", at) for who, at in random.Random(depth.SEED).sample(pairs, 5)]
    assert len(faults(cells)) == 5
