"""Asking bodies for their opinion, and answering the very asking, however alike the units are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.db.models import Q, QuerySet

from proposals.case.consents import consents
from proposals.case.consents.models import Opinion
from proposals.case.lifecycle import CaseStep
from proposals.organisation.bodies import Body, BodyVersion
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.text import alike

if TYPE_CHECKING:
    from proposals.case.models import Proposal


def open_askings(case: Proposal) -> QuerySet[Opinion]:
    """Return the askings that wait for an answer."""
    return case.opinions.filter(replied_on=None, superseded=False)


def asked(case: Proposal, named: str) -> list[Opinion]:
    """Return the open askings that a name, a body or an asking's own identity means."""
    known = uuid_in(named)
    if known.int:
        return list(open_askings(case).filter(Q(uuid=known) | Q(body__uuid=known)).order_by("pk"))
    return [one for one in open_askings(case).order_by("pk") if alike.same(one.unit, named)]


def choices(case: Proposal) -> list[tuple[str, str]]:
    """Return the open askings as a form offers them: by the unit's name where it is the only one of that name."""
    waiting = list(open_askings(case))
    times = Counter(alike.key(one.unit) for one in waiting)
    return [
        (
            one.unit if times[alike.key(one.unit)] == 1 else str(one.uuid),
            f"{one.unit}（{one.asked_on:%Y-%m-%d}征求，{consents.words(one, case)}）",
        )
        for one in waiting
    ]


def system_facts(case: Proposal, act: Act) -> dict[str, Any]:
    """Return the identity of the asking that a step makes or answers, and the name of a body that was chosen."""
    if act.step not in (CaseStep.ASK_OPINION, CaseStep.RECORD_OPINION):
        return {}
    new = str(uuid5(case.uuid, f"opinion {case.head_seq + 1}"))
    if act.step == CaseStep.ASK_OPINION:
        chosen = _version(case, act)
        return {"opinion": new, "unit": chosen.name if chosen else act.facts["unit"].strip()}
    found = asked(case, act.facts["unit"])
    return {"opinion": str(found[0].uuid), "unit": found[0].unit} if found else {"opinion": new}


def enter_asking(case: Proposal, act: Act, due_on: Any) -> None:
    """Write a new asking; one about older lines that was never answered is closed by it."""
    chosen = _version(case, act)
    body = chosen.body if chosen else None
    earlier = [one.pk for one in _same(case, name=act.facts["unit"], body=body)]
    case.opinions.filter(pk__in=earlier).update(superseded=True)
    case.opinions.create(
        uuid=act.facts["opinion"], unit=act.facts["unit"], body=body, asked_on=act.happened_on, due_on=due_on,
        **consents.shown(case),
    )  # fmt: skip


def enter_answer(case: Proposal, act: Act) -> None:
    """Write the answer into its asking; what came unasked is an asking and an answer of one day."""
    said = {
        "replied_on": act.happened_on, "result": act.facts["result"], "text": act.facts.get("text", ""),
        "adopted": act.facts.get("adopted", ""),
    }  # fmt: skip
    if not case.opinions.filter(uuid=act.facts["opinion"]).update(**said):
        facts = {"uuid": act.facts["opinion"], "unit": act.facts["unit"], "asked_on": act.happened_on}
        case.opinions.create(**facts, **said, **consents.shown(case))


def may_be_asked(case: Proposal, act: Act) -> Iterator[Reason]:
    """A unit or a body of the register is asked, and about the same lines only once at a time."""
    facts = act.facts
    chosen = _version(case, act)
    if facts.get("body") and chosen is None:
        yield Reason("NO_SUCH_BODY", "所选机构不在本区台账中或者已经撤销，请重新选择。")
    elif not chosen and not str(facts.get("unit") or "").strip():
        yield Reason("NO_UNIT", "请选择在册机构，不在册的请填写征求意见单位的名称。")
    else:
        name = chosen.name if chosen else facts["unit"].strip()
        for one in _same(case, name=name, body=chosen.body if chosen else None):
            if consents.stands(one, case):
                text = f"已于{one.asked_on:%Y-%m-%d}征求{name}对现方案的意见，尚未答复，请先登记其答复（含逾期未复）。"
                yield Reason("ALREADY_ASKED", text)


def one_is_meant(case: Proposal, act: Act) -> Iterator[Reason]:
    """An answer belongs to one asking, also where two bodies have one name."""
    if len(asked(case, act.facts["unit"])) > 1:
        name = act.facts["unit"]
        yield Reason("WHICH_ASKING", f"名称同为“{name}”的征求意见有两条以上尚未答复，请在列表中选择所答复的一条。")


def _same(case: Proposal, *, name: str, body: Body | None) -> list[Opinion]:
    """Return the open askings of one body of the register, or of one unit outside it however its name is written."""
    rows = open_askings(case).filter(body=body)
    return list(rows) if body else [one for one in rows if alike.same(one.unit, name)]


def _version(case: Proposal, act: Act) -> BodyVersion | None:
    known = uuid_in(act.facts.get("body"))
    rows = BodyVersion.objects.standing(on=act.happened_on).filter(body__territory=case.territory_id, body__uuid=known)
    return rows.select_related("body").first()


OPINION_PRECONDITIONS: Preconditions = MappingProxyType(
    {CaseStep.ASK_OPINION: (may_be_asked,), CaseStep.RECORD_OPINION: (one_is_meant,)}
)
