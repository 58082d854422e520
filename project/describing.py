"""The documents that the code writes about itself: life cycle, access, rules, papers, tables, vocabularies."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db.models.enums import Choices

import docs_templates
import project.web
import proposals
import workflows
from docs_templates.catalogue import PAPERS, RETENTION
from proposals import vocabulary as states
from proposals.case.lifecycle import CASE_STEPS, CaseStep
from proposals.case.particulars.table import BESIDE, KEYS, ops_of
from proposals.models import ChangeOp, SubjectKind
from proposals.procedure.table import Row
from proposals.rules import law
from proposals.vocabulary import Duty, MeetingState, State
from workflows import subjects
from workflows.desks.flow import DESKS
from workflows.preconditions.desks.recalls import TAKEN_BACK
from workflows.seals.kept import told

DULL = frozenset({"management", "migrations", "templatetags"})
VOCABULARIES = "<!-- From here on written by `manage.py describe`; do not edit. -->\n"
HEAD = "<!-- Written by `manage.py describe`; do not edit. -->\n\n"


def documents(root: Path) -> Mapping[str, str]:
    """Return path below `root` → text of every generated document; two of them keep what stands before the mark."""
    nouns, ways = (kept(root / "docs" / name) for name in ("glossary.md", "rooms.md"))
    return {
        "docs/lifecycle.md": HEAD + lifecycle(),
        "docs/access.md": HEAD + access(),
        "docs/lines.md": HEAD + lines(),
        "docs/rules.md": HEAD + rules(),
        "docs/papers.md": HEAD + papers(),
        "docs/tables.md": HEAD + "# Tables\n\n" + table(("table", "kept how", "by what, or why not"), told()),
        "docs/glossary.md": nouns + VOCABULARIES + vocabularies(),
        "docs/rooms.md": ways + VOCABULARIES + rooms(),
    }


def kept(file: Path) -> str:
    """Return what stands before the mark, written by hand."""
    return file.read_text(encoding="utf-8").partition(VOCABULARIES)[0]


def differing(root: Path) -> list[str]:
    """Return the paths of the documents that are not what the code would write."""
    files = {root / name: text for name, text in documents(root).items()}
    return [
        str(file.relative_to(root))
        for file, text in files.items()
        if not file.exists() or file.read_text(encoding="utf-8") != text
    ]


def lifecycle() -> str:
    """Return the life cycle of a case: diagram, table of steps, desks; and the meeting's table."""
    meeting = [step.row for step in subjects.STEPS[SubjectKind.MEETING].values()]
    return "\n".join(
        [
            "# Life cycle\n",
            "## The main road of a case\n",
            diagram(main_road()),
            "## Every step of a case\n",
            steps_table(CASE_STEPS, State),
            "## The desks\n",
            table(("desk", "duty", "states"), desks()),
            "## A meeting\n",
            steps_table(meeting, MeetingState),
        ]
    )


def main_road() -> list[Row]:
    """Return the steps that move a case between different desks or stages, without the ways out of the ordinary."""
    aside = {
        CaseStep.WITHDRAW,
        CaseStep.CONSENT_WITHDRAWAL,
        CaseStep.SUSPEND,
        CaseStep.RESUME,
        CaseStep.VOID,
        CaseStep.RETURN_FOR_CORRECTION,
        *TAKEN_BACK,
    }
    return [row for row in CASE_STEPS if row.target and row.step not in aside]


def diagram(rows: Iterable[Row]) -> str:
    """Return a Mermaid state diagram with Chinese labels."""
    lines = ["```mermaid", "stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{state.label}" as {state.value}' for state in State]
    lines.append(f"    [*] --> {State.DRAFT}")
    for row in rows:
        lines += [f"    {source} --> {row.target}: {row.label}" for source in row.sources]
    lines += [f"    {State.ARCHIVED} --> [*]", "```\n"]
    return "\n".join(lines)


def steps_table(rows: Iterable[Row], states: type[State] | type[MeetingState]) -> str:
    """Return a table of steps."""
    return table(
        ("step", "按钮", "from", "to", "duty"),
        (
            (
                f"`{row.step}`",
                row.label,
                "、".join(str(states(source).label) for source in row.sources),
                str(states(row.target).label) if row.target else "—",
                "、".join(str(Duty(duty).label) for duty in row.duties),
            )
            for row in rows
        ),
    )


def desks() -> Iterable[tuple[str, ...]]:
    """Return desk, duty and states, each desk once."""
    for desk in dict.fromkeys(DESKS.values()):
        yield desk.task_title, str(Duty(desk.duty).label), "、".join(str(State(state).label) for state in desk.states)


def access() -> str:
    """Return who may take which step: one row a step, one column a duty."""
    duties = [duty for duty in Duty if duty not in (Duty.SYSADMIN, Duty.SECADMIN, Duty.AUDITOR)]
    parts = ["# Who may take which step\n", "The three administrators take none and read none of the cases.\n"]
    for kind, steps in subjects.STEPS.items():
        parts.append(f"## {SubjectKind(kind).label}\n")
        parts.append(
            table(
                ("step", *(duty.label for duty in duties)),
                (
                    (f"`{row.step}` {row.label}", *("●" if duty in row.duties else "" for duty in duties))
                    for row in (step.row for step in steps.values())
                ),
            )
        )
    return "\n".join(parts)


def lines() -> str:
    """Return everything that a change line may say besides its columns: key, label, kind, sorts of line, writer."""
    return "# What a change line says\n\n" + table(
        ("key", "标签", "kind", "written by", "lines"),
        (
            (
                f"`{name}`",
                key.label,
                type(key).__name__,
                f"the system beside `{BESIDE[name]}`" if name in BESIDE else "the form",
                "、".join(str(ChangeOp(op).label) for op in ops_of(name)),
            )
            for name, key in KEYS.items()
        ),
    )


def rules() -> str:
    """Return every rule of the law: code, severity, steps, citation, what it says."""
    return "# Rules\n\n" + table(
        ("code", "severity", "steps", "citation", "what it says"),
        (
            (
                f"`{rule.code}`",
                str(rule.severity),
                " ".join(f"`{step}`" for step in rule.steps),
                rule.citation,
                " ".join((rule.__doc__ or "").split()),
            )
            for rule in law.RULES
        ),
    )


def papers() -> str:
    """Return the catalogue of papers."""
    return "# Papers\n\n" + table(
        ("slug", "文种", "frozen by", "signed by", "保管期限"),
        (
            (
                f"`{paper.slug}`",
                paper.label,
                " ".join(f"`{step}`" for step in paper.frozen_by),
                paper.signed_by,
                str(RETENTION[paper.retention]),
            )
            for paper in PAPERS
        ),
    )


def vocabularies() -> str:
    """Return every closed vocabulary: identifier and the word on screen and paper."""
    parts = ["\n# Closed vocabularies\n"]
    for name, words in inspect.getmembers(states, inspect.isclass):
        if issubclass(words, Choices) and words.__module__ == states.__name__:
            parts += [f"## {name}\n", f"{inspect.getdoc(words)}\n"]
            parts.append(table(("identifier", "中文"), ((f"`{word.name}`", str(word.label)) for word in words)))
    return "\n".join(parts)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def rooms() -> str:
    """Return every room in its own words: the docstring at its door, packages from the site down."""
    parts = ["\n## Every room in its own words\n"]
    for package in (project.web, workflows, docs_templates, proposals):
        found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        names = [package.__name__, *(one.name for one in found if one.ispkg and not DULL & set(one.name.split(".")))]
        for name in names:
            said, _, rest = (inspect.getdoc(importlib.import_module(name)) or "").partition("\n\n")
            parts.append(f"**`{name}`** — {said}\n\n{rest}\n")
    return "\n".join(parts)
