"""The only place for what tests of the registers' pages share: a district seen on two days, and its pages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from proposals.models import Person
from tests import depth
from tests.builders import read
from tests.papers_bound import road
from tests.register import seeded
from tests.register.seeded import Seeded
from tests.web.conftest import undone

Kept = dict[tuple[str, str], HttpResponse]


class Reader(Client):
    """A browser in registers that nobody changes: what was opened once it shows again."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.kept = kept

    def get(self, path, data=None, *rest, **words):
        asked = (path, urlencode(data or {}))
        if rest or words or depth.DEEP:
            return super().get(path, data, *rest, **words)
        if asked not in self.kept:
            answer = super().get(path, data)
            self.kept[asked] = HttpResponse(answer.getvalue(), status=answer.status_code, headers=answer.headers)
        return self.kept[asked]


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Seeded]:
    """Fill the registers once for the module; nothing in it is changed by a test, and all is undone at its end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        office = road.opened().office
        data = {name: value for name, value in read("side_registers.json").items() if name != "note"}
        office.enter("import_side_registers", "bianban1", **data)
        yield seeded.second_day(seeded.first_day(office))


@pytest.fixture(scope="module")
def kept(district: Seeded) -> Kept:
    """What the clerk was shown in this module."""
    return {}


@pytest.fixture
def clerk(district: Seeded, kept: Kept, django_db_blocker) -> Iterator[Client]:
    """The clerk at a browser."""
    with django_db_blocker.unblock(), undone():
        client = Reader(kept)
        client.force_login(Person.objects.get(username="bianban1"), backend="django.contrib.auth.backends.ModelBackend")
        yield client
