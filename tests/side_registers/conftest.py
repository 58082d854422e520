"""The only place for what these tests share: an opened register."""

from tests.ledger.conftest import books

__all__ = ["books"]
