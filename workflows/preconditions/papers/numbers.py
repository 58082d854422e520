"""What must hold before two people enter a series or a run of numbers: nothing of it stands in the register already."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from docs_templates.numbers import entering
from proposals.law.changes import RulebookStep
from proposals.models import Rulebook, RuleChange
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions


def free(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A run of numbers is entered once, in words and years that a number can have."""
    for said in entering.objections(territory=rulebook.territory.path, step=act.step, facts=dict(act.facts)):
        yield Reason("NUMBERS", said)


def still_free(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """What was drawn up is confirmed only while no number of it was used since."""
    change = RuleChange.objects.filter(uuid=uuid_in(act.facts.get("change"))).first()
    if change is not None and change.table in (entering.OPEN, entering.ENTER):
        path = rulebook.territory.path
        for said in entering.objections(territory=path, step=change.table, facts=change.content):
            yield Reason("NUMBERS", said)


NUMBER_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        entering.OPEN: (free,),
        entering.ENTER: (free,),
        RulebookStep.CONFIRM_CHANGE: (still_free,),
    }
)
