"""Every mutant of a module: where the fault stands, what it is called, and the module's syntax with it planted."""

from __future__ import annotations

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import CodeType

from tests.architecture.source import ROOT
from tests.mutants.mutators import MUTATORS, UNSEEN

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Mutant:
    """One fault: `path` from the top, `function` by its qualified name, the lines it stands in, and both texts.

    `nth` tells faults apart that read the same; `node` and `choice` find the place again in the parsed module.
    """

    path: str
    function: str
    mutator: str
    before: str
    after: str
    nth: int
    line: int
    lines: tuple[int, int]
    node: int
    choice: int

    @property
    def name(self) -> str:
        """What the fault is called whatever else moves in the file."""
        again = f" #{self.nth}" if self.nth else ""
        return f"{self.path}:{self.function}: {self.before} → {self.after}{again}"

    def rank(self, seed: int) -> str:
        """Where the fault stands in the draw: by its name, so that a change elsewhere draws the same faults."""
        return hashlib.sha256(f"{seed} {self.name}".encode()).hexdigest()

    def tree(self) -> ast.Module:
        """The syntax of the module with the fault."""
        tree = ast.parse(_text(self.path))
        node = list(ast.walk(tree))[self.node]
        mutator = next(one for one in MUTATORS if one.__name__ == self.mutator)
        made = list(mutator(node))[self.choice]
        if isinstance(made, ast.Pass):  # what is forgotten stands there dead, so that the function closes over the same
            made = ast.If(ast.Constant(False), [copy.copy(node)], [])  # type: ignore[list-item]
        _replace(tree, node, ast.copy_location(made, node) if hasattr(node, "lineno") else made)
        return ast.fix_missing_locations(tree)

    def code(self) -> CodeType:
        """The module with the fault, compiled."""
        return compile(self.tree(), str(ROOT / self.path), "exec", dont_inherit=True)


@cache
def _text(path: str) -> str:
    """Read a module once: its mutants are of what was imported, whatever is written meanwhile."""
    return (ROOT / path).read_text()


def _replace(tree: ast.Module, node: ast.AST, made: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, made)
                return
            if isinstance(value, list) and any(one is node for one in value):
                setattr(parent, name, [made if one is node else one for one in value])
                return


def mutants(path: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's functions, in the order of the text."""
    tree = ast.parse(_text(path))
    number = {id(node): n for n, node in enumerate(ast.walk(tree))}
    seen: Counter[str] = Counter()
    for node, function, statement in _inside(tree, (), None):
        if _unseen(node):
            continue
        for mutator in MUTATORS:
            for choice, made in enumerate(mutator(node)):
                texts = _said(node), _said(made)
                same = f"{function} {texts}"
                first, last = _lines(statement)
                yield Mutant(
                    path, function, mutator.__name__, *texts, nth=seen[same], line=getattr(node, "lineno", first),
                    lines=(first, last), node=number[id(node)], choice=choice,
                )  # fmt: skip
                seen[same] += 1


def _inside(
    node: ast.AST, names: tuple[str, ...], statement: ast.stmt | None
) -> Iterator[tuple[ast.AST, str, ast.stmt]]:
    """Yield the nodes of function bodies with their function and statement; no decorator, default or annotation."""
    if isinstance(node, Function):
        names, children = (*names, node.name), list(node.body)
    elif isinstance(node, ast.ClassDef):
        names, children, statement = (*names, node.name), list(node.body), None
    elif isinstance(node, ast.AnnAssign):
        children = [node.value] if node.value else []
    elif isinstance(node, ast.FormattedValue):
        children = [node.value]
    else:
        children = list(ast.iter_child_nodes(node))
    within = statement is not None or isinstance(node, Function)
    for child in children:
        own = child if isinstance(child, ast.stmt) and within else statement
        if own is not None and not isinstance(child, Function | ast.ClassDef):
            yield child, ".".join(names), own
        yield from _inside(child, names, own)


def _unseen(node: ast.AST) -> bool:
    """Whether the node only orders, locks or fetches rows."""
    call = node.value if isinstance(node, ast.Expr) else node
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in UNSEEN


def _said(node: ast.AST) -> str:
    """Return a node's own text on one line; of a block its head."""
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(node).split())


def _lines(statement: ast.stmt) -> tuple[int, int]:
    """Return the first and last line of a statement, of a block those of its head."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body and body[0].lineno > statement.lineno else statement.end_lineno
    return statement.lineno, max(statement.lineno, last or 0)
