"""Every page of the table of addresses reads what only grows along an index, whoever of its readers opens it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from docs_templates.models import AllocatedNumber, FrozenPaper
from project.web.access import policy
from proposals.models import Appointment, ChangeLine, Entry, Movement, Permit, Posting, Proposal, Upload
from tests.web.conftest import Visit, World
from tests.web.test_policy import plain
from workflows.models import SecurityEvent, WorkItem

GROWING = (
    AllocatedNumber, ChangeLine, Entry, FrozenPaper, Movement, Permit, Posting, Proposal, SecurityEvent, Upload,
    WorkItem,
)  # fmt: skip
TABLES = tuple(model._meta.db_table for model in GROWING)
# One of each kind of reader: what a page asks differs by whose it is.
READERS = ("bianban1", "danwei", "bianwei1", "shishouwen", "shenji", "xitong")
CASES = ("case", "case_flow", "plan_export")
ASKED = ("case_list", "filing", "archive", "number_register", "ledger")

Statement = tuple[str, Any]


def asked_for(client: Any, address: str) -> list[Statement]:
    """Return what a page asks the database, with its values."""
    found: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(("SELECT", "WITH")) and any(table in sql for table in TABLES):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        assert client.get(address).status_code in (200, 302, 503), address
    return found


def scanned(sql: str, params: Any) -> Iterator[str]:
    """Yield the growing tables that a statement reads from end to end.

    A walk along an order that ends with the page, and a count that ends at its cap, read only what they need.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = [row[3] for row in cursor.fetchall()]
    if "LIMIT" in sql and not any("TEMP B-TREE" in line for line in plan):
        return
    alias = {name: table for table in TABLES for name in re.findall(rf'\b{table}"? (?:AS )?"?(\w+)', sql)}
    for hit in filter(None, (re.match(r"SCAN (\w+)", line) for line in plan)):
        table = alias.get(hit[1], hit[1])
        if table in TABLES:
            yield table


def addresses(world: World, name: str) -> list[str]:
    """Return the addresses at which a page is looked at."""
    if name in CASES:
        return [reverse(name, args=[case.uuid]) for case in (world.sent, world.draft)]
    plain_one = reverse(name)
    return [plain_one, f"{plain_one}?q=关于&since=2026-01-01"] if name in ASKED else [plain_one]


def opened_by(username: str) -> list[str]:
    """Return the names of the pages that the duties of a person open."""
    duties = set(Appointment.objects.filter(person__username=username).values_list("duty", flat=True))
    readers = {name: policy.POLICY[name].readers for name in (*plain(), *CASES)}
    return [name for name, who in readers.items() if who is None or who == policy.ANYBODY or duties & who]


@pytest.mark.parametrize("username", READERS)
def test_what_only_grows_is_read_along_an_index(world: World, visit: Visit, username: str) -> None:
    client, known, found = visit(username), set(), set()
    for name in opened_by(username):
        if name in CASES and username != "bianban1":
            continue
        for address in addresses(world, name):
            for sql, params in asked_for(client, address):
                if sql not in known:
                    known.add(sql)
                    found |= {(name, table, sql) for table in scanned(sql, params)}
    assert known, "no page asked for what grows"
    told = [f"{name} reads all of {table}:\n   {sql}" for name, table, sql in sorted(found)]
    assert not told, "\n".join(told)


def test_a_reading_from_end_to_end_is_seen(world: World) -> None:
    assert list(scanned(*Entry.objects.filter(step="accept").query.sql_with_params())) == [Entry._meta.db_table]
    assert list(scanned(*Entry.objects.order_by("pk").values("pk").query.sql_with_params())) == [Entry._meta.db_table]
    assert list(scanned(*Entry.objects.filter(subject_id=world.sent.uuid).query.sql_with_params())) == []
