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


def uncounted(module: Module) -> list[str]:
    """Return the property tests that may end before what they assert, and do not count how often they come to it."""
    return [
        f"{module.path}:{test.lineno}"
        for test in module.functions()
        for marks in [" ".join(ast.unparse(one) for one in test.decorator_list)]
        if "given(" in marks and "often_enough" not in marks and any(ends_early(one) for one in test.body)
    ]


def ends_early(statement: ast.stmt) -> bool:
    """Say whether a statement of a test's body may leave the test before its end."""
    leaves = any(isinstance(node, ast.Return) for node in ast.walk(statement))
    assumes = "assume(" in ast.unparse(statement)
    return leaves or assumes


def test_a_property_that_may_not_be_reached_counts_how_often_it_is() -> None:
    assert [found for module in modules("tests") for found in uncounted(module)] == []


def test_an_uncounted_property_is_found() -> None:
    early = "@given(x)\ndef test(x):\n    if x:\n        return\n    assert f(x)"
    assert uncounted(Module("seeded", early)) == ["seeded:2"]
    assert uncounted(Module("seeded", f"@R.often_enough\n{early}")) == []
    assert uncounted(Module("seeded", "@given(x)\ndef test(x):\n    assume(x)\n    assert f(x)")) == ["seeded:2"]
    assert uncounted(Module("seeded", "@given(x)\ndef test(x):\n    assert f(x)")) == []


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
