"""Whatever is done to the sealed rows of a subject with every guard taken off, the audit names the table."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from proposals.ledger import triggers
from proposals.models import Meeting, Proposal, Rulebook, Subject
from proposals.procedure import chronicle
from tests import depth
from tests.papers_bound.road import whole_case as build  # noqa: F401
from tests.seals.tampering import Touch, touches
from workflows.audit.reading import chains
from workflows.audit.sealed import sealed
from workflows.seals.reading import rows_of
from workflows.seals.sheets import SHEETS

# How many are tried of each sheet and way in the usual run.
SAMPLE = 6


@pytest.fixture
def unguarded(world) -> Iterator[None]:
    """Take every trigger and condition off, as who owns the database can."""
    triggers.put_aside(connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture(params=[Proposal, Meeting, Rulebook])
def subject(request, world, unguarded) -> Subject:
    """The case of the world, the meeting that decided it, and the rulebook of their district."""
    return request.param.objects.select_related("territory").get(territory=world.office.district)


def chosen(found: list[Touch]) -> list[Touch]:
    """Return a few of each sheet, way and column, the same in every run; in a deep run all of them."""
    if depth.DEEP:
        return found
    taken: Counter[tuple[str, str]] = Counter()
    picked = []
    for one in random.Random(depth.SEED).sample(found, len(found)):
        if taken[one.sheet.name, one.way] < SAMPLE:
            taken[one.sheet.name, one.way] += 1
            picked.append(one)
    return picked


def named(subject: Subject, touch: Touch) -> bool | None:
    """Return whether the audit names the table after a tampering, which is undone; None where the database refused."""
    bodies = chronicle.replay(chronicle.chain(subject.uuid), initial=chains.FIRST.get(subject.subject_kind, "")).bodies
    try:
        with transaction.atomic():
            touch.apply()
            fresh = type(subject)._default_manager.select_related("territory").filter(pk=subject.pk).first()
            # One that names a territory which is not there is refused when the transaction ends.
            said = list(sealed(fresh, bodies)) if fresh else [f"{touch.sheet.label}的内容"]
            transaction.set_rollback(True)
    except IntegrityError:
        return None
    return any(one.startswith(f"{touch.sheet.label}的内容") for one in said)


def test_nothing_is_named_where_nobody_tampered(subject: Subject) -> None:
    bodies = chronicle.replay(chronicle.chain(subject.uuid), initial=chains.FIRST.get(subject.subject_kind, "")).bodies
    assert list(sealed(subject, bodies)) == []
    assert set(bodies[-1]["frozen"]["rows"]) == {sheet.name for sheet in SHEETS[subject.subject_kind]}


def test_every_tampering_is_named_with_its_table(subject: Subject) -> None:
    found = list(touches(subject))
    tried = chosen(found)
    told = [(one, named(subject, one)) for one in tried]
    missed = [(one.sheet.name, one.way, one.column) for one, was in told if was is False]
    kinds = Counter(one.way for one, was in told if was)
    empty = sorted(name for name, rows in rows_of(subject).items() if not rows)
    print(f"{subject.subject_kind}: {dict(kinds)} of {len(found)} found; without a row here: {empty}")
    assert not missed, missed
    assert {"change", "exchange", "remove", "add"} <= set(kinds)
