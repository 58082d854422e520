"""The only place that counts how often a property test comes to what it asserts: one that hardly does proves little."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


class Reached:
    """Counts the examples of one test and those whose assertion was reached; `least` is the smallest share of them."""

    def __init__(self, *, least: float) -> None:
        self.least, self.tried, self.reached = least, 0, 0

    def often_enough(self, test: Callable[..., Any]) -> Callable[..., Any]:
        """Stand above `@given`: after all examples, fail where too few came to the assertion."""

        @functools.wraps(test)
        def counted(*args: Any, **named: Any) -> None:
            self.tried = self.reached = 0
            test(*args, **named)
            assert self.tried and self.reached >= self.least * self.tried, f"{self.reached} of {self.tried} examples"

        return counted

    def example(self) -> None:
        """An example begins."""
        self.tried += 1

    def here(self) -> None:
        """The assertion is reached."""
        self.reached += 1
