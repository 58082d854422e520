"""The tables of the facts; import models from here."""

from proposals.models.chronicle import Entry, PaperRecord, SubjectKind
from proposals.models.organisation import Appointment, Person, Territory
from proposals.models.proposal import Answer, BasisDocument, Opinion, Proposal, Round, Task, Upload
from proposals.models.subject import Register, Rulebook, Subject

__all__ = [
    "Answer",
    "Appointment",
    "BasisDocument",
    "Entry",
    "Opinion",
    "PaperRecord",
    "Person",
    "Proposal",
    "Register",
    "Round",
    "Rulebook",
    "Subject",
    "SubjectKind",
    "Task",
    "Territory",
    "Upload",
]
