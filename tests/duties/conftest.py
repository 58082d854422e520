"""The only place for what these tests share: an office, a case that waits in it, and what guardian holds."""

import pytest
from django.utils import timezone

from proposals.models import Proposal
from tests import builders
from tests.builders import Office


@pytest.fixture
def office(db, settings, tmp_path, monkeypatch) -> Office:
    settings.ARCHIVE_ROOT = tmp_path / "archive"
    office = builders.office_with_law()
    builders.add_body(office, "甲中心")
    builders.add_body(office, "乙中心")
    monkeypatch.setattr(timezone, "now", lambda: office.now)
    return office


@pytest.fixture
def case(office: Office) -> Proposal:
    """A case of 区委组织部, sent to the office by its own drafter."""
    line = {"op": "CHARTER", "body": office.bodies["甲中心"].uuid}
    case = builders.draft(
        office, "SANDING_REVISE", [line], who="danwei", origin="UNIT", path="/wuhai/haibowan/zuzhibu/",
        proposer="区委组织部", title="组织部三定规定的动议",
    )  # fmt: skip
    builders.attach(office, case, "PARTY_GROUP_MINUTES", who="danwei")
    builders.attach(office, case, "UNIT_REQUEST", who="danwei")
    office.take(case, "send_to_office", "danwei")
    return case
