"""THE STEPS of a meeting: every row of its table with its body."""

from proposals.committee.lifecycle import MEETING_STEPS
from proposals.committee.meetings import Meeting
from proposals.committee.steps import answering, balloting, calling, circulating, minuting, recording, sitting
from proposals.committee.steps.preconditions.table import MEETING_PRECONDITIONS
from proposals.procedure.steps import collect
from proposals.procedure.table import state_of

STEPS = collect(
    MEETING_STEPS, calling, answering, sitting, balloting, circulating, recording, minuting,
    field=state_of(Meeting), before=MEETING_PRECONDITIONS,
)  # fmt: skip
