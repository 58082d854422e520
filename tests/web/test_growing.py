"""Lists that only grow read along their indexes, and pages beyond what was counted are still reached."""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from project.web.access import growing
from project.web.access.waiting import URGENT_FIRST, Own, Waiting
from proposals.case import drafts
from proposals.models import ChangeLine, Entry, Person, Proposal
from proposals.plan import intentions
from proposals.rules import read_rows
from tests import builders
from tests.databases import Database
from workflows.models import WorkItem

GROWING = (ChangeLine, Entry, Proposal, WorkItem)


def scanned(rows, database: Database) -> list[str]:
    """Return the growing tables that the database would read from end to end."""
    if database.vendor == "postgresql":
        with connections[database.alias].cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")  # the tables are empty: what is left is what has no index
    plan = rows.using(database.alias).explain()
    named = {name for model in GROWING for name in re.findall(rf"(?:Seq Scan on|SCAN) ({model._meta.db_table})", plan)}
    aliased = re.findall(r"SCAN [UVW]\d\b(?! USING)", plan)
    return sorted(named) + aliased


def test_what_waits_is_found_along_the_indexes_of_open_work(database: Database, monkeypatch) -> None:
    held = (("OFFICE_CLERK", "/a/b/"), ("COMMITTEE_MEMBER", "/a/b/"))
    mine = Waiting(held=held, person=Person(pk=7))
    vars(mine)["_own"] = Own(lent=[], work=True)
    monkeypatch.setattr(QuerySet, "exists", lambda rows: False)  # nothing is laid on the person
    for rows in (branch.order_by(*URGENT_FIRST)[:21] for branch in mine.branches):
        assert scanned(rows, database) == []
        plan = rows.using(database.alias).explain()
        assert "worklist_of_a_" in plan
        assert not re.search("TEMP B-TREE|Sort", plan), plan


def test_what_somebody_did_or_began_is_found_along_an_index(database: Database) -> None:
    assert scanned(Entry.objects.filter(actor=7).order_by("-at", "-pk")[:21], database) == []
    assert scanned(Proposal.objects.filter(drafter=7).order_by("-pk")[:21], database) == []


def test_what_other_cases_ask_is_found_along_an_index(database: Database) -> None:
    now = timezone.now()
    days = {"since": now.date(), "until": now.date(), "begun": now, "ended": now}
    of_bodies = read_rows.EARLIER.build([1, 2], territory=1, case=1, **days)
    assert scanned(of_bodies, database) == scanned(read_rows.NAMED.build(territory=1, case=1), database) == []


@pytest.fixture
def cases(db) -> list[Proposal]:
    """Return seven cases, newest first; the third and the fourth began at one moment."""
    office = builders.office_with_law()
    for n in range(7):
        drafts.open_case(
            territory=office.district, drafter=office.people["bianban1"], title=f"第{n}件", kind="STAFF_TRANSFER",
            at=office.now + timedelta(hours=n - (n == 4)),
        )  # fmt: skip
    return list(Proposal.objects.order_by("-created_at", "-pk"))


ORDERS = (
    ("-pk",),
    ("-created_at", "-pk"),
    ("drafter", "-created_at", "-pk"),
    ("territory__name", "-created_at", "-pk"),
)


@pytest.mark.parametrize("order", ORDERS)
def test_pages_beyond_what_was_counted_are_reached_one_by_one_and_back(order, cases, monkeypatch) -> None:
    monkeypatch.setattr(growing, "MOST", 3)
    rows, known = Proposal.objects.order_by(*order), cases
    leaves = [growing.leaf(rows, {}, per_page=2)]
    assert (leaves[0].count, leaves[0].beyond, leaves[0].previous) == (3, True, "")
    while leaves[-1].next and len(leaves) < 9:
        leaves.append(growing.leaf(rows, {"after": leaves[-1].next}, per_page=2))
    assert [case for leaf in leaves for case in leaf] == known
    assert [len(leaf) for leaf in leaves] == [2, 2, 2, 1]
    back = [leaves[-1]]
    while back[-1].previous and len(back) < 9:
        back.append(growing.leaf(rows, {"before": back[-1].previous}, per_page=2))
    assert [list(leaf) for leaf in back] == [list(leaf) for leaf in leaves[::-1]]
    assert [leaf.next for leaf in back[1:]] == [leaf.next for leaf in leaves[-2::-1]]
    assert not growing.leaf(rows.filter(pk__in=[one.pk for one in known[:3]]), {}, per_page=2).beyond


def test_what_comes_in_meanwhile_moves_no_page(cases) -> None:
    rows = Proposal.objects.order_by("-created_at", "-pk")
    first = growing.leaf(rows, {}, per_page=2)
    second = growing.leaf(rows, {"after": first.next}, per_page=2)
    newest = cases[0]
    drafts.open_case(
        territory=newest.territory, drafter=newest.drafter, title="新", kind=newest.kind, at=newest.created_at
    )
    assert list(growing.leaf(rows, {"after": first.next}, per_page=2)) == list(second)
    assert list(growing.leaf(rows, {"before": second.previous}, per_page=2)) == list(first)
    assert growing.leaf(rows, {"before": second.previous}, per_page=2).previous


BAD = (
    "", "~", "x", "2026-03-10~", "2026-03-10T12:00:00~1", "0001-01-01T00:00:00+08:00~1", "\x00~1",
    "9999-12-31T23:59:59-12:00~1", "2026-03-10T12:00:00+08:00~99999999999999999999", "2026-03-10T12:00:00+08:00~1~1",
)  # fmt: skip
LISTS = (
    "/cases/", "/incoming/", "/filing/", "/archive/", "/done/", "/mine/", "/meetings/", "/ledger/", "/paper-records/",
    "/cases/?since=2026-01-01&q=关于",
)  # fmt: skip


def test_every_list_has_its_first_page_for_keys_that_are_none(world, visit) -> None:
    client = visit("bianban1")
    for address in LISTS:
        for name in ("after", "before", "page"):
            for key in ("x", "1~1", "99999999999999999999", "2026-03-10T12:00:00+08:00~1"):
                told = client.get(address, {name: key}) if "?" not in address else client.get(f"{address}&{name}={key}")
                assert told.status_code == 200, (address, name, key)


@pytest.mark.parametrize("key", BAD)
def test_a_key_that_is_none_or_leads_nowhere_shows_the_first_page(key: str, cases) -> None:
    rows = Proposal.objects.order_by("-created_at", "-pk")
    assert list(growing.leaf(rows, {"before": key}, per_page=2)) == cases[:2]
    assert list(growing.leaf(rows, {"after": key}, per_page=2)) == cases[:2]
    oldest = growing.key_of(cases[-1], ("-created_at", "-pk"))
    assert list(growing.leaf(rows, {"after": oldest}, per_page=2)) == cases[:2]
    newest = growing.key_of(cases[1], ("-created_at", "-pk"))
    assert list(growing.leaf(rows, {"before": newest}, per_page=2)) == cases[:2]


def test_a_page_behind_a_key_is_entered_along_the_index_of_its_order(database: Database) -> None:
    if database.vendor == "postgresql":
        with connections[database.alias].cursor() as cursor:
            cursor.execute("SET enable_bitmapscan = off; SET enable_sort = off")
    entries, when = Entry.objects.filter(actor=7).order_by("-at", "-pk"), timezone.now()
    for rows, edge in (
        (entries, (when, 9)),
        (Proposal.objects.order_by("-created_at", "-pk"), (when, 9)),
        (Proposal.objects.filter(drafter=7).order_by("-pk"), (9,)),
    ):
        behind = rows.filter(growing._behind(rows.query.order_by, edge))[:21]
        assert scanned(behind, database) == []
        assert not re.search("TEMP B-TREE|Sort", behind.using(database.alias).explain())


@pytest.mark.django_db
def test_intentions_ask_for_the_state_of_then_only_of_what_moved_since(django_assert_max_num_queries) -> None:
    office = builders.office_with_law()
    with django_assert_max_num_queries(12) as asked:
        intentions.intended(territory_id=office.district.pk, on=office.now.date())
    first = asked.captured_queries[0]["sql"]
    assert "moved_at" in first
    assert "IN ('ARGUING'" in first
