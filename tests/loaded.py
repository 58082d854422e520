"""The only place that lends tests the demonstration district, loaded once for each module that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from tests.web.conftest import undone


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the district once for the module; it is undone at its end."""
    with django_db_blocker.unblock(), undone():
        call_command("load_district", skip_checks=True, verbosity=0)
        yield
