"""The part of the harness that stops, tears and refuses durable calls; started by `python -m tests.faults`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

from tests.faults.scene import part

COMMIT = "ftruncate"  # of the journal


class Control(NamedTuple):
    """A planted fault, the kinds of faults, the act and the call that must show it."""

    plant: Callable[[], AbstractContextManager[None]]
    kills: bool
    act: str
    near: str


def main() -> None:
    """Go through the places, then through the controls; print the tally."""
    order = part.begin()
    from tests.faults.disk.injector import Fault, Injector
    from tests.faults.disk.stopped import Stopping
    from tests.faults.scene import planted
    from tests.faults.scene.acts import ACTS
    from tests.faults.scene.tally import Budget

    controls = (
        Control(planted.no_key, True, "plain step", COMMIT),
        Control(planted.late, True, "step that freezes papers", COMMIT),
        Control(planted.stranded, True, "print papers", "archive"),
        Control(planted.in_place, False, "upload", "archive"),
    )
    kills = [fault for fault in Fault if fault.kills]
    refusals = [fault for fault in Fault if not fault.kills]
    acts = [act for act in ACTS if order.wants(act.name)]
    with part.stage(order, {act.moment for act in acts}) as kept:
        stopping = Stopping(kept, Injector(kept.running))
        tally = stopping.run(acts, [*Fault], Budget(order.seconds), order.seed)
        for control in controls:
            shown = [act for act in acts if act.name == control.act]
            if shown:
                with control.plant():
                    found = stopping.first_loss(shown[0], kills if control.kills else refusals, control.near)
                part.judge(tally, control.plant.__name__, found)
    part.end(tally)


if __name__ == "__main__":
    main()
