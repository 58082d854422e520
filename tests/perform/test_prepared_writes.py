"""A row that is written by a prepared statement says what Django's own save would have written."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.forms.models import model_to_dict

from proposals.models import Entry, Proposal
from proposals.prepared_writes import insert, update
from tests import builders
from tests.statements import counted


@pytest.fixture
def case(db) -> Proposal:
    office = builders.office_with_law()
    body = builders.add_body(office, "甲局")
    return builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}])


def another(entry: Entry) -> Entry:
    values = {one.attname: getattr(entry, one.attname) for one in entry._meta.concrete_fields if not one.primary_key}
    return Entry(**{**values, "key": uuid4(), "seq": entry.seq + 1000, "hash": uuid4().hex * 2})


def test_an_inserted_row_reads_as_it_was_told_and_knows_its_key(case: Proposal) -> None:
    mine, plain = another(Entry.objects.first()), another(Entry.objects.first())
    plain.seq += 1
    with counted() as prepared:
        insert(mine)
    with counted() as djangos:
        plain.save(force_insert=True)
    assert list(prepared) == list(djangos)
    assert mine.pk and not mine._state.adding
    assert model_to_dict(Entry.objects.get(pk=mine.pk)) == model_to_dict(mine)


def test_an_update_writes_the_named_columns_only_as_django_does(case: Proposal) -> None:
    case.title, case.paper_number, case.basis_text = "新题目", "不写", ""
    case.proposed_on = None
    with counted() as prepared:
        update(case, ["title", "proposed_on"])
    found = Proposal.objects.get(pk=case.pk)
    assert (found.title, found.proposed_on, found.paper_number == "不写") == ("新题目", None, False)
    assert len(prepared) == 1
    with counted() as nothing:
        update(case, [])
    assert not nothing


def test_a_row_that_is_gone_is_not_taken_for_written(case: Proposal) -> None:
    with pytest.raises(DatabaseError, match="no longer there"), transaction.atomic():
        update(Proposal(pk=case.pk + 1000, title="无"), ["title"])


def test_a_failed_write_leaves_the_transaction_to_be_rolled_back(case: Proposal) -> None:
    first = Entry.objects.first()
    twice = another(first)
    twice.hash = first.hash
    with pytest.raises(IntegrityError), transaction.atomic():
        try:
            insert(twice)
        finally:
            assert connection.needs_rollback
