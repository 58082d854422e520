"""A test can fail: what it asserts does not end in something that is there anyway."""

import ast
import textwrap

from tests.architecture.source import Module, modules

THERE_ANYWAY = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.List, ast.Tuple, ast.Dict)


def always_green(module: Module) -> list[str]:
    """Return the asserts that hold whatever the program does: a full tuple, a constant, or a last bare alternative."""
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Assert):
            continue
        said = node.test
        last = said.values[-1] if isinstance(said, ast.BoolOp) and isinstance(said.op, ast.Or) else None
        if (
            isinstance(last, THERE_ANYWAY)
            or isinstance(said, ast.Constant)
            or (isinstance(said, ast.Tuple) and said.elts)
        ):
            found.append(f"{module.path}:{node.lineno}")
    return found


def test_no_assert_holds_whatever_happens() -> None:
    assert [found for module in modules("tests") for found in always_green(module)] == []


def test_these_tests_can_go_red() -> None:
    bad = Module(
        "seeded",
        textwrap.dedent(
            """
            assert "a" in text or paper["changes"]
            assert True
            assert (a == b, "told")
            assert "a" in text or paper["changes"] == []
            assert not warned or found[0].message == "b"
            """
        ),
    )
    assert always_green(bad) == ["seeded:2", "seeded:3", "seeded:4"]
