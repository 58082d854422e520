"""A step is called by its name in one place: everybody else takes it from there, so that a slip is no silent word."""

from __future__ import annotations

import ast
from collections.abc import Collection

import pytest

from tests.architecture.source import ROOMS, Module, modules
from workflows import subjects

# Words that are names of steps and of something else: who is on leave; the folder and the page of the archive.
ALSO_OTHERS = frozenset({"leave", "archive"})
# A page may be called like the step that it takes.
ADDRESSES = frozenset({"path", "Rule", "reverse", "redirect"})


def written(module: Module, names: Collection[str]) -> list[str]:
    """Return the names of steps that a module writes as words, but for its docstrings and names of pages."""
    apart = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ADDRESSES:
            apart |= {id(one) for one in (*node.args[:1], *(word.value for word in node.keywords))}
        if isinstance(node, ast.Dict):
            apart |= {
                id(key)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(value, ast.Call) and getattr(value.func, "id", "") in ADDRESSES
            }
    return [
        f"{module.path}:{node.lineno}: {node.value}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and node.value in names and id(node) not in apart
    ]


def names() -> frozenset[str]:
    return frozenset(name for steps in subjects.STEPS.values() for name in steps) - ALSO_OTHERS


@pytest.mark.parametrize("room", ROOMS)
def test_no_step_is_named_by_a_word(room: str) -> None:
    assert [found for module in modules(room) for found in written(module, names())] == []


def test_a_step_named_by_a_word_is_found() -> None:
    pages = 'path("accept/", page, name="accept")\nP = {"accept": Rule(1)}'
    text = f'"""accept"""\nif act.step == "accept":\n    pass\n{pages}'
    assert written(Module("seeded", text), {"accept"}) == ["seeded:2: accept"]


def test_every_row_has_its_name_from_an_enumeration() -> None:
    for steps in subjects.STEPS.values():
        for name, step in steps.items():
            assert type(step.row.step) is not str and step.row.step == name
