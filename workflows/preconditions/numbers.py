"""What must hold before two people enter a series or a run of numbers: nothing of it stands in the register already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from docs_templates.numbers import entering
from proposals.models import RuleChange
from proposals.procedure.act import uuid_in
from proposals.procedure.reasons import Reason
from workflows.attempt import Attempt


def free(attempt: Attempt) -> Iterator[Reason]:
    """A run of numbers is entered once, in words and years that a number can have."""
    if not attempt.preview:
        path, act = attempt.subject.territory.path, attempt.act
        for said in entering.objections(territory=path, step=act.step, facts=act.facts):
            yield Reason("NUMBERS", said)


def still_free(attempt: Attempt) -> Iterator[Reason]:
    """What was drawn up is confirmed only while no number of it was used since."""
    change = RuleChange.objects.filter(uuid=uuid_in(attempt.act.facts.get("change"))).first()
    if change is not None and change.table in (entering.OPEN, entering.ENTER):
        path = attempt.subject.territory.path
        for said in entering.objections(territory=path, step=change.table, facts=change.content):
            yield Reason("NUMBERS", said)


NUMBER_GUARDS: Mapping[str, tuple[Callable[[Attempt], Iterable[Reason]], ...]] = {
    entering.OPEN: (free,),
    entering.ENTER: (free,),
    "confirm_change": (still_free,),
}
