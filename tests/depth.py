"""The only place that says how much a run tries: a sample of what is alike usually, all of it in the deep run."""

import os
import random
from collections.abc import Iterable
from typing import TypeVar

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci")
DEEP = PROFILE == "deep"
SEED = 20_261_127
One = TypeVar("One")


def sample(things: Iterable[One], most: int) -> list[One]:
    """Return so many of the things, the same in every run and in their order; in a deep run all of them."""
    found = list(dict.fromkeys(things))
    if DEEP or len(found) <= most:
        return found
    chosen = set(random.Random(SEED).sample(range(len(found)), most))
    return [one for number, one in enumerate(found) if number in chosen]
