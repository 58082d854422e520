"""What is special about a step stands at its body: every trait has a step, and a step moves the ledger one way."""

from itertools import chain

import pytest

from proposals.procedure import traits
from proposals.procedure.steps import Step, having
from proposals.procedure.table import Row
from proposals.procedure.traits import Trait
from workflows import subjects

LEDGER = frozenset({Trait.HOLD, Trait.ADJUST, Trait.POST, Trait.PERMIT, Trait.RELEASE})
EVERY = tuple(chain.from_iterable(steps.values() for steps in subjects.STEPS.values()))


@pytest.mark.parametrize("trait", Trait)
def test_every_trait_is_some_steps(trait: Trait) -> None:
    assert any(trait in step.traits for step in EVERY)


def test_a_step_moves_the_ledger_in_one_way_only() -> None:
    assert [step.row.step for step in EVERY if len(step.traits & LEDGER) > 1] == []


def test_only_a_case_moves_the_ledger_by_a_trait() -> None:
    kinds = {kind for kind, steps in subjects.STEPS.items() for step in steps.values() if step.traits & LEDGER}
    assert kinds == {"case"}


def test_steps_are_found_by_any_of_the_traits_in_the_order_of_the_table() -> None:
    def body(subject: object, act: object) -> None: ...

    @traits.having(Trait.HOLD, Trait.GRAVE)
    def marked(subject: object, act: object) -> None: ...

    row = Row("a", "", (), None, ())
    steps = {name: Step(row, one, traits=traits.of(one)) for name, one in (("b", marked), ("a", marked), ("c", body))}
    assert having(steps, Trait.GRAVE, Trait.POST) == ("b", "a")
    assert having(steps, Trait.POST) == ()
