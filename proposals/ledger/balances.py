"""Every reading of the quota ledger: balances as of any day, totals, headroom, and the papers behind each number.

As of a day a movement counts from its effective day. `known_at` leaves out what was recorded later. Day totals are kept
by the database and an index holds what was recorded late or early, so a reading does not grow with the movements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils import timezone

from proposals.ledger.accounts import stood
from proposals.ledger.models import EARLY, LATE, Account, Compartment, DayTotal, Holder, Movement
from proposals.organisation.bodies import BodyVersion

if TYPE_CHECKING:
    from proposals.organisation.bodies import Body
    from proposals.organisation.people import Territory


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of one unit with one holder; 核定 is all of them together, 实有 includes who is about to move."""

    vacant: int = 0
    committed: int = 0
    occupied: int = 0
    held: int = 0
    pledged: int = 0

    @property
    def approved(self) -> int:
        """核定: the posts that were approved, filled or not."""
        return self.vacant + self.committed + self.occupied + self.held + self.pledged

    @property
    def actual(self) -> int:
        """实有: the people who are there."""
        return self.occupied + self.pledged

    @property
    def over(self) -> int:
        """超编: how far an imported excess stands below zero."""
        return max(0, -self.vacant)

    def __add__(self, other: Standing) -> Standing:
        """Add two standings, compartment by compartment."""
        return Standing(
            self.vacant + other.vacant,
            self.committed + other.committed,
            self.occupied + other.occupied,
            self.held + other.held,
            self.pledged + other.pledged,
        )


NOTHING = Standing()


def balance(*, accounts: QuerySet[Account], as_of: date, known_at: datetime | None = None) -> int:
    """Return what stands on the accounts together as of a day, as it was known at a moment (now by default)."""
    return sum(n for *_, n in _sums(accounts, as_of, known_at))


def lowest(*, accounts: QuerySet[Account], since: date) -> tuple[int, date]:
    """Return the least that the accounts together close with from a day on, and the first day on which they do."""
    days = DayTotal.objects.filter(account__in=accounts, day__gt=since).order_by("day")
    changes = days.values_list("day").annotate(change=Sum("incoming") - Sum("outgoing"))
    now = balance(accounts=accounts, as_of=since)
    least, on = now, since
    for day, change in changes:
        now += change
        if now < least:
            least, on = now, day
    return least, on


def standing(
    *, territory: Territory, as_of: date, known_at: datetime | None = None, bodies: Iterable[Body] | None = None
) -> dict[tuple[int, str], Standing]:
    """Return the numbers of bodies by (body id, unit): of these bodies, or of all that have any."""
    accounts = Account.objects.filter(territory=territory, holder=Holder.BODY)
    if bodies is not None:
        accounts = accounts.filter(body__in=list(bodies))
    found: dict[tuple[int, str], dict[str, int]] = {}
    for _, body, unit, compartment, n in _sums(accounts, as_of, known_at):
        if n and body is not None:
            numbers = found.setdefault((body, unit), {})
            name = Compartment(compartment).name.lower()
            numbers[name] = numbers.get(name, 0) + n
    return {place: Standing(**numbers) for place, numbers in found.items()}


def _sums(
    accounts: QuerySet[Account], as_of: date, known_at: datetime | None
) -> Iterable[tuple[str, int | None, str, str, int]]:
    """Sum what stood by holder, body, unit and compartment: one closing an account, amended to what was known."""
    columns = ("holder", "body", "unit", "compartment")
    day = as_of if known_at is None else min(as_of, timezone.localdate(known_at))
    sums: dict[tuple, int] = {}
    for *place, n in accounts.order_by().annotate(n=stood(as_of=day)).values_list(*columns, "n"):
        sums[tuple(place)] = sums.get(tuple(place), 0) + n
    for movements, sign in _amendments(as_of, known_at) if known_at is not None else ():
        for end, way in (("source", -sign), ("target", sign)):
            names = [f"{end}__{column}" for column in columns]
            rows = movements.filter(**{f"{end}__in": accounts}).order_by().values_list(*names).annotate(total=Sum("n"))
            for *place, n in rows:
                sums[tuple(place)] = sums.get(tuple(place), 0) + way * n
    return [(*place, n) for place, n in sums.items()]


def _amendments(as_of: date, known_at: datetime) -> Iterator[tuple[QuerySet[Movement], int]]:
    """Yield what turns a closing of `as_of`, or of the moment's own day if earlier, into what was known (ADR 12).

    Taken off: what was recorded after the moment, late or on the moment's own day. Added: what was recorded early by
    then and takes effect between that day and `as_of`. An index holds exactly the late, another the early ones.
    """
    today = timezone.localdate(known_at)
    yield Movement.objects.filter(LATE, effective_on__lte=min(as_of, today), recorded_at__gt=known_at), -1
    if as_of >= today:
        midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min))
        of_its_day = Movement.objects.filter(recorded_at__gt=known_at, recorded_at__lt=midnight)
        yield of_its_day.filter(recorded_on=today, effective_on=today), -1
    if as_of > today:
        early = Movement.objects.filter(EARLY, recorded_at__lte=known_at)
        yield early.filter(effective_on__gt=today, effective_on__lte=as_of), 1


def totals(*, territory: Territory, as_of: date, known_at: datetime | None = None) -> dict[str, tuple[int, int | None]]:
    """Return by unit what the district has in all and its headroom; headroom None where no total is kept.

    What the district has is what the city's accounts lack, because every movement balances.
    """
    accounts = Account.objects.filter(territory=territory, holder__in=(Holder.POOL, Holder.CITY))
    found: dict[str, int] = {}
    pools: dict[str, int] = {}
    for holder, _, unit, _, n in _sums(accounts, as_of, known_at):
        held = found if holder == Holder.CITY else pools
        held[unit] = held.get(unit, 0) + (-n if holder == Holder.CITY else n)
    return {unit: (n, pools.get(unit)) for unit, n in found.items() if n or pools.get(unit)}


def reserved(*, territory: Territory, as_of: date) -> dict[str, int]:
    """Return by unit what cases have reserved of the district's pool as of a day."""
    accounts = Account.objects.filter(territory=territory, holder=Holder.POOL).exclude(case=None)
    return {unit: n for _, _, unit, _, n in _sums(accounts, as_of, None)}


def of_talent_pool(*, territory: Territory, as_of: date) -> list[tuple[str, str, int]]:
    """Return what stands on the accounts of the pool of talent as of a day: unit, compartment, number."""
    accounts = Account.objects.filter(territory=territory, holder=Holder.TALENT)
    return [(unit, compartment, n) for _, _, unit, compartment, n in _sums(accounts, as_of, None)]


def by_category(*, territory: Territory, as_of: date) -> dict[tuple[str, str], Standing]:
    """Return the numbers of bodies by (category of the body, unit) as of a day."""
    versions = BodyVersion.objects.standing(on=as_of).filter(body__territory=territory)
    categories = dict(versions.values_list("body", "category"))
    found: dict[tuple[str, str], Standing] = {}
    for (body, unit), numbers in standing(territory=territory, as_of=as_of).items():
        if body in categories:
            place = categories[body], unit
            found[place] = found.get(place, NOTHING) + numbers
    return found


def broken_closings() -> Iterator[str]:
    """Name every day whose closing number is not the sum of what went in and out until then (there is none)."""
    rows = DayTotal.objects.order_by("account_id", "day")
    columns = ("account_id", "account__key", "day", "incoming", "outgoing", "closing")
    running: dict[int, int] = {}
    for account, key, day, incoming, outgoing, closing in rows.values_list(*columns).iterator(chunk_size=2000):
        running[account] = running.get(account, 0) + incoming - outgoing
        if closing != running[account]:
            yield f"台账账户{key}在{day}的结存记为{closing}，按日计应为{running[account]}。"
