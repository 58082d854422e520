"""A single value that a browser sends is read by a reader with a type and bounds, and by nobody else."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOMS, Module, modules

READERS = "project/web/intake/"
SENT = frozenset({"GET", "POST"})
GUESSES = frozenset({"isdigit", "isdecimal", "isnumeric"})
# Typography, not input: figures are not torn apart at the end of a line; and the reader of numerals of every script.
OTHERWISE = frozenset({"docs_templates/printing/wording.py", "proposals/text/numerals.py"})


def sent(node: ast.AST | None, names: frozenset[str]) -> bool:
    """Whether an expression is the fields of a request, a copy of them, or a name for either."""
    match node:
        case ast.Attribute(attr=attr):
            return attr in SENT
        case ast.Name(id=name):
            return name in names
        case ast.Call(func=ast.Attribute(value=value, attr="copy")):
            return sent(value, names)
        case ast.IfExp(body=one, orelse=other):
            return sent(one, names) or sent(other, names)
        case ast.BoolOp(values=values):
            return any(sent(one, names) for one in values)
    return False


def reads(function: ast.AST) -> Iterator[int]:
    """Yield the lines of a function where a single value is taken out of what was sent."""
    names = frozenset(
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and sent(node.value, frozenset())
        for target in node.targets
        if isinstance(target, ast.Name)
    )
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="get" | "getlist" | "dict" | "items" | "lists")):
                taken = sent(value, names)
            case ast.Subscript(value=value, ctx=ast.Load()):
                taken = sent(value, names)
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[value]):
                taken = sent(value, names)
            case _:
                continue
        if taken:
            yield node.lineno


def read_beside(module: Module) -> set[int]:
    """Return the lines of a module where a value is read by nobody's rule."""
    found = {line for function in module.functions() for line in reads(function)}
    if module.path in OTHERWISE:
        return found
    guesses = (node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute) and node.attr in GUESSES)
    return found | {node.lineno for node in guesses}


def test_nobody_reads_a_value_beside_the_readers() -> None:
    beside = {one.path: read_beside(one) for one in modules(*ROOMS) if not one.path.startswith(READERS)}
    assert {path: lines for path, lines in beside.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    (
        "int(request.GET['year'])", "request.POST.get('key', '')", "'change' in request.GET", "text.isdigit()",
        "(request.POST or request.GET).get('row')", "word.isdecimal()", "request.POST.copy()['do']",
    ),
)  # fmt: skip
def test_the_test_sees_each_way_around_them(line: str) -> None:
    assert read_beside(Module("project/web/pages/x.py", f"def page(request, text, word):\n    return {line}\n")) == {2}


def test_the_test_sees_a_value_taken_from_a_copy() -> None:
    text = "def page(request):\n    data = request.POST.copy() if request else None\n    return data['do']\n"
    assert read_beside(Module("project/web/pages/x.py", text)) == {3}
