"""Who may let which finding pass: the check behind 特批说明."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.db.models import Q

from proposals.act import Act
from proposals.models.organisation import Appointment
from proposals.models.proposal import Proposal
from proposals.reasons import Reason
from proposals.rules import law
from proposals.states import Duty


def may_pass(case: Proposal, act: Act) -> Iterator[Reason]:
    """An exception names a finding that stands, that may be passed, and is written by whom the clause names."""
    code, _, message = act.facts["finding"].partition(" ")
    rule = law.BY_CODE.get(code)
    found = [
        finding
        for finding in law.findings(case=case, on=act.happened_on)
        if (finding.rule, finding.message) == (code, message)
    ]
    if rule is None or not found:
        yield Reason("NO_SUCH_FINDING", "没有找到这条核查意见，请刷新页面后按现有意见办理。")
    elif not all(finding.overridable for finding in found):
        yield Reason("NO_EXCEPTION", f"「{found[0].message}」不得特批，请按意见改正。", found[0].citation)
    elif not _holds(case, act, rule.overridable):
        who = "、".join(Duty(duty).label for duty in rule.overridable)
        yield Reason("NOT_YOURS", f"这条核查意见只能由{who}书面特批。", found[0].citation)


def _holds(case: Proposal, act: Act, duties: tuple[str, ...]) -> bool:
    standing = Q(until=None) | Q(until__gte=act.happened_on)
    rows = Appointment.objects.filter(standing, person_id=act.actor.id, since__lte=act.happened_on)
    return rows.filter(duty__in=duties, path=case.territory.path).exists()


OVERRIDE_CHECKS: Mapping[str, tuple[Callable[[Proposal, Act], Iterator[Reason]], ...]] = {"override": (may_pass,)}
