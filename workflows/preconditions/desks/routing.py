"""Order on the route: when a case may exchange the law by which it was routed for the law of the day."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.law import law_in_time
from proposals.models import Proposal
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.vocabulary import Decider, DecisionMode, State

# With the chair or on the way to a meeting a case stays only with a route that leads through the committee.
BEFORE_THE_COMMITTEE = (State.AGENDA_APPROVAL, State.SCHEDULED)


def law_has_changed(case: Proposal, act: Act) -> Iterator[Reason]:
    """A case is routed anew when the law of the day gives it another route than it has."""
    if law_in_time.other(case=case, on=act.happened_on, reading=act.reading) is None:
        yield Reason("SAME_LAW", "按现行规定，本事项的审批路径与原来一致，不需要重新确定。")


def fits_where_it_lies(case: Proposal, act: Act) -> Iterator[Reason]:
    """What the committee already has before it keeps the committee on its route, and asks nothing that comes before."""
    if case.state not in BEFORE_THE_COMMITTEE:
        return
    found = law_in_time.other(case=case, on=act.happened_on, reading=act.reading)
    if found is None or found.unrouted:
        return
    modes = {leg.decider: leg.mode for leg in found.now}
    before = {leg.decider: leg.mode for leg in found.own}
    newly_city = modes.get(Decider.CITY) == DecisionMode.APPROVE != before.get(Decider.CITY)
    if Decider.COMMITTEE not in modes or newly_city:
        back = "先办理「收回议题」" if case.state == State.AGENDA_APPROVAL else "在会议上暂缓或者退回"
        yield Reason("WITH_THE_COMMITTEE", f"按现行规定，本事项{found.now_words}；事项已在编委，请{back}后再重新确定。")
