"""The part of the harness that cuts the power in what was recorded; started by `python -m tests.faults`."""

from __future__ import annotations

from tests.faults.scene import part

STRETCHES = (
    ("upload", "save a draft"),
    ("step that freezes papers", "print papers"),
    ("decide",),
    ("seal the package", "write the package"),
    ("post to the ledger",),
    ("write the archive package",),
    ("open the register",),
)


def main() -> None:
    """Cut the power in every stretch of acts, then on a disk that lies and in a store that flushes no folder."""
    order = part.begin()
    from tests.faults.disk.injector import Injector
    from tests.faults.power.cuts import Cuts
    from tests.faults.scene import planted
    from tests.faults.scene.acts import ACTS
    from tests.faults.scene.tally import Budget, Tally

    named = {act.name: act for act in ACTS}
    stretches = [[named[name] for name in names] for names in STRETCHES if order.wants(names[0])]
    with part.stage(order, {acts[0].moment for acts in stretches}) as kept:
        injector = Injector(kept.running)
        cuts, tally, budget = Cuts(kept, injector, order.seed), Tally(), Budget(order.seconds)
        for place, acts in enumerate(stretches):
            tally.add(cuts.run(acts, Budget(budget.left() / (len(stretches) - place))))
        shown = next(acts for acts in stretches if acts[0].name in ("upload", "step that freezes papers"))
        for plant in (planted.lying(injector), planted.no_folder_flush()):
            with plant as name:
                part.judge(tally, name, cuts.run(shown, Budget(20), first=True))
    part.end(tally)


if __name__ == "__main__":
    main()
