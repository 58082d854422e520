"""The faults that are planted: each mutator takes a node of a function's body and yields what could stand there."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping

Instead = Iterator[ast.AST]

COMPARISONS: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
OPPOSITES: Mapping[str, str] = {"min": "max", "max": "min", "any": "all", "all": "any"}
# An order shows on the page only, a lock only when two write at once: other tests hold these.
UNSEEN = frozenset({"order_by", "select_for_update", "select_related", "prefetch_related"})


def _copied(node: ast.AST, **changed: object) -> ast.AST:
    made = copy.copy(node)
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def boundary(node: ast.AST) -> Instead:
    """A comparison is moved to the other side of its boundary, or turned round; `in` becomes `not in`."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            for other in COMPARISONS[type(operator)]:
                yield _copied(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def sign(node: ast.AST) -> Instead:
    """Plus becomes minus, and minus plus."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        yield _copied(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())


def junction(node: ast.AST) -> Instead:
    """`and` becomes `or`, and `or` becomes `and`."""
    if isinstance(node, ast.BoolOp):
        yield _copied(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def denial(node: ast.AST) -> Instead:
    """A `not` is forgotten."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def constant(node: ast.AST) -> Instead:
    """A number is one too many or one too few; true becomes false."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, int):
            yield ast.Constant(node.value + 1)
            if node.value:
                yield ast.Constant(node.value - 1)


def guard(node: ast.AST) -> Instead:
    """A condition never holds; an expression takes its other side; a comprehension takes everything."""
    if isinstance(node, ast.If):
        yield _copied(node, test=ast.BoolOp(ast.And(), [ast.Constant(False), node.test]))
    elif isinstance(node, ast.IfExp):
        yield node.orelse
        yield node.body
    elif isinstance(node, ast.comprehension):
        for at in range(len(node.ifs)):
            yield _copied(node, ifs=[*node.ifs[:at], *node.ifs[at + 1 :]])


def dropped(node: ast.AST) -> Instead:
    """A statement is forgotten: a call, a refusal, a `yield`, a sum that is carried on, a way out of the loop."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield ast.If(ast.Constant(False), [node], [])  # still a generator
        return
    called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if called or isinstance(node, ast.Raise | ast.AugAssign | ast.Continue | ast.Break):
        yield ast.Pass()


def early(node: ast.AST) -> Instead:
    """A function returns nothing."""
    if isinstance(node, ast.Return) and not (node.value is None or isinstance(node.value, ast.Constant)):
        yield ast.Return(ast.Constant(None))


def swapped(node: ast.AST) -> Instead:
    """The first two arguments change places, or min and max, or any and all."""
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id in OPPOSITES:
        yield _copied(node, func=ast.Name(OPPOSITES[node.func.id], ast.Load()))
    elif len(node.args) > 1 and not any(isinstance(one, ast.Starred) for one in node.args[:2]):
        known = isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "getattr", "hasattr", "setattr")
        if not known and ast.unparse(node.args[0]) != ast.unparse(node.args[1]):
            yield _copied(node, args=[node.args[1], node.args[0], *node.args[2:]])


MUTATORS: tuple[Callable[[ast.AST], Instead], ...] = (
    boundary, sign, junction, denial, constant, guard, dropped, early, swapped,
)  # fmt: skip
