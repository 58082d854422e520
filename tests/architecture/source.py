"""The only place that finds the project's own source files and reads their syntax."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("proposals", "docs_templates", "workflows", "project")
NOT_OURS = {"node_modules", "migrations", "__pycache__", "vendor"}


@dataclass(frozen=True)
class Module:
    """A Python module by its path from the top, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[str]:
        """Every imported module by its dotted name, wherever it is imported."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module


def files(*rooms: str, pattern: str) -> Iterator[Path]:
    """Every file of the rooms that is ours."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob(pattern)):
            if not NOT_OURS & set(path.relative_to(ROOT).parts):
                yield path


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """Every module of the rooms but migrations and empty package markers."""
    found = (Module(str(path.relative_to(ROOT)), path.read_text()) for path in files(*rooms, pattern="*.py"))
    return tuple(module for module in found if module.text.strip())
