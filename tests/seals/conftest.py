"""The only place that lends tests of seals a world of their module's, and takes its guards off."""

from collections.abc import Iterator

import pytest
from django.db import connection

from proposals.ledger import triggers
from tests.papers_bound.conftest import built, world  # noqa: F401


@pytest.fixture
def unguarded(world) -> Iterator[None]:  # noqa: F811
    """Take every trigger and condition off, as who owns the database can."""
    triggers.put_aside(connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
