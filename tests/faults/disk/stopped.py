"""A process stopped or refused at its n-th durable call: what stands then, and what the same key answers after it."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.faults.disk.injector import Fault, Injector
from tests.faults.scene import prints
from tests.faults.scene.acts import Act
from tests.faults.scene.forks import KILLED, forked, refused
from tests.faults.scene.moments import Kept, Known
from tests.faults.scene.prints import Print
from tests.faults.scene.tally import Budget, Tally
from workflows.audit.reading import chains

WITHIN = 1.1  # seconds: what a worker dates by the clock says something else in another second
AUDITED = 6  # every so many: the audit costs more than the fault
LEAST = 6  # however slow the machine is
TAIL = 8  # the last calls of an act, where it is committed, come first


@dataclass(frozen=True)
class Undisturbed:
    """An act as it goes when nothing happens: its durable calls, the prints before and after, and what is steady."""

    calls: tuple[str, ...]
    before: Print
    after: Print
    steady: frozenset[str]


class Stopping:
    """One act after another, each at its moment, each stopped at another place."""

    def __init__(self, kept: Kept, injector: Injector) -> None:
        self.kept, self.injector, self.running = kept, injector, kept.running
        self.known: dict[str, Undisturbed] = {}

    def run(self, acts: Sequence[Act], faults: Sequence[Fault], budget: Budget, seed: int) -> Tally:
        """Go through all places of all acts in the seed's order until the time is up."""
        places = self.places(acts, faults)
        chance, tally = random.Random(seed), Tally()
        chance.shuffle(places)
        places.sort(key=lambda place: place[1] <= len(self.known[place[0].name].calls) - TAIL)
        for done, (act, n, fault) in enumerate(places):
            if budget.left() <= 0 and done >= LEAST:
                break
            tally.add(self.injected(act, n, fault, audited=done % AUDITED == 0))
        tally.figures["places"] = len(places)
        return tally

    def first_loss(self, act: Act, faults: Sequence[Fault], near: str) -> Tally:
        """Go through the act's places whose call is so named, the last first, until something is lost."""
        tally = Tally()
        for one, n, fault in reversed(self.places([act], faults)):
            if near in self.known[act.name].calls[n - 1]:
                tally.add(self.injected(one, n, fault, audited=False))
            if tally.lost:
                break
        return tally

    def places(self, acts: Sequence[Act], faults: Sequence[Fault]) -> list[tuple[Act, int, Fault]]:
        """Return all places of all acts, having seen each act go undisturbed."""
        self.known |= {act.name: self.undisturbed(act) for act in acts}
        return [
            (act, n, fault) for act in acts for n in range(1, len(self.known[act.name].calls) + 1) for fault in faults
        ]

    def undisturbed(self, act: Act) -> Undisturbed:
        """Let the act happen twice from the same moment, counting its durable calls."""
        ends = []
        for _ in range(2):
            known = self.kept.restore(act.moment)
            before = self.kept.print()
            calls = forked(lambda known=known: self.injector.calls(lambda: act.do(known)))
            if refused(calls):
                raise AssertionError(f"{act.name}, undisturbed: {refused(calls)}")
            ends.append(self.kept.print())
            time.sleep(WITHIN if act.ends else 0)
        return Undisturbed(tuple(calls), before, ends[1], prints.steady(*ends))

    def injected(self, act: Act, n: int, fault: Fault, *, audited: bool) -> Tally:
        """Let the fault happen once; tell what is wrong after it and after the same act was done again."""
        known = self.kept.restore(act.moment)
        told = forked(lambda: self.armed(act, known, n, fault))
        wrong = self.standing(act, acknowledged=False) if told == KILLED else [*told.get("wrong", []), refused(told)]
        if told == KILLED or told.get("ended"):
            wrong.append(refused(forked(lambda: self.again(act, known))))
        wrong += self.kept.broken_files()
        differing = self.differing(act, self.kept.print())
        wrong += [f"ends otherwise: {', '.join(differing)}"] if differing else []
        wrong += map(str, forked(lambda: list(chains.findings()))) if audited else []
        calls = self.known[act.name].calls
        where = f"{act.name}, call {n} of {len(calls)}, {fault.name} at {calls[n - 1].replace(str(self.running), '')}: "
        killed = told == KILLED
        counted = {
            "kills": killed,
            "worker kills": killed and act.ends,
            "disk faults": not fault.kills,
            "audits": audited,
        }
        tally = Tally(lost=[where + one for one in wrong if one])
        tally.figures.update({name: 1 for name, true in counted.items() if true})
        return tally

    def armed(self, act: Act, known: Known, n: int, fault: Fault) -> dict[str, Any]:
        """Be the process to which it happens; when it lives on, space is back, and it does the same again."""
        self.injector.arm(n, fault)
        said = ""
        try:
            act.do(known)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        self.injector.disarm()
        wrong = self.standing(act, acknowledged=not said)
        if act.ends and said:
            return {"wrong": wrong, "ended": True}
        try:
            self.again(act, known)
        except Exception as error:
            wrong.append(f"{type(error).__name__} at the second try: {error}; after {said}")
        return {"wrong": wrong}

    def again(self, act: Act, known: Known) -> None:
        """Let the same act happen once more, and what waits for a later try be tried now."""
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
        act.do(known)

    def standing(self, act: Act, *, acknowledged: bool) -> list[str]:
        """Return what is wrong with what stands now: half of a whole act, or less than was acknowledged."""
        wrong = self.kept.broken_files()
        if act.whole:
            now, was = self.kept.print(), self.known[act.name]
            rows = frozenset(name for name in was.steady if not name.startswith("file "))
            missing = prints.differing(was.after, now, rows)
            if missing and acknowledged:
                wrong.append(f"was acknowledged and is lost: {', '.join(missing)}")
            elif missing and (half := prints.differing(was.before, now, rows)):
                wrong.append(f"half of it stands: {', '.join(half)}")
        return wrong

    def differing(self, act: Act, now: Print) -> list[str]:
        """Return what is not as the undisturbed act left it."""
        was = self.known[act.name]
        return prints.differing(was.after, now, was.steady)
