"""What is written can be read: full-width marks in Chinese, and no reference to what the repository does not hold."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT, Module, files, modules

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
HOLE = "\ufffc"  # where a value is put into a text
BEFORE = rf"[{HAN}《》「」“”（）、，。：；{HOLE}]"
HALF_WIDTH = re.compile(rf"{BEFORE} ?[,:;()?!]|[,;()?!] ?[{HAN}《「“{HOLE}]")
PATTERN = re.compile(r"\(\?|\[\^|\\[dswn]|\|")  # what is read by a regular expression may name both widths
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")

NOTES = re.compile(
    r"\b(?:practice|domain|seed|rooms|papers|product|stack|reliability),? (?:P?\d|sections? \d|notes\b|scenario)"
    r"|\(P\d+\b|\bscenarios? of practice|\(issue\b|\bissue \d|(?:^|[ (\"'`])(?:\.\./)*shared/"
)
CITED = re.compile(r"(?<![\w./{-])((?:[\w.-]+/)*[\w-]+\.md)\b")
PROSE = ("*.py", "*.md", "*.html", "*.css", "*.js", "*.json", "*.toml", "*.yaml", "*.sql", "*.txt")


def strings(module: Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of every string; values put into it are holes."""
    inside: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else HOLE for part in node.values]
            inside |= {id(part) for part in ast.walk(node) if part is not node}
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, re.sub(r"\{[\w.\[\]]*\}", HOLE, node.value)


def is_ours(text: str) -> bool:
    """Return whether a text is Chinese for the screen: no prose in English, no regular expression."""
    return bool(re.search(f"[{HAN}]", text)) and not ENGLISH.search(text) and not PATTERN.search(text)


def half_width(texts: Iterable[tuple[int, str]]) -> list[str]:
    """Return the texts with a half-width mark beside Chinese characters."""
    return [f"{line}: {text}" for line, text in texts if is_ours(text) and HALF_WIDTH.search(text)]


def template_texts(html: str) -> Iterator[tuple[int, str]]:
    """Yield what a template shows, line by line: text between tags, attributes, and marks beside a value or a tag."""
    without = re.sub(r"{#.*?#}|<!--.*?-->|{% comment %}.*?{% endcomment %}", _lines_only, html, flags=re.S)
    for number, line in enumerate(without.splitlines(), 1):
        given = [one for one in re.findall(r"\"([^\"]*)\"", line) if "{" not in one]
        shown = re.sub(r"</?[a-z]+\b[^<>]*>", "\n", re.sub(r"{%.*?%}", "", re.sub(r"{{.*?}}", HOLE, line)))
        yield from ((number, part) for part in [*given, *shown.split("\n")])
        yield from ((number, f"字{mark}字") for mark in re.findall(r"</[a-z]+>([,:;()?!])(?:<[a-z]|$)", line))


def _lines_only(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def data_texts(file: Path) -> Iterator[tuple[int, str]]:
    """Yield every text of a data file but its notes, which are written for developers."""

    def inner(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (text for key, one in value.items() if key != "note" for text in inner(one))
        elif isinstance(value, list):
            yield from (text for one in value for text in inner(one))

    yield from ((0, text) for text in inner(json.loads(file.read_text())))


def prose() -> Iterator[Path]:
    """Every text file of the repository that people write."""
    for pattern in PROSE:
        yield from (file for file in files(*ROOMS, "tests", "docs", pattern=pattern) if "golden" not in file.parts)
        yield from ROOT.glob(pattern)
    yield from (path for path in (ROOT / "project/web/package.json", ROOT / "Makefile") if path.exists())


def loose_references(text: str, folder: Path = ROOT) -> list[str]:
    """Return the references of a text to notes that are not here, and to pages that do not exist."""
    named = [found.group(1) for found in CITED.finditer(text)]
    places = (ROOT, folder, ROOT / "docs")
    missing = [name for name in named if not any((place / name).exists() for place in places)]
    return [found.group().strip() for found in NOTES.finditer(text)] + missing


@pytest.mark.parametrize("room", ROOMS)
def test_chinese_strings_wear_full_width_marks(room: str) -> None:
    assert [f"{module.path}:{found}" for module in modules(room) for found in half_width(strings(module))] == []


def test_chinese_templates_wear_full_width_marks() -> None:
    found = {
        str(path.relative_to(ROOT)): wrong
        for path in files(*ROOMS, pattern="*.html")
        if (wrong := half_width(template_texts(path.read_text())))
    }
    assert found == {}


def test_chinese_data_wear_full_width_marks() -> None:
    found = {path.name: wrong for path in files(*ROOMS, pattern="*.json") if (wrong := half_width(data_texts(path)))}
    assert found == {}


def test_nothing_is_cited_that_the_repository_does_not_hold() -> None:
    ours = Path(__file__).resolve()
    texts = {path: path.read_text() for path in prose() if path != ours and path.name != "CHANGELOG.md"}
    loose = {str(path.relative_to(ROOT)): loose_references(text, path.parent) for path, text in texts.items()}
    assert {path: found for path, found in loose.items() if found} == {}


@pytest.mark.parametrize(
    "text",
    [
        "'已经表决,请刷新'",
        "f'{name}: 没有填写'",
        "f'第{n}条({step})有误'",
        "'没有“{unit}”,请选择'",
        "'依据文件(文号)'",
        "'是否继续?'",
    ],
)
def test_each_half_width_mark_is_found(text: str) -> None:
    assert len(half_width(strings(Module("seeded", f"A = {text}")))) == 1


@pytest.mark.parametrize(
    "text",
    ["<p>已报,待复</p>", '<a title="字号:大">', "<p>{{ paper }}(自", "您有{{ n }}件,{% if a %}急", "<b>乙</b>:<a>"],
)
def test_each_half_width_mark_of_a_template_is_found(text: str) -> None:
    assert half_width(template_texts(text)) != []


@pytest.mark.parametrize("text", ["'PDF/A，见 a,b'", "'（11+24）'", "r'(\\d+)名'", "'The 办理记录, printed in full.'"])
def test_what_is_right_is_left_alone(text: str) -> None:
    assert half_width(strings(Module("seeded", f"A = {text}"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "as asked (practice P7)",
        "(domain section 8.4)",
        "a matter of its own (P14).",
        "seed 002",
        "ballot per item (issue: ballots)",
        "see ../shared/x",
        "docs/nowhere.md",
    ],
)
def test_each_loose_reference_is_found(text: str) -> None:
    assert len(loose_references(text)) >= 1
