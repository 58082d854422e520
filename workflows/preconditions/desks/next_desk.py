"""Where a step would take a case: to a desk at which somebody sits, or else it is refused and says who is missing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from proposals.models import Proposal, SubjectKind
from proposals.organisation.duty_places import CITY_DUTIES
from proposals.procedure.reasons import Reason
from proposals.vocabulary import Duty, State
from workflows.attempt import Attempt
from workflows.desks import holders
from workflows.desks.flow import DESKS
from workflows.desks.hand_over import Desk
from workflows.desks.holders import Held
from workflows.desks.step_reading import StepReading


def somebody_receives(attempt: Attempt) -> Iterator[Reason]:
    """A case is handed on only to a desk at which somebody sits that day."""
    target = attempt.row.target
    if attempt.subject.subject_kind != SubjectKind.CASE or target is None:
        return
    after = DESKS[target]
    if after is DESKS[attempt.subject.state] or not after.hands:
        return
    on, reading = timezone.localdate(attempt.act.at), attempt.act.reading
    if isinstance(reading, StepReading):
        reading.look_who_is_there()
    if holders.receiver(duties=after.duties, case=attempt.subject, on=on) is None:
        who = Duty(after.duty).label
        text = (
            f"「{attempt.row.label}」之后由{who}办理，现无在任的{who}，不能办理。{_appointing(after, attempt.subject)}"
        )
        yield Reason("NOBODY_THERE", text)


def _appointing(desk: Desk, case: Proposal) -> str:
    if desk.duty in CITY_DUTIES and case.territory.parent:
        return f"请{case.territory.parent.name}登记其任职，或者由区委编办登记经办人代录市级办理情况。"
    return "请编办主任或者经办人在「办事规则」中办理「拟定任职」，经复核生效后再办理。"


def lying_with_nobody() -> Iterator[str]:
    """Name every case under way that lies on a desk at which nobody sits today."""
    on, known = timezone.localdate(), dict[int, tuple[Held, ...]]()
    resting = [state for state, desk in DESKS.items() if not desk.hands] + [State.DRAFT]
    for case in Proposal.objects.exclude(state__in=resting).select_related("territory__parent"):
        if case.territory_id not in known:
            known[case.territory_id] = holders.held_in(territory=case.territory, on=on)
        desk = DESKS[case.state]
        if holders.receiver(duties=desk.duties, case=case, on=on, held=known[case.territory_id]) is None:
            who = Duty(desk.duty).label
            yield f"动议事项「{case}」：现处于「{case.get_state_display()}」环节，由{who}办理，现无在任的{who}。"
