"""Here papers are looked at: they are printed as the office prints them."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def press() -> None:
    """Leave the press alone."""
