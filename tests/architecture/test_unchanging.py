"""What a module keeps for the whole process cannot be changed in place: a page that did so shut a meeting's doors."""

import ast
from collections import deque
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import pytest

from tests.architecture.source import ROOMS, Module, modules
from tests.architecture.test_rooms import named

# Lists by the contract of Python and of Django; the settings are Django's to read.
LISTS_BY_CONTRACT = {"__all__", "urlpatterns"}
NOT_ASKED = {"project/settings.py"}
CHANGEABLE = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
# Declared so, a dict is held by the type checker.
UNCHANGING = "Mapping["
# What somebody could change in place, whatever it was made by.
KINDS = (list, set, dict, bytearray, deque)
MAKERS = {"list", "set", "dict", "defaultdict", "Counter", "deque", "OrderedDict", "fromkeys", "bytearray"}


def is_changeable(value: ast.expr | None) -> bool:
    """Return whether an expression makes something that can be changed in place."""
    if isinstance(value, ast.BinOp):  # the left side gives its type to what two of them make
        return is_changeable(value.left)
    if isinstance(value, ast.Call):
        name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return name in MAKERS
    return isinstance(value, CHANGEABLE)


def assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr | None, str]]:
    """Yield (name, value, annotation) for what a statement of the module assigns, a tuple of names one by one."""
    if isinstance(node, ast.AnnAssign):
        yield ast.unparse(node.target), node.value, ast.unparse(node.annotation)
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from (
                    (ast.unparse(one), value, "") for one, value in zip(target.elts, node.value.elts, strict=False)
                )
            else:
                yield ast.unparse(target), node.value, ""


def changeable(module: Module) -> list[str]:
    """Return the collections of a module that anybody could change; a dict declared as a Mapping is held by mypy."""
    return [
        f"{module.path}: {name}"
        for node in module.tree.body
        for name, value, annotation in assigned(node)
        if name not in LISTS_BY_CONTRACT and is_changeable(value) and not annotation.startswith(UNCHANGING)
    ]


def kept(module: Module, values: Mapping[str, Any]) -> list[str]:
    """Return the names of a module whose values, once it runs, can be changed in place, however they were made."""
    return [
        f"{module.path}: {name}"
        for node in module.tree.body
        for name, _, annotation in assigned(node)
        if name not in LISTS_BY_CONTRACT and isinstance(values.get(name), KINDS)
        if not annotation.startswith(UNCHANGING)
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_keeps_what_can_be_changed_in_place(room: str) -> None:
    assert [found for module in modules(room) if module.path not in NOT_ASKED for found in changeable(module)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_that_a_running_module_keeps_can_be_changed_in_place(room: str) -> None:
    loaded = [module for module in modules(room) if module.path not in NOT_ASKED]
    assert len(loaded) > 20
    assert [found for module in loaded for found in kept(module, vars(import_module(named(module.path))))] == []


@pytest.mark.parametrize("text", ["A = made()", "A: Preconditions = made()", "A, B = made(), (1,)"])
def test_what_a_function_made_is_found_when_it_runs(text: str) -> None:
    seeded = Module("seeded", text)
    assert changeable(seeded) == []
    assert kept(seeded, {"A": {1: 2}, "B": (1,)}) == ["seeded: A"]
    assert kept(seeded, {"A": MappingProxyType({1: 2}), "B": (1,)}) == []


@pytest.mark.parametrize(
    "text",
    [
        "A = {1}",
        "A = [1]",
        "A = {1: 2}",
        "A, B = {1}, (2,)",
        "A = dict.fromkeys('ab')",
        "A: dict[str, int] = {}",
        "A: Preconditions = {}",
        "A = {n: n for n in 'ab'}",
        "A = set('ab')",
        "A = {1} | {2}",
        "A = [1] + [2]",
        "from collections import Counter\nA = Counter()",
    ],
)
def test_each_way_to_keep_something_changeable_is_found(text: str) -> None:
    assert changeable(Module("seeded", text)) == ["seeded: A"]


def test_what_cannot_be_changed_is_left_alone() -> None:
    fine = "A: Mapping[str, int] = {}\nB = frozenset({1})\nC = (1, 2)\nD, E = 'a', (2,)\nurlpatterns = []"
    assert changeable(Module("seeded", fine)) == []
