"""The only place that tells Python to look for dead circles of objects less often while tests run.

What was imported and collected stays for the whole run, and is looked through again at every full collection.
"""

import gc

SELDOM = (100_000, 20, 20)


def seldom() -> None:
    """Put aside what stands, and look through what comes later seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
