"""The only place for what these tests share: an office opened once a module, and a case that waits in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.test import override_settings
from django.utils import timezone

from proposals.models import Proposal
from tests import builders
from tests.builders import Office
from tests.web.conftest import undone


@dataclass
class Opened:
    """An office with its law, and a case of 区委组织部, sent to it by its own drafter."""

    office: Office
    case: Proposal


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Opened]:
    """Open the office and send the case once for the module; everything is undone at its end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        office = builders.office_with_law()
        for name in ("甲中心", "乙中心"):
            builders.add_body(office, name)
        line = {"op": "CHARTER", "body": office.bodies["甲中心"].uuid}
        case = builders.draft(
            office, "SANDING_REVISE", [line], who="danwei", origin="UNIT", path="/wuhai/haibowan/zuzhibu/",
            proposer="区委组织部", title="组织部三定规定的动议",
        )  # fmt: skip
        for purpose in ("PARTY_GROUP_MINUTES", "UNIT_REQUEST"):
            builders.attach(office, case, purpose, who="danwei")
        office.take(case, "send_to_office", "danwei")
        yield Opened(office=office, case=case)


@pytest.fixture
def office(opened: Opened, django_db_blocker, monkeypatch) -> Iterator[Office]:
    """Lend the office to one test; whatever the test does to it is undone."""
    with django_db_blocker.unblock(), undone():
        office = replace(opened.office, people=dict(opened.office.people), bodies=dict(opened.office.bodies))
        monkeypatch.setattr(timezone, "now", lambda: office.now)
        yield office


@pytest.fixture
def case(opened: Opened, office: Office) -> Proposal:
    """The case as it was sent."""
    return Proposal.objects.get(pk=opened.case.pk)
