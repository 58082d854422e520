"""The only place that lends tests of seals a case that went from draft to archive, with its meeting."""

from tests.papers_bound.conftest import built, world  # noqa: F401
