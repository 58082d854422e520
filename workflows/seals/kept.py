"""The table of all tables: what keeps every one of them from being changed unseen, or why nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import Model

from docs_templates.models import NumberSeries, StoredObject
from proposals.models import (
    Account,
    Appointment,
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
    CommitteeTerm,
    DayTotal,
    DutyConflict,
    DutyItem,
    DutyList,
    Entry,
    Head,
    HeadcountReport,
    MeetingRule,
    Membership,
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
    Rulebook,
    RuleChange,
    Seconded,
    Setting,
    Slip,
    Succession,
    Territory,
    UsePlan,
)
from workflows.models import CaseGrant, OpeningImport, Pulse, SecurityEvent, SecurityHead, VerifiedChain, WorkItem
from workflows.seals.sheets import SHEETS

# The database refuses to change or remove a row (proposals.ledger.triggers); sealed besides where a subject has them.
APPENDED: frozenset[type[Model]] = frozenset(
    {
        Entry, Posting, Movement, ClosedPeriod, Ballot, Round, Receipt, RecordedCount, MinutesComment, Succession,
        StoredObject, SecurityEvent,
    }
)  # fmt: skip
# Every entry of the subject seals its rows.
SEALED: frozenset[type[Model]] = frozenset(sheet.model for sheets in SHEETS.values() for sheet in sheets)
# Told elsewhere as well: where the audit holds the rows against it.
DERIVED: Mapping[type[Model], str] = MappingProxyType(
    {
        Register: "workflows.audit.reading.chains.standing",
        Rulebook: "workflows.audit.reading.chains.standing",
        RuleChange: "workflows.audit.rulebook.rulebook",
        AuthorityRule: "workflows.audit.rulebook.rulebook",
        Cap: "workflows.audit.rulebook.rulebook",
        Setting: "workflows.audit.rulebook.rulebook",
        MeetingRule: "workflows.audit.rulebook.rulebook",
        Appointment: "workflows.audit.rulebook.last_days",
        Membership: "workflows.audit.committee.seats.committee",
        CommitteeTerm: "workflows.audit.committee.seats.terms",
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
