"""Here papers and files are looked at: they are printed and taken in as the office does it."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def press() -> None:
    """Leave the press alone."""


@pytest.fixture(scope="module", autouse=True)
def looked_into_once() -> None:
    """Look into every file anew."""
