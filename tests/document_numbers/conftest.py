"""The only place for what tests of numbers share: the town of the stories."""

from tests.stories.conftest import begun, town

__all__ = ["begun", "town"]
