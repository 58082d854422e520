"""The only place for what tests of values share: an open register, decided cases, and the city's desk."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from proposals.models import ChangeLine, Proposal
from proposals.vocabulary import State
from tests.papers_bound import road
from tests.stories.life import Life
from tests.web.conftest import undone

FULL, CHIEF, DEPUTY = "PSU_FULL", "SECTION_CHIEF", "SECTION_DEPUTY"
REGISTERED = (
    {"code": "J01", "name": "演示街道", "category": "STREET"},
    {"code": "Z01", "name": "甲中心", "posts": {FULL: (20, 15), DEPUTY: (2, 1)}},
    {"code": "Z02", "name": "乙中心", "posts": {FULL: (10, 8)}},
    {"code": "Z01-1", "name": "综合股", "category": "INNER", "rank": 10, "parent": "Z01"},
)


class Desk(Life):
    """An office whose cases reach the city's desk without their packages: what is tested is what is decided there."""

    begun: Proposal | None = None

    def __init__(self) -> None:
        super().__init__()
        self.enter_opening(REGISTERED, {FULL: 40, DEPUTY: 2})

    def founding(self, *others: Mapping[str, Any], **line: Any) -> Proposal:
        """Draft a case that founds 丙中心; the other lines name it as `body` or `counterpart` 丙中心."""
        made = str(uuid4())
        named = {"name": "丙中心", "category": "PSU", "funding": "FULL"}
        lines: list[Mapping[str, Any]] = [
            {"uuid": made, "op": "CREATE", "body_name": "丙中心", "rank": 20, "params": named, **line}
        ]
        for other in others:
            params = dict(other.get("params") or {})
            given = {**other, "params": params}
            for end in ("body", "counterpart"):
                if other.get(end) == "丙中心":
                    params[f"new_{end}"] = made
                    given.pop(end)
            lines.append({"body_name": "丙中心", **given})
        return self.draft("PSU_SETUP", *lines, title="关于设立丙中心的动议")

    def agreed(self, case: Proposal) -> Proposal:
        """Let the committee agree to the case as it stands."""
        self.decided(self.proposed(self.argued(case), consult=True))
        return road.now(case)

    def at_city(self, case: Proposal) -> Proposal:
        """Number the paper that goes up and lay the decided case on the city's desk."""
        road.dispatched(self.office, case)
        Proposal.objects.filter(pk=case.pk).update(state=State.CITY_ACCEPTED, filed_on=self.office.now.date())
        return road.now(case)

    def line(self, case: Proposal, position: int) -> ChangeLine:
        """Return a line by its place."""
        return case.lines.get(position=position)

    def numbers_for(self, case: Proposal, values: Mapping[int, int]) -> dict[str, int]:
        """Return values by the lines' uuids, given by their places."""
        return {str(self.line(case, position).uuid): n for position, n in values.items()}


@pytest.fixture(scope="module")
def begun(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Desk | None]:
    """Bring a case once to where the tests of the module part, by its function `begin`; none where it has none."""
    if not hasattr(request.module, "begin"):
        yield None
        return
    archive = override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive"))
    with django_db_blocker.unblock(), archive, undone():
        told = Desk()
        with mock.patch.object(timezone, "now", lambda: told.office.now):
            told.begun = request.module.begin(told)
        yield told


@pytest.fixture
def desk(begun: Desk | None, db, settings, tmp_path, monkeypatch) -> Desk:
    """An office with its register open and its own archive and clock."""
    if not begun:
        settings.ARCHIVE_ROOT = tmp_path / "archive"
    told = copy.deepcopy(begun) or Desk()
    monkeypatch.setattr(timezone, "now", lambda: told.office.now)
    return told
