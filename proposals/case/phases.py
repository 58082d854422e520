"""Groups of states and of duties that several rows of the table share."""

from proposals.vocabulary import Duty as D
from proposals.vocabulary import State as S

CLERK, DIRECTOR, CITY = (D.OFFICE_CLERK,), (D.OFFICE_DIRECTOR,), (D.CITY_REVIEWER,)
OFFICE, SECRETARY = (D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR), (D.RECORDER, D.OFFICE_CLERK)
IN_OFFICE = (S.SUBMITTED, S.INTAKE_REVIEW, S.ARGUING, S.COMPLIANCE_REVIEW, S.OFFICE_REVIEW)
UNDECIDED = (*IN_OFFICE, S.RETURNED, S.PRE_COMM, S.AGENDA_APPROVAL, S.SCHEDULED, S.DEFERRED)
# Routed and not yet decided: where the law of the route may still be exchanged for that of the day.
ACCEPTED = (
    S.ARGUING, S.COMPLIANCE_REVIEW, S.OFFICE_REVIEW, S.PRE_COMM, S.AGENDA_APPROVAL, S.SCHEDULED, S.DEFERRED,
)  # fmt: skip
AT_CITY = (S.FILED, S.CITY_RECEIVED, S.CITY_ACCEPTED)
DECIDED, ANSWERED = (S.MINUTES_SIGNED, S.OFFICE_DECIDED), (S.CITY_APPROVED, S.CITY_RECORDED, S.CITY_REJECTED)
# Decided and not yet in force: what stands here may still turn out to be impossible.
STANDING = (*DECIDED, S.DISPATCHING, S.PACKAGED, S.CITY_APPROVED, S.CITY_RECORDED, S.DISPATCHING_DOWN)
# Where what was decided is reserved until it takes effect or falls.
HOLDING = (
    S.APPROVED, S.APPROVED_AMENDED, S.MINUTES_DRAFT, S.PARTY_COMMITTEE, *STANDING, *AT_CITY, S.CITY_RETURNED,
)  # fmt: skip
PAPERWORK = (S.OFFICE_DECIDED, S.MINUTES_SIGNED, S.DISPATCHING, S.PACKAGED, S.DISPATCHING_DOWN)
IN_FORCE = (*PAPERWORK, *AT_CITY, S.CITY_RECORDED)
# Where papers are put into words and signed: after the decision, and the letter that asks the city before it.
WRITING = (S.OFFICE_REVIEW, *IN_FORCE)
# What may be shown to others: not a draft that nobody has sent yet, and nothing that is void.
SHOWN = tuple(state for state in S if state not in (S.DRAFT, S.UNIT_COLLECTIVE, S.VOID))
ANYWHERE = tuple(state for state in S if state not in (S.ARCHIVED, S.VOID))
