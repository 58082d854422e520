"""A correction takes the facts of bodies back with the posts: from its own day, and nothing that stood is rewritten."""

from __future__ import annotations

from typing import Any

import pytest

from proposals.models import BodyVersion, Posting
from proposals.plan.loading import FACTS
from tests.databases import Database
from tests.ledger import corrected
from tests.ledger.books import Books
from tests.plan.test_every_change import LINES, register

# These move neither posts nor facts of bodies; what they wrote beside the ledger, another case changes (ADR 13).
QUIET = (
    "OTHER", "USE_PLAN", "RECTIFY", "DUTY_CLAIM", "DUTY_LIST", "PLEDGE_KEEP", "PLEDGE_CANCEL", "BORROW", "BORROW_END",
)  # fmt: skip


@pytest.fixture
def books(db) -> Books:
    return corrected.opened()


@pytest.mark.parametrize("scene", corrected.SCENES, ids=lambda scene: scene.__name__)
def test_scene(books: Books, scene: Any) -> None:
    scene(books)


def test_every_scene_on_each_database(database: Database) -> None:
    assert database.run("-c", corrected.CHILD).splitlines()[-1] == f"{len(corrected.SCENES)} scenes"


def facts(books: Books) -> dict[str, dict[str, Any]]:
    """Return every fact of every body that stands."""
    standing = BodyVersion.objects.standing(on=books.on).filter(body__territory=books.territory)
    return {
        str(version.body.uuid): {name: getattr(version, name) for name in (*FACTS, "parent_id")}
        for version in standing.select_related("body")
    }


@pytest.mark.parametrize("op", [op for op in LINES if op not in QUIET])
def test_after_its_correction_every_kind_of_change_leaves_what_was_before(books: Books, op: str) -> None:
    posts, bodies = register(books), facts(books)
    case = corrected.issued(books, *LINES[op])
    assert op == "REMOVE_PLATE" or (register(books), facts(books)) != (posts, bodies)
    history = list(BodyVersion.objects.order_by("pk").values_list("pk", "name", "valid_from", "rank", "entry_hash"))
    corrected.correct(books, case)
    assert register(books) == posts
    assert facts(books) == bodies
    kept = BodyVersion.objects.filter(pk__in=[pk for pk, *_ in history]).order_by("pk")
    assert list(kept.values_list("pk", "name", "valid_from", "rank", "entry_hash")) == history
    assert Posting.objects.filter(kind="REVERSAL").count() == Posting.objects.filter(kind="POST").count()
