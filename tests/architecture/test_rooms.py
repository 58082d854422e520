"""The rooms: each says at its door what it holds, none is a hall, and no import runs in a circle."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.architecture.source import ROOMS, ROOT, Module, files, modules

FACE_LINES = 25
# A dozen and a few: where a room holds more, two nouns live in it.
MODULES_IN_A_ROOM = 16
# What no single room can prove, and the floors that are tested from their own door.
ACROSS = frozenset({"architecture", "benchmarks", "browser", "faults", "mutants", "stories"})
FLOORS: Mapping[str, str] = {
    "perform": "workflows.perform", "document_numbers": "docs_templates.numbers", "papers": "docs_templates",
    "papers_bound": "workflows.papers", "web": "project.web",
}  # fmt: skip


def named(path: str) -> str:
    """Return the dotted name of a module."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(module: Module, known: frozenset[str]) -> set[str]:
    """Return the modules that a module imports, in functions and for types as well."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= whole & known or {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & known


def circles(graph: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield every module that reaches itself again."""
    for start in graph:
        reached, edge = set(), set(graph[start])
        while edge:
            reached |= edge
            edge = {other for one in edge for other in graph.get(one, ())} - reached
        if start in reached:
            yield start


def imports() -> dict[str, set[str]]:
    """Return what every module of the project imports of it."""
    ours = {named(module.path): module for module in modules(*ROOMS)}
    return {name: imported(module, frozenset(ours)) - {name} for name, module in ours.items()}


def rooms() -> list[Path]:
    """Return every package of the project that is a room."""
    dull = {"management", "commands", "templatetags", "project"}
    faces = files(*ROOMS, pattern="__init__.py")
    return [face.parent for face in faces if face.parent.name not in dull]


def test_no_import_runs_in_a_circle() -> None:
    assert list(circles(imports())) == []


def test_the_circle_test_can_go_red() -> None:
    assert list(circles({"a": {"b"}, "b": {"c"}, "c": {"b"}})) == ["b", "c"]


def test_every_room_says_at_its_door_what_it_holds() -> None:
    assert len(rooms()) > 40
    for room in rooms():
        said = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
        assert said, room
        assert len(said.splitlines()) <= FACE_LINES, room


def test_no_room_is_a_hall() -> None:
    sizes = Counter(path.parent for path in files(*ROOMS, pattern="*.py") if path.name != "__init__.py")
    crowded = {str(room.relative_to(ROOT)): n for room, n in sizes.items() if n > MODULES_IN_A_ROOM}
    assert crowded == {}


def unnamed(folders: Iterable[str], rooms: frozenset[str]) -> list[str]:
    """Return the folders of tests that are named after no room."""
    known = (
        {room.rpartition(".")[2] for room in rooms} | ACROSS | {here for here, what in FLOORS.items() if what in rooms}
    )
    return sorted(set(folders) - known)


def test_tests_stand_in_a_folder_named_after_the_room_that_they_prove() -> None:
    found = {named(module.path).removesuffix(".__init__") for module in modules(*ROOMS)}
    folders = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").glob("*/**/test_*.py")}
    assert unnamed(folders, frozenset(found)) == []
    assert unnamed({*folders, "new_year"}, frozenset(found) - {"workflows.perform"}) == ["new_year", "perform"]
