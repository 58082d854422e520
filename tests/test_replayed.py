"""A town that is written again is the town that was built, and is built where something stands already."""

import pytest

from proposals.models import Appointment, Entry, Person, RuleChange, Setting
from tests import builders, replayed
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
TABLES = (Person, Appointment, Entry, RuleChange, Setting)


def rows() -> list[list[tuple]]:
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


@pytest.fixture(scope="module")
def first() -> list[list[list[tuple]]]:
    """What the first test of this module saw."""
    return []


@pytest.mark.parametrize("turn", range(2))
def test_each_test_finds_the_same_town_with_whole_chains(first, turn) -> None:
    builders.office_with_law()
    first.append(rows())
    assert first[0] == first[-1] and all(first[-1])
    assert [*chains.findings()] == []


def test_where_keys_are_counted_otherwise_it_is_built(monkeypatch) -> None:
    built: list[bool] = []
    monkeypatch.setattr(replayed, "_taken", {})
    person = {"username": "fremd", "name": "外人", "post": "无"}
    assert replayed.once("one", lambda: built.append(True))
    assert not replayed.once("one", lambda: built.append(True))
    Person.objects.create_user(**person)
    assert replayed.once("one", lambda: built.append(True))
    assert built == [True, True]
