"""Who may let which finding pass: the check behind 特批说明."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid5

from django.db.models import Q

from proposals.case.lifecycle import CaseStep
from proposals.case.models import Proposal
from proposals.organisation.people import Appointment
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.rules import law
from proposals.rules.base import Finding
from proposals.vocabulary import Duty


def may_pass(case: Proposal, act: Act) -> Iterator[Reason]:
    """An exception names one finding that stands, that may be passed, and is written by whom the clause names."""
    found = meant(case, act)
    if not found:
        yield Reason("NO_SUCH_FINDING", "没有找到这条核查意见，请刷新页面后按现有意见办理。")
        return
    rule = law.BY_CODE[found[0].rule]
    if len({finding.key for finding in found}) > 1:
        yield Reason("WHICH_FINDING", f"有{len(found)}条核查意见文字相同，请在列表中选择所针对的一条。")
    elif not all(finding.overridable for finding in found):
        yield Reason("NO_EXCEPTION", f"「{found[0].message}」不得特批，请按意见改正。", found[0].citation)
    elif not _holds(case, act, rule.overridable):
        who = "、".join(Duty(duty).label for duty in rule.overridable)
        yield Reason("NOT_YOURS", f"这条核查意见只能由{who}书面特批。", found[0].citation)
    elif found[0].overridden_by:
        yield Reason("ALREADY_PASSED", f"这条核查意见已由{found[0].overridden_by}特批，不必重复办理。")


def meant(case: Proposal, act: Act) -> list[Finding]:
    """Return the findings that an act means: the one of an identity, or all that read as the words do."""
    found, named = law.findings(case=case, on=act.happened_on, reading=act.reading), act.facts["finding"]
    return [one for one in found if one.key == named] or [one for one in found if one.said == named]


def choices(case: Proposal, *, on: date) -> list[tuple[str, str]]:
    """Return the findings that a named person may let pass, by identity; of one wording each with its line."""
    found = {one.key: one for one in law.findings(case=case, on=on) if one.overridable and one.blocks}
    times = Counter(one.said for one in found.values())
    places: dict[UUID | None, str] = {line.uuid: f"（第{line.position}项调整事项）" for line in case.change_lines}
    return [
        (key, one.said if times[one.said] == 1 else f"{one.said}{places.get(one.line, '')}")
        for key, one in found.items()
    ]


def system_facts(*, case: Proposal, act: Act) -> dict[str, str]:
    """Return what the record adds to a written exception: the finding, its words, the exception's own identity."""
    if act.step != CaseStep.OVERRIDE or not (found := meant(case, act)):
        return {}
    new = uuid5(case.uuid, f"exception {case.head_seq + 1}")
    return {"finding": found[0].said, "finding_key": found[0].key, "exception": str(new)}


def _holds(case: Proposal, act: Act, duties: tuple[str, ...]) -> bool:
    standing = Q(until=None) | Q(until__gte=act.happened_on)
    rows = Appointment.objects.filter(standing, person_id=act.actor.id, since__lte=act.happened_on)
    return rows.filter(duty__in=duties, path=case.territory.path).exists()


OVERRIDE_PRECONDITIONS: Preconditions = MappingProxyType({CaseStep.OVERRIDE: (may_pass,)})
