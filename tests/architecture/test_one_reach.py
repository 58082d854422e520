"""What names a case to a person is found through the reach of that person, and a finding names no other case."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest

from tests.architecture.source import Module, modules

# Whose rows bear the title, the number or a file of a case.
NAMING = frozenset({
    "AgendaItem", "CaseTerm", "Entry", "FrozenPaper", "Manuscript", "Meeting", "Package", "PaperRecord", "Proposal",
    "Upload", "WorkItem",
})  # fmt: skip
REACH = "project/web/access/"
# Who begins at such rows outside the reach, and why nobody learns more by it than he may.
ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "project/web/case/choices.py": "the files of cases that were reached",
        "project/web/case/paper_record.py": "what a record that was reached says of its own acts, to the office alone",
        "project/web/forms/sitting.py": "the pool of a meeting that was reached, to who calls it",
        "project/web/meeting_room.py": "the reach of meetings itself",
        "project/web/pages/drafting/drafts.py": "a case that was reached, read again for its form",
        "project/web/pages/on_paper/records.py": "the reach of records itself",
        "project/web/pages/register/ledger.py": "whether an identity is a case; its title is asked of the reach",
    }
)
NAMES = frozenset({"title", "number", "paper_number", "proposer", "summary"})


def begun(module: Module) -> Iterator[str]:
    """Name the places where a module begins at the rows of such a model, by its manager or by a shortcut."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            if isinstance(node.value, ast.Name) and node.value.id in NAMING:
                yield f"{module.path}:{node.lineno}: {node.value.id}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("get_"):
            yield from (
                f"{module.path}:{node.lineno}: {one.id}"
                for one in node.args
                if isinstance(one, ast.Name) and one.id in NAMING
            )


def named(module: Module) -> Iterator[str]:
    """Name the places where a function reads a name of the case of somebody's line."""
    for function in module.functions():
        others = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute) and node.value.attr == "proposal"
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and node.attr in NAMES:
                of = node.value
                if (
                    isinstance(of, ast.Attribute)
                    and of.attr == "proposal"
                    or isinstance(of, ast.Name)
                    and of.id in others
                ):
                    yield f"{module.path}:{node.lineno}: {node.attr}"


def test_pages_begin_at_the_reach_of_the_person() -> None:
    pages = [module for module in modules("project") if module.path.startswith("project/web/")]
    found = {module.path for module in pages if "/management/" not in module.path and list(begun(module))}
    beside = {path for path in found if not path.startswith(REACH)}
    assert beside == set(ELSEWHERE), "a page of cases goes through project.web.access, or stands here with its reason"


def test_a_finding_names_no_other_case() -> None:
    assert [place for module in modules("proposals/rules", "proposals/plan") for place in named(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "rows = Proposal.objects.filter(pk=1)",
        "found = get_object_or_404(Package, uuid=package)",
        "x = Entry._default_manager.all()",
    ],
)
def test_a_page_beside_the_reach_is_found(text: str) -> None:
    assert list(begun(Module("project/web/pages/x.py", text)))


@pytest.mark.parametrize(
    "text",
    [
        "def check(line):\n    return line.proposal.title",
        "def check(line):\n    o = line.proposal\n    return o.number",
    ],
)
def test_a_rule_that_names_another_case_is_found(text: str) -> None:
    assert list(named(Module("proposals/rules/x.py", text)))
    assert not list(named(Module("proposals/rules/x.py", text.replace("title", "uuid").replace("number", "pk"))))
