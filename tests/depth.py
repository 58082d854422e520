"""The only place that says how much a run tries: a sample of what is alike usually, all of it in the deep run."""

import os
import random
from collections.abc import Callable, Iterable
from typing import TypeVar

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci")
DEEP = PROFILE == "deep"
SEED = 20_261_127
One = TypeVar("One")


def covering(things: Iterable[One], kinds: Callable[[One], frozenset[str]]) -> list[One]:
    """Return as many of the things as show every kind there is, the same in every run; in a deep run all of them."""
    found, seen, chosen = list(dict.fromkeys(things)), set[str](), []
    if DEEP:
        return found
    for one in random.Random(SEED).sample(found, len(found)):
        if not kinds(one) <= seen:
            seen |= kinds(one)
            chosen.append(one)
    return chosen
