"""The tables of the facts; import models from here."""

from proposals.models.ballot import Ballot, BallotRound, RecordedCount, Slip, WrittenOpinion
from proposals.models.calendar import CalendarDay, CalendarNotice
from proposals.models.change import ChangeLine, ChangeOp
from proposals.models.chronicle import Entry, PaperRecord, SubjectKind
from proposals.models.closing import ClosedPeriod
from proposals.models.committee import CommitteeTerm, MeetingRule, Membership, Role
from proposals.models.consent import Consent, Opinion, WrittenException
from proposals.models.establishment import Body, BodyVersion, Succession
from proposals.models.manuscript import Manuscript
from proposals.models.meeting import AgendaItem, Form, Meeting
from proposals.models.minutes import Correction, CorrectionDraft, Minutes, MinutesComment
from proposals.models.organisation import Appointment, Person, Territory
from proposals.models.problem_part import ProblemPart
from proposals.models.proposal import Answer, BasisDocument, Proposal, Round, Task
from proposals.models.quota import (
    Account,
    Compartment,
    DayTotal,
    HeadcountReport,
    Holder,
    Movement,
    Permit,
    Posting,
)
from proposals.models.roll import Attendee, Presence, Receipt, Recusal, RollEntry
from proposals.models.rulebook import AuthorityRule, Cap, RuleChange, Setting
from proposals.models.sideregisters import (
    Borrowed,
    DutyItem,
    DutyList,
    Pledge,
    ProblemItem,
    ReportedFigure,
    Seconded,
)
from proposals.models.subject import Register, Rulebook, Subject
from proposals.models.upload import Upload
from proposals.models.use_plan import UsePlan

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
    "ChangeLine",
    "ChangeOp",
    "ClosedPeriod",
    "CommitteeTerm",
    "Compartment",
    "Consent",
    "Correction",
    "CorrectionDraft",
    "DayTotal",
    "DutyItem",
    "DutyList",
    "Entry",
    "Form",
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
