"""The only place for what every test of bound papers shares: an archive of its own."""

import pytest


@pytest.fixture(autouse=True)
def archive(settings, tmp_path):
    """Keep files where the test can look at them, and nowhere else."""
    settings.ARCHIVE_ROOT = tmp_path / "archive"
    return settings.ARCHIVE_ROOT
