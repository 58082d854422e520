"""The table of all tables: what keeps every one of them from being changed unseen, or why nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.apps import apps
from django.db.models import Model

from docs_templates.models import NumberSeries, StoredObject
from proposals.models import (
    Account,
    AuthorityRule,
    Ballot,
    Body,
    BodyVersion,
    Borrowed,
    CalendarDay,
    CalendarNotice,
    Cap,
    CaseTerm,
    ClosedPeriod,
    DayTotal,
    DutyConflict,
    DutyItem,
    DutyList,
    Entry,
    Examination,
    Head,
    HeadcountReport,
    MeetingRule,
    MinutesComment,
    Movement,
    PaperRecord,
    Permit,
    Person,
    Pledge,
    Posting,
    ProblemItem,
    ProblemPart,
    Receipt,
    RecordedCount,
    Register,
    ReportedFigure,
    Round,
    Seconded,
    Setting,
    Slip,
    Succession,
    Territory,
    UsePlan,
)
from workflows.models import CaseGrant, OpeningImport, Pulse, SecurityEvent, SecurityHead, VerifiedChain, WorkItem
from workflows.seals.sheets import SHEETS

APPS = ("proposals", "docs_templates", "workflows")
# The database refuses to change or remove a row (proposals.ledger.triggers); some are sealed besides.
APPENDED: frozenset[type[Model]] = frozenset(
    {
        Entry, Posting, Movement, ClosedPeriod, Ballot, Round, Receipt, RecordedCount, MinutesComment, Succession,
        StoredObject, SecurityEvent,
    }
)  # fmt: skip
# Told elsewhere as well: where the audit holds the rows against it.
DERIVED: Mapping[type[Model], str] = MappingProxyType(
    {
        Register: "workflows.audit.reading.chains.standing",
        AuthorityRule: "workflows.audit.rulebook.rulebook",
        Cap: "workflows.audit.rulebook.rulebook",
        Setting: "workflows.audit.rulebook.rulebook",
        MeetingRule: "workflows.audit.rulebook.rulebook",
        CalendarNotice: "workflows.audit.calendar.calendar",
        CalendarDay: "workflows.audit.calendar.calendar",
        NumberSeries: "workflows.audit.papers.numbers.outgoing",
        Account: "workflows.audit.ledger.balances",
        DayTotal: "workflows.audit.ledger.balances",
        Permit: "workflows.audit.permits.committed",
        ProblemItem: "workflows.audit.side_registers.side_rows",
        ProblemPart: "workflows.audit.side_registers.side_rows",
        DutyList: "workflows.audit.side_registers.side_rows",
        DutyItem: "workflows.audit.side_registers.side_rows",
        Examination: "workflows.audit.papers.printed.examined",
        Pledge: "workflows.audit.side_registers.side_rows",
        Borrowed: "workflows.audit.side_registers.side_rows",
        Seconded: "workflows.audit.side_registers.side_rows",
        ReportedFigure: "workflows.audit.side_registers.side_rows",
        UsePlan: "workflows.audit.side_registers.side_rows",
        CaseTerm: "workflows.audit.words.terms",
        WorkItem: "workflows.audit.desks.tasks.tasks",
        CaseGrant: "workflows.audit.desks.lending.delegations",
        SecurityHead: "workflows.audit.reading.security.security",
    }
)
# What need not be held against anything, and why.
UNSEALED: Mapping[type[Model], str] = MappingProxyType(
    {
        Slip: "the box of a secret ballot: sealed slip by slip it would tell who voted what; its list is sealed",
        Head: "a random word that triggers write; without it the law is read anew",
        VerifiedChain: "how far the audit came, signed by itself; a forged or lost one is read from the first entry",
        Pulse: "when a worker last lived",
        OpeningImport: "an import on its way; what it entered stands in the register's chain",
        Person: "an account: every act freezes name and post, the rest is the person's own",
        Territory: "written when the site is founded; papers freeze its names and code words",
        DutyConflict: "law of the country that comes with a release and that no step writes",
    }
)
# What ought to be held against its chain and is not yet.
NOT_YET: frozenset[type[Model]] = frozenset({Body, BodyVersion, HeadcountReport, PaperRecord})
# Tables that Django makes beside an account; nobody here holds a permission of Django's own.
OF_DJANGO = frozenset({"proposals_person_groups", "proposals_person_user_permissions"})


def ways(model: type[Model]) -> dict[str, str]:
    """Return every way in which a table is kept, with what does it; one that is declared nowhere has none."""
    sealing = [f"{kind}: {one.name}" for kind, sheets in SHEETS.items() for one in sheets if one.model is model]
    found = {
        "appended": "triggers" if model in APPENDED else "",
        "sealed": ", ".join(sealing),
        "derived": DERIVED.get(model, ""),
        "left alone": "Django's own, of no use here" if model._meta.db_table in OF_DJANGO else UNSEALED.get(model, ""),
        "not yet": "ought to be held against its chain" if model in NOT_YET else "",
    }
    return {way: what for way, what in found.items() if what}


def told() -> Iterator[tuple[str, str, str]]:
    """Yield every table of ours with the ways in which it is kept, as docs/tables.md shows them."""
    for name in APPS:
        for model in sorted(apps.get_app_config(name).get_models(), key=lambda one: one.__name__):
            kept = ways(model)
            yield f"`{model.__name__}`", ", ".join(kept), "; ".join(kept.values())
