"""The only place for what every ledger test needs: an opened register."""

import pytest

from tests.ledger.books import Books, found


@pytest.fixture
def books(db) -> Books:
    """A district with an opened ledger."""
    return found()
