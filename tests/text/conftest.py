"""The only place for what tests of reading share: a district whose people work at browsers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from tests.stories.town import Town


@pytest.fixture
def town(db, monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> Town:
    """Open a district in which everybody has a browser and the clock is the story's."""
    settings.ARCHIVE_ROOT = tmp_path / "archive"
    town = Town()
    monkeypatch.setattr(timezone, "now", lambda: town.office.now)
    return town
