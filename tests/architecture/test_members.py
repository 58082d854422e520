"""A value that an enumeration of the models names is written by its name, wherever it is compared or handed on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.architecture.source import ROOMS, Module, modules


def named() -> dict[str, set[str]]:
    """Return the values of every enumeration of words, by the field of the models that holds them."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        if model.__module__.startswith(ROOMS):
            for field in model._meta.get_fields():
                if choices := getattr(field, "choices", None):
                    found.setdefault(field.name, set()).update(str(value) for value, _ in choices if value)
    return found


def bare(module: Module, fields: dict[str, set[str]]) -> list[str]:
    """Return the values of fields that a module writes as words; constraints of the models stand before their names."""
    return [
        f"{module.path}:{word.lineno}: {word.value}"
        for name, given in handed(module.tree)
        for word in (given.elts if isinstance(given, ast.Tuple | ast.List | ast.Set) else [given])
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value in fields.get(name, ())
    ]


def handed(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield (field, expression) for what is compared with an attribute or handed on under its name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            continue
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for side in sides:
                if isinstance(side, ast.Attribute):
                    yield from ((side.attr, other) for other in sides if other is not side)
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                parts = (keyword.arg or "").removesuffix("__in").split("__")
                yield parts[-1], keyword.value
        yield from handed(node)


@pytest.mark.parametrize("room", ROOMS)
def test_no_value_of_an_enumeration_is_written_as_a_word(room: str) -> None:
    fields = named()
    assert [found for module in modules(room) for found in bare(module, fields)] == []


@pytest.mark.parametrize(
    "text",
    [
        "x = item.status == 'OPEN'",
        "x = item.status in ('WAITING', 'OPEN')",
        "x = rows.filter(status='OPEN')",
        "x = rows.filter(item__status__in=('OPEN',))",
        "x = 'OPEN' != item.status",
    ],
)
def test_each_way_to_write_a_value_as_a_word_is_found(text: str) -> None:
    assert bare(Module("seeded", text), {"status": {"OPEN"}}) == ["seeded:1: OPEN"]


def test_other_words_are_left_alone() -> None:
    fine = (
        "a = item.status == Status.OPEN\nb = change.how == 'OPEN'\nc = f(status='OTHER')\nd = request.method == 'POST'"
    )
    assert bare(Module("seeded", fine), {"status": {"OPEN"}}) == []
