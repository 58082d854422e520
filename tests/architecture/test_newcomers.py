"""What a newcomer meets first holds: two equal READMEs, small pictures, a commit hook that runs what lint runs."""

import re
from pathlib import Path

import pytest

from docs_templates.catalogue import PAPERS
from project import describing
from proposals.rules.law import RULES
from tests.architecture.source import ROOMS, ROOT, modules

ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
PICTURE_BYTES = 200_000
COMMAND = re.compile(r"`((?:make|manage\.py|python3|DONGYI_\w+=)[^`]*|/\w+)`")


def outline(text: str) -> dict[str, object]:
    """Return what two languages of one text share: levels of headings, code, commands, accounts, links, rows, steps."""
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    links = re.findall(r"\]\(([^)]*)\)", prose)
    return {
        "headings": re.findall(r"^(#+) ", prose, flags=re.M),
        "code": re.findall(r"```.*?```", text, flags=re.S),
        "commands": sorted(COMMAND.findall(prose)),
        "accounts": re.findall(r"`([a-z]+\d?)`", prose),
        "links": sorted(link for link in links if link not in (ENGLISH, CHINESE)),
        "rows": [line.count("|") for line in prose.splitlines() if line.startswith("|")],
        "steps": re.findall(r"^(\d+)\. ", prose, flags=re.M),
    }


def recipe(makefile: str, target: str) -> list[str]:
    """Return the commands of a target of the Makefile, without what becomes of their output."""
    _, _, after = makefile.partition(f"\n{target}:")
    lines = after.split("\n\n")[0].splitlines()[1:]
    return [line.strip().lstrip("@").replace("$(BIN)", ".venv/bin").split(" > ")[0] for line in lines]


def test_both_readmes_say_the_same() -> None:
    assert outline((ROOT / ENGLISH).read_text()) == outline((ROOT / CHINESE).read_text())


def test_what_the_readmes_count_is_counted() -> None:
    clauses, papers = str(len(RULES)), str(len(PAPERS))
    english, chinese = ((ROOT / name).read_text() for name in (ENGLISH, CHINESE))
    assert re.findall(r"\| (\d+) clauses as classes|\| (\d+) kinds as PDF", english) == [(clauses, ""), ("", papers)]
    assert re.findall(r"\| (\d+) 条条款|\| (\d+) 种，GB/T", chinese) == [(clauses, ""), ("", papers)]


def test_the_commit_hook_runs_what_lint_runs() -> None:
    hooks = re.findall(r"^ +entry: (\.venv/.*)$", (ROOT / ".pre-commit-config.yaml").read_text(), flags=re.M)
    assert hooks == recipe((ROOT / "Makefile").read_text(), "lint")


def test_pictures_are_small_and_shown() -> None:
    shown = {Path(name) for name in re.findall(r"!\[[^]]*\]\(([^)]*)\)", (ROOT / ENGLISH).read_text())}
    kept = {path.relative_to(ROOT): path.stat().st_size for path in (ROOT / "docs/pictures").iterdir()}
    assert set(kept) == shown
    assert {name: size for name, size in kept.items() if size > PICTURE_BYTES} == {}


def unknown(glossary: str, names: frozenset[str]) -> list[str]:
    """Return the identifiers that the nouns of a glossary name and no module knows."""
    cells = " ".join(line for line in glossary.splitlines() if line.startswith("|"))
    named = [name.split(".")[-1] for name in re.findall(r"`([A-Za-z_.]+)`", cells)]
    return [name for name in named if name.removesuffix("s") not in names and name not in names]


def test_the_glossary_names_what_the_code_knows() -> None:
    nouns, _, _ = (ROOT / "docs/glossary.md").read_text().partition(describing.VOCABULARIES)
    names = frozenset(name for module in modules(*ROOMS) for name in re.findall(r"[A-Za-z_]\w*", module.text))
    assert len(re.findall(r"^\| (?!word|-)", nouns, flags=re.M)) >= 40
    assert unknown(nouns, names) == []
    assert unknown("| x | `NoSuchThing` |", names) == ["NoSuchThing"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("## A\n", "### A\n"),
        ("run `make demo`", "run `make test`"),
        ("```\nmake demo\n```", "```\nmake\n```"),
        ("[a](docs/adr)", "[a](docs/rules.md)"),
        ("| a | b |", "| a |"),
        ("sign in as `zhuren`", "sign in as `bianwei1`"),
    ],
)
def test_a_difference_between_the_readmes_is_found(one: str, other: str) -> None:
    assert outline(one) != outline(other)
