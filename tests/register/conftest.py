"""The only place for what tests of the registers' pages share: a district seen on two days, and its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from proposals.models import Person
from tests.builders import read
from tests.papers_bound import road
from tests.register import seeded
from tests.register.seeded import Seeded
from tests.web.conftest import undone


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Seeded]:
    """Fill the registers once for the module; nothing in it is changed by a test, and all is undone at its end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        office = road.opened().office
        data = {name: value for name, value in read("side_registers.json").items() if name != "note"}
        office.enter("import_side_registers", "bianban1", **data)
        yield seeded.second_day(seeded.first_day(office))


@pytest.fixture
def clerk(district: Seeded, django_db_blocker) -> Iterator[Client]:
    """The clerk at a browser."""
    with django_db_blocker.unblock(), undone():
        client = Client()
        client.force_login(Person.objects.get(username="bianban1"), backend="django.contrib.auth.backends.ModelBackend")
        yield client
