"""Which days of the ledger are closed, how a period is closed, and whether what was closed still stands (ADR 11)."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from proposals.ledger.closed_periods import ClosedPeriod
from proposals.ledger.models import Account, DayTotal, Movement, Posting
from proposals.organisation.people import Territory
from proposals.prepared import Prepared
from proposals.procedure import chronicle
from proposals.procedure.entries import Entry


class Closing(NamedTuple):
    """One closed period as it is shown: who closed it when and why, the hash of the record and the digest."""

    through: date
    who: str
    at: datetime
    reason: str
    paper: str
    record: str
    digest: str


def closings(*, territory: Territory, as_of: date) -> list[Closing]:
    """Return the periods closed by the end of a day, newest first: two queries."""
    periods = list(ClosedPeriod.objects.filter(territory=territory))
    written = Entry.objects.filter(hash__in=[period.entry_hash for period in periods], happened_on__lte=as_of)
    entries = {entry.hash: entry for entry in written}
    return [_shown(period, entries[period.entry_hash]) for period in periods if period.entry_hash in entries]


def _shown(period: ClosedPeriod, entry: Entry) -> Closing:
    body = json.loads(entry.body)
    actor, facts = body["actor"], body["facts"]
    who, at = f"{actor['name']}（{actor['post']}）", timezone.localtime(entry.at)
    return Closing(period.through, who, at, facts["reason"], facts.get("paper", ""), entry.hash, period.digest)


LAST_CLOSED: Prepared[date] = Prepared(
    lambda territory: (
        ClosedPeriod.objects.filter(territory=territory).order_by("-through").values_list("through", flat=True)[:1]
    )
)


def last_closed(*, territory_id: int) -> date | None:
    """Return the day up to which the ledger is closed; None while nothing is."""
    return next(iter(LAST_CLOSED(territory=territory_id)), None)


def open_day(*, territory_id: int, day: date) -> date:
    """Return the day from which something counts that happened on a day and is recorded now: the first open one."""
    return first_open(day=day, closed=LAST_CLOSED(territory=territory_id))


def first_open(*, day: date, closed: Iterable[date]) -> date:
    """Return the first day from a day on that stands after what is closed."""
    return max([day, *(one + timedelta(days=1) for one in closed)])


def objection(*, territory_id: int, day: date, what: str) -> str:
    """Return why somebody may not choose a day, in a sentence that names what the day is; empty when it is open."""
    closed = last_closed(territory_id=territory_id)
    if closed is None or day > closed:
        return ""
    first = closed + timedelta(days=1)
    return (
        f"台账已封存至{closed.isoformat()}，{what}不能是{day.isoformat()}，请改为{first.isoformat()}或以后的日期；"
        "封存前的登记有误的，请办理「台账更正」。"
    )


def seal(*, territory_id: int, through: date) -> str:
    """Return the digest of what stands on every account at the end of a day; nothing is posted until the act ends.

    A movement shares its territory's row until its act ends (its trigger sees to that), and this lock waits for it.
    """
    Territory.objects.select_for_update().get(pk=territory_id)
    closings = DayTotal.objects.filter(account=OuterRef("pk"), day__lte=through).order_by("-day").values("closing")
    accounts = Account.objects.filter(territory=territory_id).order_by().annotate(n=Subquery(closings[:1]))
    return digest_of(through=through, numbers=dict(accounts.filter(n__isnull=False).values_list("key", "n")))


def enter(*, territory_id: int, through: date, digest: str, entry: Entry) -> ClosedPeriod:
    """Close the ledger through a day, with the digest that `seal` gave."""
    last = Posting.objects.filter(territory=territory_id).latest("id")
    return ClosedPeriod.objects.create(
        territory_id=territory_id, through=through, last_posting=last, digest=digest, entry_hash=entry.hash
    )


def digest_of(*, through: date, numbers: Mapping[str, int]) -> str:
    """Return the digest of what stands on accounts by their keys; empty ones make no difference."""
    return chronicle.digest({"through": through, "accounts": {key: n for key, n in numbers.items() if n}})


def broken_periods() -> Iterator[str]:
    """Say which closed periods are not what their movements make of them, or had something put into them afterwards."""
    periods: dict[Territory, list[ClosedPeriod]] = {}
    for period in ClosedPeriod.objects.select_related("territory").order_by("territory_id", "through"):
        periods.setdefault(period.territory, []).append(period)
    for territory, closed in periods.items():
        yield from (f"{territory}{fault}" for fault in _broken(territory, closed))


def _broken(territory: Territory, periods: Sequence[ClosedPeriod]) -> Iterator[str]:
    """Walk the movements once: each belongs to the first period that covers its day and was closed after it."""
    days, lasts = [period.through for period in periods], [period.last_posting_id for period in periods]
    changes: list[dict[str, int]] = [{} for _ in periods]
    columns = ("posting_id", "posting__kind", "effective_on", "source__key", "target__key", "n")
    rows = Movement.objects.filter(posting__territory=territory, effective_on__lte=days[-1]).order_by()
    late: dict[int, date] = {}
    for posting, kind, day, source, target, n in rows.values_list(*columns).iterator(chunk_size=2000):
        covering = bisect_left(days, day)
        if posting > lasts[covering] and kind != Posting.Kind.REVERSAL:
            late[posting] = days[covering]
        known = max(covering, bisect_left(lasts, posting))
        if known < len(periods):
            changes[known][source] = changes[known].get(source, 0) - n
            changes[known][target] = changes[known].get(target, 0) + n
    for posting, through in sorted(late.items()):
        yield f"台账已封存至{through}，封存后又有在此之前生效的变动（第{posting}号）。"
    numbers: dict[str, int] = {}
    for period, changed in zip(periods, changes, strict=True):
        for key, n in changed.items():
            numbers[key] = numbers.get(key, 0) + n
        if digest_of(through=period.through, numbers=numbers) != period.digest:
            yield f"台账封存至{period.through}时的结存，与按封存前各次变动重新计算的不符。"
