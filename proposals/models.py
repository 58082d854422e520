"""The tables of the facts; import models from here."""

from proposals.case.consents.models import Consent, Opinion, WrittenException
from proposals.case.correspondence.examinations import Examination
from proposals.case.correspondence.manuscripts import Manuscript
from proposals.case.correspondence.uploads import Upload
from proposals.case.lines import ChangeLine, ChangeOp
from proposals.case.models import Answer, BasisDocument, Proposal, Round, Task
from proposals.case.search import CaseTerm
from proposals.committee.ballots import Ballot, BallotRound, RecordedCount, Slip, WrittenOpinion
from proposals.committee.meetings import AgendaItem, Form, Meeting
from proposals.committee.minutes.models import Correction, CorrectionDraft, Minutes, MinutesComment
from proposals.committee.models import CommitteeTerm, MeetingRule, Membership, Role
from proposals.committee.roll import Attendee, Presence, Receipt, Recusal, RollEntry
from proposals.law.models import AuthorityRule, Cap, RuleChange, Setting
from proposals.ledger.closed_periods import ClosedPeriod
from proposals.ledger.models import Account, Compartment, DayTotal, HeadcountReport, Holder, Movement, Permit, Posting
from proposals.organisation.bodies import Body, BodyVersion, Succession
from proposals.organisation.calendar import CalendarDay, CalendarNotice
from proposals.organisation.duty_conflicts import DutyConflict
from proposals.organisation.heads import Head
from proposals.organisation.people import Appointment, Person, Territory
from proposals.procedure.entries import Entry, PaperRecord, SubjectKind
from proposals.procedure.subjects import Register, Rulebook, Subject
from proposals.side_registers.models import (
    Borrowed,
    DutyItem,
    DutyList,
    Pledge,
    ProblemItem,
    ReportedFigure,
    Seconded,
)
from proposals.side_registers.problem_parts import ProblemPart
from proposals.side_registers.use_plans import UsePlan

__all__ = [
    "Account",
    "AgendaItem",
    "Answer",
    "Appointment",
    "Attendee",
    "AuthorityRule",
    "Ballot",
    "BallotRound",
    "BasisDocument",
    "Body",
    "BodyVersion",
    "Borrowed",
    "CalendarDay",
    "CalendarNotice",
    "Cap",
    "CaseTerm",
    "ChangeLine",
    "ChangeOp",
    "ClosedPeriod",
    "CommitteeTerm",
    "Compartment",
    "Consent",
    "Correction",
    "CorrectionDraft",
    "DayTotal",
    "DutyConflict",
    "Examination",
    "DutyItem",
    "DutyList",
    "Entry",
    "Form",
    "Head",
    "HeadcountReport",
    "Holder",
    "Manuscript",
    "Meeting",
    "MeetingRule",
    "Membership",
    "Minutes",
    "MinutesComment",
    "Movement",
    "Opinion",
    "PaperRecord",
    "Permit",
    "Person",
    "Pledge",
    "Posting",
    "Presence",
    "ProblemItem",
    "ProblemPart",
    "Proposal",
    "Receipt",
    "RecordedCount",
    "Recusal",
    "Register",
    "ReportedFigure",
    "Role",
    "RollEntry",
    "Round",
    "RuleChange",
    "Rulebook",
    "Seconded",
    "Setting",
    "Slip",
    "Subject",
    "SubjectKind",
    "Succession",
    "Task",
    "Territory",
    "Upload",
    "UsePlan",
    "WrittenException",
    "WrittenOpinion",
]
