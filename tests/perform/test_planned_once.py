"""What is read and written often is planned once a connection by PostgreSQL: its values stand beside the statement."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from itertools import count
from types import ModuleType

import pytest
from django.db import connections, transaction

import docs_templates
import project
import proposals
import workflows
from proposals.models import Person, Proposal
from proposals.prepared import Prepared, PreparedIn, planned
from tests.databases import Database

POSTGRESQL = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
PERSON = Prepared(lambda pk: Person.objects.filter(pk=pk))
OUTSIDE = (".migrations.", ".wsgi", ".asgi", ".serving", ".management.commands.")


def modules() -> Iterator[ModuleType]:
    for package in (proposals, workflows, docs_templates, project):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in f"{found.name}." for part in OUTSIDE):
                yield importlib.import_module(found.name)


def queries() -> dict[str, Prepared]:
    """Every query that a module of the product keeps, those that take a list for two values."""
    found: dict[str, Prepared] = {}
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, Prepared):
                found.setdefault(f"{module.__name__}.{name}", value)
            elif isinstance(value, PreparedIn):
                found.setdefault(f"{module.__name__}.{name}", value._sized(2))
    return found


@POSTGRESQL
def test_postgresql_takes_every_query_without_its_values(database: Database) -> None:
    connection, refused = connections["apart"], {}
    asked = queries()
    assert len(asked) > 60
    for name, query in asked.items():
        places = count(1)
        with transaction.atomic(using="apart"):  # a lock is compiled inside a transaction only
            sql = query.compile(connection).sql
        for _ in range(sql.count("%s")):
            sql = sql.replace("%s", f"${next(places)}", 1)
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"PREPARE tried AS {sql.replace('%%', '%')}")
                cursor.execute("DEALLOCATE tried")
            except Exception as error:  # told together with the others
                refused[name] = str(error).splitlines()[0]
    assert refused == {}


@POSTGRESQL
def test_a_second_use_is_planned_and_the_usual_cursor_stays(database: Database) -> None:
    connection = connections["apart"]
    with connection.cursor() as cursor:
        usual = type(cursor.cursor)
    for pk in range(4):
        PERSON(pk=pk, using="apart")
    with connection.cursor() as cursor:
        assert type(cursor.cursor) is usual
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%proposals_person%'")
        assert cursor.fetchone() == (1,)
    with planned(connection) as cursor:
        assert type(cursor.cursor) is not usual


@pytest.mark.django_db
def test_a_column_that_only_orders_is_not_told(settings) -> None:
    query = Prepared(lambda state: Proposal.objects.filter(state=state).order_by("pk").distinct().values_list("title"))
    assert query.compile(connections["default"]).compiler.has_extra_select and query(state="DRAFT") == []
