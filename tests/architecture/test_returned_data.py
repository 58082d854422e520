"""What one room hands to another has a class: names that the type checker knows, not the keys of a dict.

A dict leaves its room only where it is data as it is kept, posted or drawn; those few stand below with their reason.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from tests.architecture.source import ROOMS, Module, modules
from tests.architecture.test_used import dotted

SHAPELESS = re.compile(r"\b[Dd]ict\[str, (Any|object)\]|\bMapping\[str, (Any|object)\]|\bdict\b(?!\[)|^(Any|object)$")

RECORDED = "facts as the chain keeps them"
COLUMNS = "the JSON column of a row, which the chain keeps too"
FILED = "a file of JSON as it stands"
POSTED = "what a form posts: the facts of a step, or a draft's columns"
DRAWN = "what a template or a form begins with"
MINUTES = "the minutes as they are signed, digested and drawn"
DECLARED = "declares a field of any type, as dataclasses.field does"
ANY_VALUE = "a value of any of the law's or the chain's types"

DELIBERATE: Mapping[str, str] = MappingProxyType(
    {
        "docs_templates.typefaces.roles.manifest": FILED,
        "project.web.access.registers.frame": DRAWN,
        "project.web.case.choices.initial": DRAWN,
        "project.web.forms.asked.AskedForm.facts": POSTED,
        "project.web.forms.business_day.taken_apart": POSTED,
        "project.web.forms.lines.LineForm.line": POSTED,
        "project.web.forms.lines.initial_of": DRAWN,
        "project.web.forms.lines.new_line": DRAWN,
        "project.web.forms.manuscript.ManuscriptForm.facts": POSTED,
        "project.web.forms.paper.ReplyForm.act": RECORDED,
        "project.web.forms.paper_meeting.PaperMeetingForm.facts": POSTED,
        "project.web.forms.rulebook.calendar.CalendarForm.facts": POSTED,
        "project.web.forms.rulebook.calendar.initial_of": DRAWN,
        "project.web.forms.rulebook.meeting_rule.MeetingRuleForm.facts": POSTED,
        "project.web.forms.rulebook.meeting_rule.MeetingRuleForm.initial_of": DRAWN,
        "project.web.forms.rulebook.meeting_rule.TermForm.facts": POSTED,
        "project.web.forms.rulebook.number_series.initial_of": DRAWN,
        "project.web.forms.rulebook.rules.AppointForm.facts": POSTED,
        "project.web.forms.rulebook.rules.EndForm.facts": POSTED,
        "project.web.forms.rulebook.rules.initial_of": DRAWN,
        "project.web.forms.sitting.SittingForm.facts": POSTED,
        "project.web.forms.sitting.WordingForm.wording": POSTED,
        "project.web.intake.readers.json_value": POSTED,
        "project.web.pages.drafting.lines.ahead_of": DRAWN,
        "project.web.receiving.with_files": POSTED,
        "proposals.case.consents.consents.given_for": RECORDED,
        "proposals.case.consents.consents.shown": COLUMNS,
        "proposals.case.consents.opinions.system_facts": RECORDED,
        "proposals.case.correspondence.incoming.system_facts": RECORDED,
        "proposals.case.particulars.table.Particulars.filled": COLUMNS,
        "proposals.case.particulars.table.stored": COLUMNS,
        "proposals.case.snapshots.lines_of": COLUMNS,
        "proposals.case.snapshots.take": COLUMNS,
        "proposals.case.tasks.system_facts": RECORDED,
        "proposals.committee.minutes.correcting.as_it_stands": MINUTES,
        "proposals.committee.minutes.drawing.sections": MINUTES,
        "proposals.committee.steps.system_facts.computed": RECORDED,
        "proposals.committee.voting_rule.VotingRule.to_data": RECORDED,
        "proposals.law.lawbook.Lawbook.switch": ANY_VALUE,
        "proposals.law.routing.settle": COLUMNS,
        "proposals.opening.faults.numbered": RECORDED,
        "proposals.opening.workbook.sheets.read": RECORDED,
        "proposals.procedure.chronicle.primitive": ANY_VALUE,
        "proposals.procedure.chronicle.quotes_in": RECORDED,
        **dict.fromkeys(
            (
                f"proposals.procedure.facts.{name}"
                for name in ("asked", "line", "text", "day", "count", "yes", "choice", "one_of", "told")
            ),
            DECLARED,
        ),
        "proposals.register.steps.ledger_steps.system_facts": RECORDED,
        "proposals.rulebook.calendar_text.primitives": RECORDED,
        "proposals.rulebook.profiles.read": FILED,
        "workflows.consequences.of_steps.freeze": RECORDED,
        "workflows.desks.lending.told": RECORDED,
        "workflows.papers.of_steps.system_facts": RECORDED,
    }
)


def room_of(module: Module) -> str:
    """Return the package in which a module lies."""
    return module.path.rpartition("/")[0]


def readers(sources: Iterable[Module]) -> Mapping[tuple[str, str], set[Module]]:
    """Return by (module, name) which modules import it, and by ("", name) which read an attribute so called."""
    found: defaultdict[tuple[str, str], set[Module]] = defaultdict(set)
    for module in sources:
        known: dict[str, str] = {}
        nodes = list(ast.walk(module.tree))
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                known |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
                for one in node.names:
                    found[node.module, one.name].add(module)
        for node in nodes:
            if isinstance(node, ast.Attribute):
                found["", node.attr].add(module)
                found[known.get(ast.unparse(node.value), ""), node.attr].add(module)
    return found


def offered(module: Module) -> Iterator[tuple[str, str, str]]:
    """Yield (class or "", name, what it returns) of a module's public functions and methods."""
    for node in module.tree.body:
        owner = node.name if isinstance(node, ast.ClassDef) else ""
        for one in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(one, ast.FunctionDef) and one.returns and not one.name.startswith("_"):
                yield owner, one.name, ast.unparse(one.returns)


def shapeless(sources: Iterable[Module]) -> list[str]:
    """Return the public functions that hand a dict without a class to another room; a method by the class imported."""
    sources = list(sources)
    read_by = readers(sources)
    found = []
    for module in sources:
        for owner, name, returned in offered(module):
            using = read_by[dotted(module), owner or name]
            if owner:
                using = using & read_by["", name]
            if SHAPELESS.search(returned) and any(room_of(one) != room_of(module) for one in using):
                found.append(".".join(filter(None, (dotted(module), owner, name))))
    return sorted(found)


def test_what_leaves_a_room_has_a_class_and_every_exception_is_one() -> None:
    assert shapeless(modules(*ROOMS)) == sorted(DELIBERATE)


def test_a_dict_that_leaves_its_room_is_found() -> None:
    giving = "def told() -> dict[str, Any]: ...\ndef kept() -> dict[str, Any]: ...\ndef sure() -> dict[str, int]: ...\n"
    owner = "class Row:\n    def said(self) -> Mapping[str, Any] | None: ...\n    def own(self) -> dict: ...\n"
    taking = "from a.one import Row, sure, told\nfrom a import one\none.sure()\nRow().said()\n"
    sources = [
        Module("a/one.py", giving + owner),
        Module("b/two.py", taking),
        Module("a/three.py", "from a.one import kept"),
    ]
    assert shapeless(sources) == ["a.one.Row.said", "a.one.told"]
    assert shapeless([sources[0], Module("b/two.py", "from a import one\none.kept()\n")]) == ["a.one.kept"]
