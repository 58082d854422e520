"""What the lines about quotas and leader posts move in the ledger."""

from __future__ import annotations

from proposals.case.lines import ChangeOp
from proposals.ledger.models import Holder
from proposals.ledger.places import COMMITTED, OCCUPIED, PLEDGED, VACANT, at_body, outside
from proposals.plan.sheet import Job
from proposals.side_registers.named_rows import RowChange
from proposals.use_of_posts.loans import LENDERS
from proposals.vocabulary import UNIT_LABELS


def add(job: Job) -> None:
    """Posts come from whom the line names; leader posts come from the city unless it says otherwise."""
    from_city = job.line.op == ChangeOp.LEADER_ADD and job.line.says.source is None
    source = outside(Holder.CITY, job.unit) if from_city else job.grantor(job.unit)
    job.move(source, at_body(job.body, job.unit), job.n)


def cut(job: Job) -> None:
    """Vacant posts go back to whoever granted them."""
    job.move(at_body(job.body, job.unit), job.grantor(job.unit), job.n)
    _keep_loans(job)


def _keep_loans(job: Job) -> None:
    """Refuse the line when the body would have less of a type than it has on loan: what is lent only goes back."""
    sheet, body, unit = job.sheet, job.body, job.unit
    owed = sheet.loans.owed(body, unit)
    if owed > sheet.approved(body, unit):
        text = f"{sheet.name(body)}借用人才周转池{UNIT_LABELS[unit]}{owed}名，借用的编制不得划出或核减，请先归还。"
        job.refuse(code="ROW", place=at_body(body, unit), needed=owed, message=text)


def grow_pool(job: Job) -> None:
    """Posts that are not given away are set aside for the pool of talent."""
    before = _pool_stock(job)
    job.move(job.grantor(job.unit), outside(Holder.TALENT, job.unit), job.n)
    _note_pool(job, before)


def shrink_pool(job: Job) -> None:
    """Posts that the pool has not lent go back to whoever granted them."""
    before = _pool_stock(job)
    job.move(outside(Holder.TALENT, job.unit), job.grantor(job.unit), job.n)
    _note_pool(job, before)


def _pool_stock(job: Job) -> int:
    """Return what was approved for the pool: what it has, and what it lent."""
    sheet = job.sheet
    has = sum(n for place, n in sheet.posts.items() if (place.holder, place.unit) == (Holder.TALENT, job.unit))
    return has + sum(owed.get(Holder.TALENT, 0) for (_, unit), owed in sheet.loans.items() if unit == job.unit)


def _note_pool(job: Job, before: int) -> None:
    after = _pool_stock(job)
    label = UNIT_LABELS[job.unit]
    change = RowChange(
        job.line.uuid, job.line.op, None, Holder.TALENT.label, label, f"{before}名", f"{after}名", job.line.remark, {}
    )
    job.sheet.row_changes.append(change)


def use_pool(job: Job) -> None:
    """Posts are lent from the pool of talent, never more than it has."""
    job.move(outside(Holder.TALENT, job.unit), at_body(job.body, job.unit), job.n)
    job.sheet.loans.lend(Holder.TALENT, job.body, job.unit, job.n)


def return_to_pool(job: Job) -> None:
    """Lent posts go back to whoever lent them, never more than the body has on loan."""
    sheet, left = job.sheet, job.n
    owed = sheet.loans.get((job.body, job.unit), {})
    if (lent := sheet.loans.owed(job.body, job.unit)) < job.n:
        words = f"借用周转池{UNIT_LABELS[job.unit]}{lent}名" if lent else f"没有借用周转池{UNIT_LABELS[job.unit]}"
        text = f"{sheet.name(job.body)}{words}，不能归还{job.n}名，请核对归还数。"
        job.refuse(code="ROW", place=at_body(job.body, job.unit), needed=job.n, message=text)
        return
    for lender in LENDERS:
        part = min(left, owed.get(lender, 0))
        job.move(at_body(job.body, job.unit), outside(lender, job.unit), part)
        sheet.loans.lend(lender, job.body, job.unit, -part)
        left -= part


def transfer(job: Job) -> None:
    """Posts go from body to body; `people` of them go with those who sit on them."""
    people = _people(job, default=0)
    for compartment, part in ((OCCUPIED, people), (VACANT, job.n - people)):
        job.move(at_body(job.body, job.unit, compartment), at_body(job.other, job.unit, compartment), part)
    _keep_loans(job)


def level_up(job: Job) -> None:
    """Posts and people leave the district for the city."""
    people = _people(job, default=job.n)
    for compartment, part in ((OCCUPIED, people), (VACANT, job.n - people)):
        job.move(at_body(job.body, job.unit, compartment), outside(Holder.CITY, job.unit, compartment), part)
    _keep_loans(job)


def level_down(job: Job) -> None:
    """Posts and people come down from the city."""
    said = job.line.says.people
    people = job.n if said is None else min(job.n, said)
    for compartment, part in ((OCCUPIED, people), (VACANT, job.n - people)):
        job.move(outside(Holder.CITY, job.unit, compartment), at_body(job.body, job.unit, compartment), part)


def convert(job: Job) -> None:
    """Posts of one type become posts of another, through whoever grants each (two movements)."""
    to_unit = str(job.line.says.to_unit)
    job.move(at_body(job.body, job.unit), job.grantor(job.unit), job.n)
    job.move(job.grantor(to_unit), at_body(job.body, to_unit), job.n)
    _keep_loans(job)


def use(job: Job) -> None:
    """Vacant posts may be filled (用编核准); they are committed until they are filled or the permit expires."""
    job.move(at_body(job.body, job.unit), at_body(job.body, job.unit, COMMITTED, job.sheet.case), job.n)


def _people(job: Job, *, default: int) -> int:
    """Return how many people go along; after the decision only those who were pledged and have not left since."""
    people = min(job.n, job.line.says.people or default)
    if job.sheet.decided:
        pledged = at_body(job.body, job.unit, PLEDGED, job.sheet.case)
        people = min(people, job.sheet.posts.get(pledged, 0))
    return people
