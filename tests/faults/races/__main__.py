"""The part of the harness that lets two act at once under chosen schedules; started by `python -m tests.faults`."""

from __future__ import annotations

from tests.faults.scene import part


def main() -> None:
    """Let every pair race, then with no lock; print the tally."""
    order = part.begin()
    from tests.faults.races.pairs import PAIRS
    from tests.faults.races.racing import Racing
    from tests.faults.scene import planted
    from tests.faults.scene.tally import Budget

    pairs = [pair for pair in PAIRS if order.wants(pair.name)]
    with part.stage(order, {pair.moment for pair in pairs}) as kept:
        racing = Racing(kept, order.seed)
        tally = racing.run(pairs, Budget(order.seconds))
        with planted.no_write_lock():
            found = racing.run([pair for pair in pairs if pair.name in CONTROLS], Budget(60), first=True)
        part.judge(tally, "no_write_lock", found)
    part.end(tally)


CONTROLS = frozenset({"conclude, conclude", "seal, seal", "send, void"})

if __name__ == "__main__":
    main()
