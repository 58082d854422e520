"""What the lines about quotas and leader posts move in the ledger."""

from __future__ import annotations

from proposals.models.change import ChangeOp
from proposals.models.quota import Holder
from proposals.sheet import COMMITTED, OCCUPIED, PLEDGED, VACANT, Job, at_body, outside


def add(job: Job) -> None:
    """Posts come from whom the line names; leader posts come from the city unless it says otherwise."""
    from_city = job.line.op == ChangeOp.LEADER_ADD and "source" not in job.line.params
    source = outside(Holder.CITY, job.unit) if from_city else job.grantor(job.unit)
    job.move(source, at_body(job.body, job.unit), job.n)


def cut(job: Job) -> None:
    """Vacant posts go back to whoever granted them."""
    job.move(at_body(job.body, job.unit), job.grantor(job.unit), job.n)


def use_pool(job: Job) -> None:
    """Posts are lent from the district's pool."""
    job.move(outside(Holder.POOL, job.unit), at_body(job.body, job.unit), job.n)


def return_to_pool(job: Job) -> None:
    """Lent posts go back to the district's pool."""
    job.move(at_body(job.body, job.unit), outside(Holder.POOL, job.unit), job.n)


def transfer(job: Job) -> None:
    """Posts go from body to body; `people` of them go with those who sit on them (practice P19)."""
    people = _people(job, default=0)
    for compartment, part in ((OCCUPIED, people), (VACANT, job.n - people)):
        job.move(at_body(job.body, job.unit, compartment), at_body(job.other, job.unit, compartment), part)


def level_up(job: Job) -> None:
    """Posts and people leave the district for the city (practice P9)."""
    people = _people(job, default=job.n)
    for compartment, part in ((OCCUPIED, people), (VACANT, job.n - people)):
        job.move(at_body(job.body, job.unit, compartment), outside(Holder.CITY, job.unit, compartment), part)


def level_down(job: Job) -> None:
    """Posts and people come down from the city."""
    people = min(job.n, int(job.line.params.get("people", job.n)))
    for compartment, part in ((OCCUPIED, people), (VACANT, job.n - people)):
        job.move(outside(Holder.CITY, job.unit, compartment), at_body(job.body, job.unit, compartment), part)


def convert(job: Job) -> None:
    """Posts of one type become posts of another, through whoever grants each (two movements)."""
    to_unit = job.line.params["to_unit"]
    job.move(at_body(job.body, job.unit), job.grantor(job.unit), job.n)
    job.move(job.grantor(to_unit), at_body(job.body, to_unit), job.n)


def use(job: Job) -> None:
    """Vacant posts may be filled (用编核准); they are committed until they are filled or the permit expires."""
    job.move(at_body(job.body, job.unit), at_body(job.body, job.unit, COMMITTED, job.sheet.case), job.n)


def _people(job: Job, *, default: int) -> int:
    """Return how many people go along; after the decision only those who were pledged and have not left since."""
    people = min(job.n, int(job.line.params.get("people") or default))
    if job.sheet.decided:
        pledged = at_body(job.body, job.unit, PLEDGED, job.sheet.case)
        people = min(people, job.sheet.posts.get(pledged, 0))
    return people
