"""What a change line says besides its columns is read through the table of keys alone."""

import ast
from collections.abc import Iterator

import pytest

from proposals.case.particulars.table import KEYS, USED
from tests.architecture.source import ROOMS, Module, modules

ROOM = "proposals/case/particulars/"
# Who keeps the JSON as it is: the model, the snapshot that is digested, and the audit that looks for strange keys.
KEEPERS = {"proposals/case/lines.py", "proposals/case/snapshots.py", "workflows/audit/particulars.py"}
COLUMNS = {"body", "counterpart", "unit", "requested", "rank"}
# Keys that are no word of anything else; the others name facts of bodies, columns of rows or fields of steps as well.
ONLY_OURS = {"row_name", "new_body", "new_counterpart", "to_unit", "use_way", "from_outside", "return_on"}
HOLDERS = {"params", "says", "stored"}


def name_of(node: ast.expr) -> str:
    """Return the last word of what is read: of `line.params`, `one["params"]` and `params` it is the same."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_text(node: ast.expr) -> bool:
    """Return whether an expression is a text."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def literal_keys(module: Module) -> Iterator[str]:
    """Yield where a module reads the raw JSON of a line, or names one of its keys by a text."""
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "params"
            and module.path not in KEEPERS
            or isinstance(node, ast.Subscript)
            and name_of(node.value) in HOLDERS
            and is_text(node.slice)
        ):
            yield f"{module.path}:{node.lineno} {ast.unparse(node)}"
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and name_of(node.func.value) in HOLDERS
        ):
            if node.args and is_text(node.args[0]):
                yield f"{module.path}:{node.lineno} {ast.unparse(node)}"
        elif isinstance(node, ast.Compare) and name_of(node.comparators[0]) in HOLDERS and is_text(node.left):
            yield f"{module.path}:{node.lineno} {ast.unparse(node)}"
        elif isinstance(node, ast.Constant) and node.value in ONLY_OURS:
            yield f"{module.path}:{node.lineno} {node.value}"


@pytest.mark.parametrize("room", ROOMS)
def test_no_key_of_a_line_is_named_outside_its_table(room: str) -> None:
    ours = [module for module in modules(room) if not module.path.startswith(ROOM)]
    assert [found for module in ours for found in literal_keys(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        'a = line.params.get("people")', 'a = line.params["people"]', 'a = "people" in params',
        'a = one["params"]["people"]', 'a = params.get("people")', 'a = line.says.stored["people"]',
        "a = dict(line.params)", 'a = {"to_unit": 1}',
    ],
)  # fmt: skip
def test_each_way_to_name_a_key_is_found(text: str) -> None:
    assert list(literal_keys(Module("seeded", text)))


def test_reading_through_the_table_is_left_alone() -> None:
    fine = 'a = line.says.people\nb = facts["people"]\nc = says.filled(P.name)'
    assert list(literal_keys(Module("seeded", fine))) == []


def test_every_key_is_used_by_some_sort_of_line_and_no_line_uses_what_nobody_declared() -> None:
    words = {word for used in USED.values() for word in used}
    assert words - set(KEYS) == COLUMNS
    assert set(KEYS) - words == {"row_name", "new_body", "new_counterpart"}, "what the system writes beside them"
