"""What the lines about bodies make of the register, and the organ places and posts that move with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from proposals.case.lines import ChangeOp
from proposals.case.particulars.kinds import Text
from proposals.case.particulars.table import Particulars as P
from proposals.ledger.models import Compartment
from proposals.ledger.places import COMMITTED, HELD, OCCUPIED, PLEDGED, VACANT, Place, at_body
from proposals.organisation.bodies import Succession
from proposals.plan.sheet import Job
from proposals.text import alike
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, Rank

COPIED = (
    P.name, P.short_name, P.nature, P.category, P.welfare_class, P.funding, P.ends_on, P.end_condition,
)  # fmt: skip
How = Succession.How
# What brings posts out of a compartment that keeps a body from closing.
ENDED_BY: Mapping[str, str] = {
    COMMITTED: "办理入编登记，或退回用编核准单", HELD: "办结占用编制的事项", PLEDGED: "办结占用编制的事项",
}  # fmt: skip


def create(job: Job) -> None:
    """A body comes into being with its organ place; a split body names what it came from."""
    line = job.line
    values = line.says.filled(*COPIED)
    values.setdefault("name", line.body_name)
    values.setdefault("category", _category_of_new(job))
    values["rank"] = line.rank if line.rank is not None else Rank.NONE.value
    values["parent"] = line.named if line.op == ChangeOp.CREATE_INNER else line.other
    values |= {"plates": [], "duties": list(line.says.duties), "tags": [], "code": ""}
    category = values["category"]
    job.move(job.grantor(category), at_body(job.body, category, OCCUPIED), 1)
    job.change(job.body, how="OPEN", **values)
    if line.op == ChangeOp.SPLIT and line.named:
        job.change(line.named, how="SUCCEED", successor=job.body, by=How.SPLIT)


def _category_of_new(job: Job) -> str:
    if job.line.op == ChangeOp.SPLIT and job.line.named:
        return job.sheet.facts[job.line.named]["category"]
    inner = {ChangeOp.CREATE_INNER: BodyCategory.INNER, ChangeOp.COORD_CREATE: BodyCategory.COORDINATION}
    return inner.get(ChangeOp(job.line.op), BodyCategory.OTHER)


def abolish(job: Job) -> None:
    """A body closes at zero: people go to the other body with their posts, the rest goes back to who granted it."""
    if job.line.other == job.body:
        message = f"{job.sheet.name(job.body)}的接收单位不能是本机构，请改填其他机构。"
        job.refuse(code="CIRCLE", place=at_body(job.body, BodyCategory.INNER), message=message)
        return
    for place, held in list(job.sheet.of_body(job.body)):
        is_leader_or_organ = place.unit in LeaderLevel or place.unit in BodyCategory
        if place.compartment == OCCUPIED and not is_leader_or_organ:
            _place_people(job, place.unit, held)
        elif held < 0:
            _cover_excess(job, place, -held)
        elif place.compartment in (VACANT, OCCUPIED):
            job.move(place, job.grantor(place.unit), held)
    _close(job)
    if job.line.other:
        job.change(job.body, how="SUCCEED", successor=job.line.other, by=How.REPLACED)


def _place_people(job: Job, unit: str, people: int) -> None:
    place = at_body(job.body, unit, OCCUPIED)
    if job.line.other is None:
        name = job.sheet.name(job.body)
        message = f"{name}尚有在编人员{people}名未安置；请填写接收单位，或另列随编划转。"
        job.refuse(code="PEOPLE", place=place, needed=people, message=message)
        return
    job.move(place, at_body(job.line.other, unit, OCCUPIED), people)


def _cover_excess(job: Job, place: Place, over: int) -> None:
    """Let the vacant posts of whoever takes the people over cover an imported excess: nothing closes below zero."""
    if job.line.other is None:
        label = UNIT_LABELS[place.unit]
        message = f"{job.sheet.name(job.body)}{label}超编{over}名，请填写接收单位，或先消化超编，再撤销。"
        job.refuse(code="PEOPLE", place=place, needed=over, message=message)
        return
    job.move(at_body(job.line.other, place.unit), place, over)


def merge(job: Job) -> None:
    """A body goes into another with everything it has; an excess is covered by the other's vacant posts."""
    sheet, body, other = job.sheet, job.body, job.other
    if _in_a_circle(job, what="并入"):
        return
    for place, held in list(sheet.of_body(body)):
        if place.unit in BodyCategory:
            job.move(place, job.grantor(place.unit), held)
        elif held < 0:
            job.move(at_body(other, place.unit), place, -held)
        elif place.compartment in (VACANT, OCCUPIED):
            job.move(place, place._replace(body=other), held)
    for child in sorted(sheet.children.pop(body, ())):
        job.change(child, parent=other)
    duties = [*sheet.facts[other].get("duties", []), *sheet.facts[body].get("duties", [])]
    job.change(other, duties=list(dict.fromkeys(duties)))
    _close(job)
    job.change(body, how="SUCCEED", successor=other, by=How.MERGED)


def _close(job: Job) -> None:
    sheet, body = job.sheet, job.body
    for place, n in sheet.of_body(body):
        if place.compartment not in (VACANT, OCCUPIED):
            what = Compartment(place.compartment).label
            message = f"{sheet.name(body)}尚有{what}{n}名，须先{ENDED_BY[place.compartment]}，机构才能撤并。"
            job.refuse(code="BUSY", place=place, needed=n, message=message)
    for (owner, unit), _ in sorted(sheet.loans.items(), key=str):
        if owner == body and (owed := sheet.loans.owed(body, unit)) > 0:
            message = f"{sheet.name(body)}尚有借用周转池的{UNIT_LABELS[unit]}{owed}名，须先归还，机构才能撤并。"
            job.refuse(code="BUSY", place=at_body(body, unit), needed=owed, message=message)
    if children := sheet.children.get(body):
        names = "、".join(sorted(sheet.name(child) for child in children))
        message = f"{sheet.name(body)}所属机构{names}尚未撤销或调整隶属关系。"
        job.refuse(code="OPEN", place=at_body(body, BodyCategory.INNER), message=message)
    _leave_parent(job)
    job.change(body, how="CLOSE")


def _in_a_circle(job: Job, *, what: str) -> bool:
    """Refuse a body that would come under itself; it and everything below it would stand nowhere any more."""
    sheet, body, other = job.sheet, job.body, job.other
    if not sheet.comes_under_itself(body=body, parent=other):
        return False
    name, below = sheet.name(body), sheet.name(other)
    message = f"{name}不能{what}本机构，请改填其他机构。"
    if body != other:
        message = f"{name}不能{what}其下属的{below}，请改填其他机构；确需如此的，请先调整{below}的隶属关系。"
    job.refuse(code="CIRCLE", place=at_body(body, BodyCategory.INNER), message=message)
    return True


def _leave_parent(job: Job) -> None:
    parent = job.sheet.facts[job.body].get("parent")
    if parent in job.sheet.children:
        job.sheet.children[parent] = job.sheet.children[parent] - {job.body}


def rename(job: Job) -> None:
    """A body takes another name."""
    job.change(job.body, **job.line.says.filled(P.name, P.short_name))


def rerank(job: Job) -> None:
    """A body is raised or lowered in rank."""
    job.change(job.body, rank=job.line.rank)


def reaffiliate(job: Job) -> None:
    """A body comes under another superior."""
    if _in_a_circle(job, what="隶属于"):
        return
    _leave_parent(job)
    job.change(job.body, parent=job.other)


def reclassify(job: Job) -> None:
    """A body changes class; a change of category needs a place under the cap of the new one."""
    values = job.line.says.filled(P.category, P.nature, P.welfare_class, P.funding)
    before, after = job.sheet.facts[job.body]["category"], values.get("category")
    if after and after != before:
        job.move(at_body(job.body, before, OCCUPIED), job.grantor(before), 1)
        job.move(job.grantor(after), at_body(job.body, after, OCCUPIED), 1)
    job.change(job.body, **values)


def listed(field: str, key: Text, *, keep: bool) -> Callable[[Job], None]:
    """Return the effect that adds an item to a list of the body, or takes it off."""

    def effect(job: Job) -> None:
        item = key.read(job.line.says.stored.get(key.key))
        kept = [value for value in job.sheet.facts[job.body].get(field, []) if not alike.same(value, item)]
        values: dict[str, Any] = {field: [*kept, item] if keep else kept}
        job.change(job.body, **values)

    return effect


def move_duty(job: Job) -> None:
    """A duty goes from one body to another: no duty is orphaned or kept twice."""
    duty = job.line.says.duty
    job.change(job.body, duties=[one for one in job.sheet.facts[job.body].get("duties", []) if one != duty])
    received = [*job.sheet.facts[job.other].get("duties", []), duty]
    job.change(job.other, duties=list(dict.fromkeys(received)))


def charter(job: Job) -> None:
    """A body receives a new charter (三定), with its duties where the line lists them."""
    says = job.line.says
    values: dict[str, Any] = {"charter": says.name or f"{job.sheet.name(job.body)}“三定”规定"}
    if says.duties:
        values["duties"] = list(says.duties)
    job.change(job.body, **values)


def correct(job: Job) -> None:
    """What was entered wrongly is entered right; nothing that decides or counts."""
    job.change(job.body, **job.line.says.fields)


def nothing(job: Job) -> None:
    """Neither posts nor facts change: a plan for the year, a rectification, a matter of another kind."""
