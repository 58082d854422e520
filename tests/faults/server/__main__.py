"""The part of the harness that stops PostgreSQL under load; started by `python -m tests.faults`."""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.faults.scene import part


def main() -> None:
    """Crash and cut while people act, then with a server that acknowledges before it has written."""
    order = part.begin()
    from tests.faults.scene import planted
    from tests.faults.scene.tally import Budget
    from tests.faults.server.crashing import Crashing
    from tests.faults.server.load import Load
    from tests.postgres import Server

    crashing = Crashing(Server(Path(os.environ[part.SERVER])), random.Random(order.seed))
    try:
        with part.stage(order, {"founded"}) as kept:
            load = Load(kept, crashing)
            tally = load.run(Budget(order.seconds))
            with planted.acknowledged_too_soon():
                found = load.run(Budget(60), first=True)
            part.judge(tally, "acknowledged_too_soon", found)
    finally:
        crashing.end()
    part.end(tally)


if __name__ == "__main__":
    main()
