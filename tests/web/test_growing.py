"""Lists that only grow read along their indexes, and pages beyond what was counted are still reached."""

import re

import pytest
from django.core.paginator import EmptyPage
from django.db import connections
from django.db.models import QuerySet

from project.web.access import growing
from project.web.access.waiting import URGENT_FIRST, Waiting
from proposals.models import Entry, Person, Proposal
from proposals.plan import intentions
from tests import builders
from tests.databases import Database
from workflows.models import WorkItem

GROWING = (Entry, Proposal, WorkItem)


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
    vars(mine)["lent"] = []
    monkeypatch.setattr(QuerySet, "exists", lambda rows: False)  # nothing is laid on the person
    for rows in (branch.order_by(*URGENT_FIRST)[:21] for branch in mine.branches):
        assert scanned(rows, database) == []
        plan = rows.using(database.alias).explain()
        assert "worklist_of_a_" in plan
        assert not re.search("TEMP B-TREE|Sort", plan), plan


def test_what_somebody_did_or_began_is_found_along_an_index(database: Database) -> None:
    assert scanned(Entry.objects.filter(actor=7).order_by("-at", "-pk")[:21], database) == []
    assert scanned(Proposal.objects.filter(drafter=7).order_by("-pk")[:21], database) == []


@pytest.mark.django_db
def test_pages_beyond_what_was_counted_are_reached_one_by_one(monkeypatch) -> None:
    office = builders.office_with_law()
    body = builders.add_body(office, "演示街道", category="STREET")
    for _ in range(7):
        builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}])
    rows = Proposal.objects.order_by("-pk")
    known = list(rows.values_list("pk", flat=True))
    assert len(known) == 7
    monkeypatch.setattr(growing, "MOST", 3)

    pages = growing.Counted(rows, 2)

    assert (pages.count, pages.beyond) == (3, True)
    found = [[case.pk for case in pages.page(n)] for n in range(1, 5)]
    assert [pk for page in found for pk in page] == known
    assert [pages.page(n).has_next() for n in range(1, 5)] == [True, True, True, False]
    assert pages.page(1).next_page_number() == 2
    with pytest.raises(EmptyPage):
        pages.page(5)
    assert not growing.Counted(rows.filter(pk__in=known[:3]), 2).beyond


@pytest.mark.django_db
def test_intentions_ask_for_the_state_of_then_only_of_what_moved_since(django_assert_max_num_queries) -> None:
    office = builders.office_with_law()
    with django_assert_max_num_queries(12) as asked:
        intentions.intended(territory_id=office.district.pk, on=office.now.date())
    first = asked.captured_queries[0]["sql"]
    assert "moved_at" in first
    assert "IN ('ARGUING'" in first
