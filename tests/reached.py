"""The only place that counts how often a property test comes to what it asserts: one that hardly does proves little."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any


class Reached:
    """Counts the examples of one test and those whose assertion was reached; `least` is the smallest share of them.

    Few examples say little of a share: a count that lies within three standard deviations below it passes.
    """

    def __init__(self, *, least: float) -> None:
        self.least, self.tried, self.reached = least, 0, 0

    def often_enough(self, test: Callable[..., Any]) -> Callable[..., Any]:
        """Stand above `@given`: after all examples, fail where too few came to the assertion."""

        @functools.wraps(test)
        def counted(*args: Any, **named: Any) -> None:
            self.tried = self.reached = 0
            test(*args, **named)
            expected = self.least * self.tried
            enough = max(1.0, expected - 3 * math.sqrt(expected * (1 - self.least)))
            assert self.reached >= enough, f"{self.reached} of {self.tried} examples"

        return counted

    def example(self) -> None:
        """An example begins."""
        self.tried += 1

    def here(self) -> None:
        """The assertion is reached."""
        self.reached += 1
