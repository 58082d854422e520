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
from proposals.models.subject import Register, Rulebook, Subject

__all__ = [
    "Account",
    "Answer",
    "Appointment",
    "BasisDocument",
    "Body",
    "BodyVersion",
    "ChangeLine",
    "ChangeOp",
    "Compartment",
    "DayTotal",
    "Entry",
    "HeadcountReport",
    "Holder",
    "Movement",
    "Opinion",
    "PaperRecord",
    "Permit",
    "Person",
    "Posting",
    "Proposal",
    "Register",
    "Round",
    "Rulebook",
    "Subject",
    "SubjectKind",
    "Succession",
    "Task",
    "Territory",
    "Upload",
]
