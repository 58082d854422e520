"""Who may know whom: the layers, the one door to each package, and what facts and law must not touch."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT, Module, modules

SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals", "django_fsm.signals")
OUTSIDE_OF_FACTS = ("django.http", "django.shortcuts", "django.urls", "django.views", "django.template")
CLOCKS = re.compile(r"\b(timezone\.now|datetime\.(now|today|utcnow)|date\.today|time\.(time|monotonic))$")
# Given a moment they convert it; given nothing they ask what time it is.
CLOCKS_WHEN_BARE = re.compile(r"\btimezone\.(localdate|localtime)$")


def reads_a_clock(module: Module) -> list[str]:
    """Return every call that asks what time it is."""
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    return [
        f"{module.path}:{call.lineno}"
        for call in calls
        if CLOCKS.search(ast.unparse(call.func))
        or (CLOCKS_WHEN_BARE.search(ast.unparse(call.func)) and not (call.args or call.keywords))
    ]


def importers(names: tuple[str, ...], *rooms: str) -> list[str]:
    """Return every module of the rooms that imports one of the names or something below it."""
    return [
        f"{module.path} imports {name}"
        for module in modules(*rooms)
        for name in module.imports()
        if any(name == forbidden or name.startswith(f"{forbidden}.") for forbidden in names)
    ]


def test_the_import_contracts_of_the_architecture_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert "0 broken" in run.stdout


def test_nothing_listens_to_signals() -> None:
    assert importers(SIGNALS, *ROOMS) == []


def test_facts_and_law_know_nothing_of_http_or_templates() -> None:
    assert importers(OUTSIDE_OF_FACTS, "proposals") == []


@pytest.mark.parametrize("room", ["proposals", "docs_templates"])
def test_facts_and_paper_ask_no_clock(room: str) -> None:
    assert [place for module in modules(room) for place in reads_a_clock(module)] == []


def test_the_clock_test_can_go_red() -> None:
    assert reads_a_clock(Module("seeded", "from django.utils import timezone\nat = timezone.now()")) == ["seeded:2"]


def test_no_migration_needs_django_fsm() -> None:
    migrations = [path for room in ROOMS for path in (ROOT / room).rglob("migrations/*.py")]
    assert migrations
    assert [str(path) for path in migrations if "django_fsm" in path.read_text()] == []


def test_the_verifier_that_travels_needs_only_the_standard_library() -> None:
    foreign = [
        f"{module.path} imports {name}"
        for module in modules("docs_templates/verify")
        for name in module.imports()
        if name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert foreign == []
