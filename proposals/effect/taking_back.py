"""How the correction of a founding paper takes back what it made of the register of bodies; nothing is rewritten.

A body that the paper opened closes, one that it closed stands again as the same body, changed facts return to what they
were: each as a version from the day of the correction, with its paper. Successions stay to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from proposals.effect import founding_papers, names
from proposals.effect.founding_papers import REOPENED, TAKEN_BACK, Founded, Made
from proposals.ledger.models import Account, Movement, Posting
from proposals.organisation import kinship
from proposals.organisation.bodies import Body, BodyVersion
from proposals.plan.loading import FACTS
from proposals.procedure import locks
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.vocabulary import BodyCategory

if TYPE_CHECKING:
    from proposals.procedure.entries import Entry
    from proposals.procedure.subjects import Register


def take_back(*, paper: Founded, entry: Entry, by: str) -> None:
    """Let every body stand from the day of the correction as if the paper had not been."""
    on = max(paper.on, entry.happened_on)
    coming = {one.body.uuid: one.before for one in paper.made if one.before is not None}
    facts = {
        body: {"name": one.name, "category": one.category, "parent": one.parent.uuid if one.parent else None}
        for body, one in coming.items()
    }
    if paper.made:
        territory = paper.made[0].body.territory_id
        names.claim(territory_id=territory, facts=facts, changing={one.body.uuid for one in paper.made}, on=on)
    for one in paper.made:
        if one.version is None:
            Body.objects.filter(pk=one.body.pk).update(closed_on=None)
            _again(one, REOPENED, on=on, entry=entry, by=by)
            continue
        BodyVersion.objects.filter(body=one.body, valid_to=None).update(valid_to=on)
        if one.before is None:
            Body.objects.filter(pk=one.body.pk).update(closed_on=on)
        else:
            _again(one, TAKEN_BACK, on=on, entry=entry, by=by)


def _again(one: Made, change: str, *, on: date, entry: Entry, by: str) -> None:
    before = one.before
    if before is not None:
        BodyVersion.objects.create(
            body=one.body, parent_id=before.parent_id, valid_from=on, change=change, paper=by, entry_hash=entry.hash,
            recorded_at=entry.at, **{name: getattr(before, name) for name in FACTS},
        )  # fmt: skip


def bodies_may_go_back(register: Register, act: Act) -> Iterator[Reason]:
    """A founding paper is corrected while nothing newer rests on what it made of the bodies."""
    paper = founding_papers.find(territory=register.territory, named=act.facts["posting"])
    if paper is None or not paper.made or (paper.posting is not None and hasattr(paper.posting, "reversed_by")):
        return
    on = max(paper.on, act.happened_on)
    locks.hold(Body.objects.filter(pk__in=[one.body.pk for one in paper.made]))  # a case may change one meanwhile
    newer = [reason for one in paper.made for reason in _newer(one, on)]
    yield from newer
    if not newer:
        yield from _left_behind(paper)
        yield from _in_the_way(paper)
        yield from _in_a_circle(paper, on)


def _newer(one: Made, on: date) -> Iterator[Reason]:
    """Say what changed the body since, and what is to be done first."""
    if one.version is None:
        return
    name, current = one.version.name, one.current
    if one.version not in one.standing:
        yield Reason("ALREADY_CORRECTED", f"《{one.version.paper}》对{name}的变动已经更正过。")
    elif current is None:
        yield Reason(
            "CLOSED_SINCE",
            f"{name}已于{one.body.closed_on}撤销（依据：{_closing_paper(one)}），请先更正该文件，再更正《{one.version.paper}》。",
        )
    elif one.standing[-1] != one.version:
        last = one.standing[-1]
        told = f"{last.name}在{last.valid_from}又由《{last.paper}》变动"
        yield Reason("CHANGED_SINCE", f"{told}，请先更正该文件，再更正《{one.version.paper}》，或另提动议事项调整。")
    elif current.valid_from > on:
        yield Reason("TOO_EARLY", f"{name}自{current.valid_from}起已有变动登记，请在该日以后办理更正。")


def _closing_paper(one: Made) -> str:
    """Return the paper by which a body gave its organ place back."""
    gone = Movement.objects.filter(
        source__body=one.body, unit=one.history[-1].category, posting__kind=Posting.Kind.POST, posting__reversed_by=None
    )
    return gone.order_by("-id").values_list("posting__paper", flat=True).first() or "见台账变动"


def _left_behind(paper: Founded) -> Iterator[Reason]:
    """A body that closes again has nothing but what the paper gave it, and nothing below it."""
    opened = {one.body.pk: one for one in paper.made if one.version is not None and one.before is None}
    left = {account.pk: account.balance for account in Account.objects.filter(body__in=opened)}
    bodies = dict(Account.objects.filter(body__in=opened).values_list("pk", "body"))
    for movement in paper.posting.movements.all() if paper.posting else ():
        for account, change in ((movement.target_id, -movement.n), (movement.source_id, movement.n)):
            if account in left:
                left[account] += change
    for body in sorted({bodies[account] for account, n in left.items() if n}):
        yield Reason(
            "LEFT_BEHIND",
            f"{_name(opened[body])}现有《{paper.paper}》以外形成的编制、人员或占用，请先调出、减员或释放，再办理更正。",
        )
    below = BodyVersion.objects.filter(valid_to=None, parent__in=opened).exclude(
        body__in=[one.body.pk for one in paper.made]
    )
    for version in below.order_by("body__code"):
        above = _name(opened[version.parent_id or 0])
        yield Reason("STILL_BELOW", f"{above}所属机构{version.name}尚未撤销或调整隶属关系，请先办理，再办理更正。")


def _in_the_way(paper: Founded) -> Iterator[Reason]:
    """What held before can hold again: its superior stands, and nobody else bears its name by now."""
    own = [one.body.pk for one in paper.made]
    coming = [one.before for one in paper.made if one.before is not None]
    others = BodyVersion.objects.filter(valid_to=None, body__territory=paper.made[0].body.territory).exclude(
        body__in=own
    )
    standing = set(others.values_list("body", flat=True)) | {version.body_id for version in coming}
    for version in coming:
        if version.parent_id and version.parent_id not in standing:
            yield Reason("NO_SUPERIOR", f"{version.name}原来的隶属机构已经撤销，请先更正撤销该机构的文件，再办理更正。")
        same = others.filter(name_key=version.name_key)
        inner = version.category == BodyCategory.INNER
        if (same.filter(parent=version.parent_id) if inner else same.exclude(category=BodyCategory.INNER)).exists():
            yield Reason("NAME_IN_USE", f"名称「{version.name}」现由另一机构使用，请先办理该机构更名，再办理更正。")


def _in_a_circle(paper: Founded, on: date) -> Iterator[Reason]:
    """What went under the body meanwhile may stand above the superior that it comes back to."""
    coming = [one.before for one in paper.made if one.before is not None]
    territory = paper.made[0].body.territory_id
    back = {version.body.uuid: version.parent.uuid if version.parent else None for version in coming}
    for tree in kinship.trees(territory_id=territory, since=on):
        for version in coming:
            parent = back[version.body.uuid]
            if kinship.comes_under_itself(body=version.body.uuid, parent=parent, tree={**tree, **back}):
                text = f"{version.name}将回到其现有下属机构之下，请先调整该下属机构的隶属关系，再办理更正。"
                yield Reason("UNDER_ITSELF", text)
                return


def _name(one: Made) -> str:
    return one.history[-1].name
