"""How the accounts and facts that some lines concern are copied from the database into a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.case.snapshots import STANDING, CaseReading
from proposals.ledger.accounts import stood
from proposals.ledger.models import Account, DayTotal, Holder
from proposals.ledger.places import HELD, PLEDGED, Place
from proposals.organisation import body_words, kinship
from proposals.organisation.bodies import Body, BodyVersion
from proposals.plan.sheet import Sheet
from proposals.prepared import PreparedIn
from proposals.procedure import locks
from proposals.read_together import read_together
from proposals.side_registers import named_rows
from proposals.use_of_posts import pool
from proposals.vocabulary import BodyCategory

FACTS = (
    "name", "short_name", "rank", "nature", "category", "credit_code", "welfare_class", "funding", "plates", "duties",
    "charter", "ends_on", "end_condition", "tags",
)  # fmt: skip
SHARED = (Holder.POOL, Holder.TALENT, Holder.CITY)
# These look at what belongs to the body as well.
FAMILY = (
    ChangeOp.ABOLISH, ChangeOp.ABOLISH_INNER, ChangeOp.COORD_ABOLISH, ChangeOp.MERGE, ChangeOp.MERGE_INNER,
    ChangeOp.REAFFILIATE,
)  # fmt: skip

# These bring a body, or what belongs to it, under another.
MOVING = (ChangeOp.MERGE, ChangeOp.MERGE_INNER, ChangeOp.REAFFILIATE)


class Concerned(NamedTuple):
    """What is true on a day of the bodies that the lines of a case name, by key, and their and the common accounts."""

    standing: Mapping[int, BodyVersion]
    accounts: tuple[Any, ...]


def concerned(reading: CaseReading, *, on: date) -> Concerned:
    """Return what a reading knows of the bodies of its case on a day; both are read in one statement."""
    return reading.once(("concerned", on), lambda: _together(reading, on))


def standing(reading: CaseReading, *, on: date) -> Mapping[int, BodyVersion]:
    """Return what is true on a day of the bodies, by key; with the accounts where the plan follows."""
    return concerned(reading, on=on).standing if reading.plans else reading.standing(on)


def _together(reading: CaseReading, on: date) -> Concerned:
    case = reading.case
    bodies = sorted({pk for line in case.change_lines for pk in (line.body_id, line.counterpart_id) if pk})
    if not bodies:
        return Concerned({}, tuple(_accounts([], case.territory_id, on, locked=False, past=False)))
    accounts = _WITH_DIPS.ask(bodies, territory=case.territory_id, on=on)
    versions, known = read_together(STANDING.ask(bodies, on=on), accounts, using=case._state.db)
    found = {one.body_id: one for one in versions}
    return Concerned(reading.once(("standing", on), lambda: found), tuple(known))


def load(
    *, territory_id: int, lines: Iterable[ChangeLine], as_of: date, case: UUID | None = None, locked: bool = False,
    past: bool = False, standing: Mapping[int, BodyVersion] | None = None,
    accounts: Iterable[Any] | None = None,
) -> Sheet:  # fmt: skip
    """Copy what the lines concern into a sheet: two queries, one for each register beside the ledger
    they name, and one for the tree of bodies where they move one.

    `locked` locks rows beside the ledger, bodies and accounts until the end, each by id, before they are read.
    What a place holds is what may leave it on the day: the least that it closes with on that day or any later one.
    A `past` day is only looked at: then the sheet holds what stood on that day. `standing` is what is true on the day
    of the bodies that the lines name, and `accounts` theirs and the common ones, where that was read already.
    """
    lines = list(lines)
    bodies = {body.uuid for line in lines for body in (line.body, line.counterpart) if body}
    family = {line.named for line in lines if line.op in FAMILY}
    if locked:
        locks.hold(*named_rows.named(lines=lines), Body.objects.filter(uuid__in=bodies))
    named = named_rows.read(lines=lines, as_of=as_of)
    sheet = Sheet(posts={}, facts={}, case=case, rows=named, plans=named_rows.plans(lines=lines))
    _read_facts(sheet, as_of, _versions(as_of, bodies, family - {None}, standing), family, past)
    if any(line.op in MOVING for line in lines):
        sheet.trees = kinship.trees(territory_id=territory_id, since=as_of)
    theirs = list(sheet.body_ids.values())
    if accounts is None or locked or past or family - {None}:
        accounts = _accounts(theirs, territory_id, as_of, locked=locked, past=past)
    for account in (one for one in accounts if one.body_id is None or one.body_id in theirs):
        body = account.body.uuid if account.body else None
        place = Place(account.holder, body, account.unit, account.compartment, account.case)
        sheet.posts[place] = account.there if past else account.balance - _dip(account)
        sheet.ids[place] = account.pk
    if any(place.holder == Holder.TALENT for place in sheet.posts) or any(line.op in pool.POOL_LINES for line in lines):
        sheet.loans = pool.owed(territory_id=territory_id)
    sheet.decided = any(n > 0 and p.case == case and p.compartment in (HELD, PLEDGED) for p, n in sheet.posts.items())
    return sheet


def _concerned(bodies: list[Any], territory: Any) -> QuerySet[Account]:
    rows = Account.objects.filter(Q(body__id__in=bodies) | Q(holder__in=SHARED, territory=territory))
    return rows.order_by("id").select_related("body")


def _accounts(bodies: list[int], territory: int, as_of: date, *, locked: bool, past: bool) -> Iterable[Any]:
    """Return the accounts of the bodies and of the territory itself, with what is read of their days."""
    if bodies and not locked and not past:
        return _WITH_DIPS(bodies, territory=territory, on=as_of)
    rows = _concerned(bodies, territory)
    rows = rows.annotate(there=stood(as_of=as_of)) if past else _with_dips(rows, as_of)
    return locks.locked_rows(rows) if locked else rows


def _with_dips(accounts: QuerySet[Account], as_of: Any) -> QuerySet[Any]:
    days = DayTotal.objects.filter(account=OuterRef("pk"))
    later = days.filter(day__gt=as_of).order_by().values("account").annotate(least=Min("closing")).values("least")
    last = days.order_by("-day").values("closing")[:1]
    return accounts.annotate(then=stood(as_of=as_of), least=Subquery(later), last=Subquery(last))


_WITH_DIPS: PreparedIn[Any] = PreparedIn(lambda values, territory, on: _with_dips(_concerned(values, territory), on))


def _dip(account: Any) -> int:
    """Return how far the account lies below its balance on the worst day from then on.

    A balance is read fresh under its lock, day totals as they stood before; so only their differences are used.
    """
    return 0 if account.least is None else account.last - min(account.then, account.least)


_NAMED: PreparedIn[BodyVersion] = PreparedIn(
    lambda values, on: (
        BodyVersion.objects.standing(on=on).filter(body__uuid__in=values).select_related("body", "parent")
    )
)


def _versions(
    on: date, bodies: set[UUID], family: set[Any], standing: Mapping[int, BodyVersion] | None
) -> Iterable[BodyVersion]:
    """Return the standing versions of the bodies, and of what stands under those of the family."""
    if not family and standing is not None:
        return standing.values()
    if not family:
        return _NAMED(bodies, on=on)
    which = Q(body__uuid__in=bodies) | Q(parent__uuid__in=family)
    return BodyVersion.objects.standing(on=on).filter(which).select_related("body", "parent")


def _read_facts(
    sheet: Sheet, as_of: date, versions: Iterable[BodyVersion], family: set[UUID | None], past: bool
) -> None:
    for version in versions:
        body, parent = version.body.uuid, version.parent.uuid if version.parent else None
        sheet.facts[body] = {name: getattr(version, name) for name in FACTS} | {"parent": parent}
        sheet.body_ids[body] = version.body_id
        if version.body.closed_on is not None and not past:
            sheet.gone[body] = f"已定于{version.body.closed_on.isoformat()}撤销"
        if parent in family and parent is not None:
            sheet.children.setdefault(parent, set()).add(body)
    inner = {pk: body for body, pk in sheet.body_ids.items() if sheet.facts[body]["category"] == BodyCategory.INNER}
    if inner:
        placed = body_words.places(bodies=inner, on=as_of)
        sheet.places = {inner[pk]: place for pk, place in placed.items()}
