"""The recipe "a step" of CONTRIBUTING, walked: a row, a function beside its facts, and all else follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest
from django.db import models
from django_fsm import TransitionNotAllowed

from proposals.procedure import facts as grammar
from proposals.procedure.act import Act, Actor
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Step, collect
from proposals.procedure.table import Row, StateField, state_of
from proposals.procedure.traits import Trait, having
from tests.builders import NOON

ACTOR = Actor(id=1, uuid=UUID(int=1), name="甲", post="经办人")
ROOT = Path(__file__).resolve().parents[2]


class Parcel(models.Model):
    """A subject that only this test knows; it is never kept."""

    state = StateField(default="DRAFT")
    weight = models.IntegerField(default=0)
    weighed_on = models.DateField(null=True)

    class Meta:
        app_label = "recipe"

    def __str__(self) -> str:
        return f"{self.weight}"


@grammar.facts
class Weigh:
    """What the step asks."""

    weight: int = grammar.count("重量")
    weighed_on: date | None = grammar.day("称重日期", required=False)


def is_whole(parcel: Parcel, act: Act) -> Iterator[Reason]:
    """Yield a reason where the parcel was weighed before."""
    if parcel.weight:
        yield Reason("WEIGHED", "已经称重。")


@having(Trait.QUIET)
def weigh(parcel: Parcel, act: Act, told: Weigh) -> None:
    """Enter the weight."""
    parcel.weight, parcel.weighed_on = told.weight, told.weighed_on


@cache  # django-fsm binds a function once
def step() -> Step:
    """Return the step that the recipe makes."""
    home = ModuleType("home")
    vars(home)["weigh"] = weigh
    table = (Row("weigh", "称重", ("DRAFT",), "SENT", ("OFFICE_CLERK",)),)
    return collect(table, home, field=state_of(Parcel), before={"weigh": (is_whole,)})["weigh"]


def act(**said: object) -> Act:
    return Act(step="weigh", actor=ACTOR, at=NOON, happened_on=NOON.date(), facts=said)


def test_form_record_and_body_come_from_one_class_of_facts() -> None:
    assert [(ask.name, ask.label, ask.required) for ask in step().asks] == [
        ("weight", "重量", True),
        ("weighed_on", "称重日期", False),
    ]
    parcel = Parcel()
    step().take(parcel, act(weight=3, weighed_on="2026-03-02"))
    assert (parcel.state, parcel.weight, parcel.weighed_on) == ("SENT", 3, date(2026, 3, 2))


def test_the_row_alone_says_where_the_step_is_open() -> None:
    assert step().is_open("DRAFT") and not step().is_open("SENT")
    with pytest.raises(TransitionNotAllowed):
        step().take(Parcel(state="SENT"), act(weight=3))


def test_precondition_and_traits_stand_at_the_step() -> None:
    assert [reason.code for one in step().preconditions for reason in one(Parcel(weight=1), act())] == ["WEIGHED"]
    assert step().traits == {Trait.QUIET}


def test_the_recipe_names_places_that_exist() -> None:
    text = (ROOT / "docs/CONTRIBUTING.md").read_text(encoding="utf-8")
    recipe = text.split("## A step\n")[1].split("\n## ")[0]
    named = re.findall(r"`([a-z_]+/[\w/.]*)`", recipe)
    assert len(named) >= 3 and [one for one in named if not (ROOT / one).exists()] == []
