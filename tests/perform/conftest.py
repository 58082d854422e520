"""The only place that lends these tests a meeting that a module builds once, as the committee's tests have it."""

from tests.committee.conftest import built, room

__all__ = ["built", "room"]
