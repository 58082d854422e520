"""The tables of the facts; import models from here."""

from proposals.models.change import ChangeLine, ChangeOp
from proposals.models.chronicle import Entry, PaperRecord, SubjectKind
from proposals.models.establishment import Body, BodyVersion, Succession
from proposals.models.organisation import Appointment, Person, Territory
from proposals.models.proposal import Answer, BasisDocument, Opinion, Proposal, Round, Task, Upload
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

__all__ = [
    "Account",
    "Answer",
    "Appointment",
    "AuthorityRule",
    "BasisDocument",
    "Body",
    "BodyVersion",
    "Borrowed",
    "Cap",
    "ChangeLine",
    "ChangeOp",
    "Compartment",
    "DayTotal",
    "DutyItem",
    "DutyList",
    "Entry",
    "HeadcountReport",
    "Holder",
    "Movement",
    "Opinion",
    "PaperRecord",
    "Permit",
    "Person",
    "Pledge",
    "Posting",
    "ProblemItem",
    "Proposal",
    "Register",
    "ReportedFigure",
    "Round",
    "RuleChange",
    "Rulebook",
    "Seconded",
    "Setting",
    "Subject",
    "SubjectKind",
    "Succession",
    "Task",
    "Territory",
    "Upload",
]
