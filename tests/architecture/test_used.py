"""Nothing of the four packages is kept for tests alone: every function, class and constant of a module has a user."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from tests.architecture.source import ROOMS, Module, modules
from workflows import subjects

# Found by Django, gunicorn or the settings by their name or place, not by an import.
NAMED_ELSEWHERE = frozenset({"urlpatterns", "application", "app_name", "__all__"})
# What a process without the rest of the code runs from a file (runpy) is known by these names.
RUN_ALONE = ("TEXTS", "MARKS", "PARTS")
BY_PLACE = ("/management/", "/apps.py", "/urls.py", "/settings.py", "/templatetags/")


def dotted(module: Module) -> str:
    """Return the name by which a module is imported."""
    return module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def used(sources: Iterable[Module]) -> Iterator[tuple[str, str]]:
    """Yield (module, name) for whatever a module imports, reads of an imported module, or reads of its own."""
    for module in sources:
        known: dict[str, str] = {}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from ((node.module, one.name) for one in node.names)
                known |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
            elif isinstance(node, ast.Import):
                known |= {one.asname or one.name: one.name for one in node.names}
        yield from (found for node in ast.walk(module.tree) for found in read_by(node, dotted(module), known))


def read_by(node: ast.AST, own: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (module, name) for what one node of a module reads; `known` holds what its names were imported from."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield own, node.id
    elif isinstance(node, ast.Attribute) and (place := known.get(ast.unparse(node.value))):
        yield place, node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
        place, _, name = node.value.rpartition(".")  # as settings and lists of apps name things
        yield place, name
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in RUN_ALONE:
        yield "", ast.unparse(node.slice).strip("'")


def defined(module: Module) -> Iterator[str]:
    """Yield the names that a module defines at its top; what is decorated is used by its decorator."""
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef) or (isinstance(node, ast.FunctionDef) and not node.decorator_list):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def steps() -> set[tuple[str, str]]:
    """Return the names of all steps: a table binds the function of its row's name."""
    return {("", name) for book in subjects.STEPS.values() for name in book}


def unused(sources: Iterable[Module]) -> list[str]:
    """Return the definitions that no module uses."""
    sources = list(sources)
    seen = set(used(sources)) | steps()
    return [
        f"{module.path}: {name}"
        for module in sources
        if not any(place in f"/{module.path}" for place in BY_PLACE)
        for name in defined(module)
        if not {(dotted(module), name), ("", name)} & seen and name not in NAMED_ELSEWHERE
    ]


def test_every_definition_has_a_user_beside_the_tests() -> None:
    assert unused(modules(*ROOMS)) == []


def test_what_only_tests_use_is_found() -> None:
    first = Module("a.py", "def lonely(): pass\ndef helped(): pass\nKEPT = 1\nLOOSE: int = 2\n")
    second = Module("b.py", "from a import helped\nimport a\na.KEPT\n")
    assert unused([first, second]) == ["a.py: lonely", "a.py: LOOSE"]
