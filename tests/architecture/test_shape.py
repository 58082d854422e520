"""What the source looks like: small files, one purpose each, no drawers, and the office's own words on screen."""

import ast
import re

import pytest

from tests.architecture.source import ROOMS, ROOT, Module, files, modules

ONE_SCREEN = {
    "proposals/case/lifecycle.py": 130,
    "proposals/case/kinds.py": 100,
    "docs_templates/catalogue.py": 80,
    "docs_templates/package/kinds.py": 80,
    "workflows/perform.py": 80,
    "workflows/desks/flow.py": 80,
    "project/settings.py": 200,
}
MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 250, 40, 120
TEST_MODULE_LINES, TEST_FUNCTION_LINES = 400, 60
LINE_CHARACTERS = 120
DRAWERS = {"utils", "util", "helpers", "common", "misc", "services", "managers", "tools", "core", "lib", "base_utils"}
NEVER_ON_SCREEN = ["提交", "驳回", "投票", "提案", "工单", "流程实例", "节点", "过账", "分录", "冲销", "余额", "删除"]
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
BARE_EXEMPTION = re.compile(r"#\s*(type: ignore(?!\[)|noqa(?!: ?[A-Z]))")


def long_functions(module: Module, limit: int) -> list[str]:
    """Return every function longer than the limit, counted from its name to its last line."""
    return [
        f"{module.path}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in module.functions()
        if node.end_lineno is not None and node.end_lineno - node.lineno + 1 > limit
    ]


def overridden_saves(module: Module) -> list[str]:
    """Return every method that changes what saving or deleting a row means."""
    return [
        f"{module.path}:{node.lineno}"
        for node in module.functions()
        if node.name in {"save", "delete", "asave", "adelete"} and node.args.args and node.args.args[0].arg == "self"
    ]


def words_never_on_screen(text: str) -> list[str]:
    """Return the words of a text that our users read as another system's."""
    return [word for word in NEVER_ON_SCREEN if word in text]


def shown_texts(module: Module) -> list[str]:
    """Return the texts of a module that may reach a screen: its strings, docstrings included."""
    return [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and type(node.value) is str]


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_is_longer_than_its_limit(room: str) -> None:
    limits = [(module, ONE_SCREEN.get(module.path, MODULE_LINES)) for module in modules(room)]
    assert [f"{module.path}: {module.lines} > {limit}" for module, limit in limits if module.lines > limit] == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_function_is_longer_than_forty_lines(room: str) -> None:
    assert [found for module in modules(room) for found in long_functions(module, FUNCTION_LINES)] == []


def test_tests_are_short_too() -> None:
    assert [module.path for module in modules("tests") if module.lines > TEST_MODULE_LINES] == []
    assert [found for module in modules("tests") for found in long_functions(module, TEST_FUNCTION_LINES)] == []


def test_no_template_is_longer_than_its_limit() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in files(*ROOMS, pattern="*.html")}
    assert [f"{path}: {lines}" for path, lines in lengths.items() if lines > TEMPLATE_LINES] == []


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_every_module_says_in_one_sentence_what_it_is_for(room: str) -> None:
    silent = [module.path for module in modules(room) if not ast.get_docstring(module.tree)]
    rambling = [
        module.path
        for module in modules(room)
        if not (ast.get_docstring(module.tree) or ".").split("\n\n")[0].rstrip().endswith((".", "`", ":"))
    ]
    assert (silent, rambling) == ([], [])


def undescribed(module: Module) -> list[str]:
    """Return the public functions and classes of a module, with those of its classes, that do not say what they are."""
    found = []
    for node in module.tree.body:
        for one in (node, *(node.body if isinstance(node, ast.ClassDef) else ())):
            named = isinstance(one, ast.ClassDef | ast.FunctionDef) and one.name != "Meta"
            if named and not one.name.startswith("_") and not ast.get_docstring(one):
                found.append(f"{module.path}:{one.lineno}")
    return found


def test_everything_public_says_what_it_is() -> None:
    assert [place for module in modules(*ROOMS) for place in undescribed(module)] == []


def test_no_line_is_longer_than_120_characters() -> None:
    long = [
        f"{module.path}:{number}"
        for module in modules(*ROOMS, "tests")
        for number, line in enumerate(module.text.splitlines(), 1)
        if len(line) > LINE_CHARACTERS
    ]
    assert long == []


def test_there_are_no_drawers() -> None:
    names = [path for path in files(*ROOMS, "tests", pattern="*") if path.stem in DRAWERS]
    assert names == []


def test_saving_a_row_means_what_django_means() -> None:
    assert [found for module in modules(*ROOMS) for found in overridden_saves(module)] == []


def test_templates_speak_the_offices_words() -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path in files(*ROOMS, pattern="*.html")
        if (words := words_never_on_screen(path.read_text()))
    }
    assert found == {}


def test_code_speaks_the_offices_words() -> None:
    found = {
        module.path: words
        for module in modules(*ROOMS)
        if (words := words_never_on_screen("\n".join(shown_texts(module))))
    }
    assert found == {}


def test_nothing_is_left_for_later_and_nothing_is_exempted_wholesale() -> None:
    ours = [module for module in modules(*ROOMS, "tests") if module.path != "tests/architecture/test_shape.py"]
    assert [module.path for module in ours if UNFINISHED.search(module.text)] == []
    assert [module.path for module in ours if BARE_EXEMPTION.search(module.text)] == []


def test_these_tests_can_go_red() -> None:
    bad = Module("seeded", "class A:\n    def save(self):\n" + "        x = 1\n" * 40 + "        return '驳回'\n")
    assert len(long_functions(bad, FUNCTION_LINES)) == 1
    assert undescribed(bad) == ["seeded:1", "seeded:2"]
    assert overridden_saves(bad) == ["seeded:2"]
    assert words_never_on_screen("".join(shown_texts(bad))) == ["驳回"]
