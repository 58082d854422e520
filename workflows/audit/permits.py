"""What the ledger says of approved and unfilled posts and of reservations, held against permits and open cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import Sum

from proposals.effect import permits
from proposals.ledger.models import Compartment
from proposals.models import Account, Entry, Movement, Permit, Posting, ProblemItem, Proposal, UsePlan
from proposals.register.lifecycle import RegisterStep
from proposals.vocabulary import State

# A case holds posts from its decision until its paper is out or its matter has come to nothing.
HOLDING = (
    State.APPROVED, State.APPROVED_AMENDED, State.MINUTES_DRAFT, State.MINUTES_SIGNED, State.PARTY_COMMITTEE,
    State.OFFICE_DECIDED, State.DISPATCHING, State.PACKAGED, State.FILED, State.CITY_RECEIVED, State.CITY_ACCEPTED,
    State.CITY_RETURNED, State.CITY_APPROVED, State.CITY_RECORDED, State.DISPATCHING_DOWN,
)  # fmt: skip
GIVEN_BY = (Posting.Kind.OPENING, Posting.Kind.POST)
AGAINST: Mapping[str, str] = {
    RegisterStep.ENROL: Posting.Kind.ENROL, RegisterStep.EXPIRE_PERMIT: Posting.Kind.EXPIRE,
    RegisterStep.HAND_BACK_PERMIT: Posting.Kind.HAND_BACK,
}  # fmt: skip
# The facts of a step that say until when posts may be filled.
UNTIL = ("expires_on", "permitted_until")


def committed() -> Iterator[str]:
    """Say which posts are approved and not filled without a permit, and which permits are not what committed them."""
    for account in permits.without_permit():
        yield f"台账账户{account.key}：已核未入{account.balance}名，没有相应的用编核准单。"
    given = dict(
        Movement.objects.filter(target__compartment=Compartment.COMMITTED, posting__kind__in=GIVEN_BY)
        .order_by()
        .values_list("target")
        .annotate(n=Sum("n"))
    )
    told = _told()
    for permit in Permit.objects.select_related("account").order_by("id"):
        place = f"用编核准单「{permit}」"
        account = permit.account
        if account.compartment != Compartment.COMMITTED or account.case != permit.case:
            yield f"{place}所指的台账账户{account.key}不是本单的已核未入。"
        elif given.get(account.pk, 0) != permit.n:
            yield f"{place}核准{permit.n}名，台账核入{given.get(account.pk, 0)}名。"
        wanted = next((one for name in UNTIL if (one := told.get(permit.entry_hash, {}).get(name))), None)
        if wanted and wanted != permit.expires_on.isoformat():
            yield f"{place}有效期至{permit.expires_on.isoformat()}，办理记录为{wanted}。"
    yield from _against_permits()


def _told() -> dict[str, Mapping[str, Any]]:
    """Return the facts of the entries that made permits, by hash."""
    hashes = Permit.objects.exclude(entry_hash="").values("entry_hash")
    rows = Entry.objects.filter(hash__in=hashes).exclude(step=RegisterStep.IMPORT_OPENING).values_list("hash", "body")
    return {found: json.loads(body)["facts"] for found, body in rows}


def _against_permits() -> Iterator[str]:
    """Say which people came in, or posts went back, against another permit than their entry names."""
    accounts = {str(uuid): account for uuid, account in Permit.objects.values_list("uuid", "account")}
    for entry in Entry.objects.filter(step__in=AGAINST).order_by("pk"):
        facts = json.loads(entry.body)["facts"]
        rows = Movement.objects.filter(posting__entry_hash=entry.hash, posting__kind=AGAINST[entry.step])
        moved = dict(rows.order_by().values_list("source").annotate(n=Sum("n")))
        named = facts.get("permit")
        if named and set(moved) - {accounts.get(named)}:
            yield f"第{entry.seq}条（{entry.step}）动用了别的用编核准单的编制。"
        elif entry.step == RegisterStep.HAND_BACK_PERMIT and sum(moved.values()) != facts["count"]:
            yield f"第{entry.seq}条（{entry.step}）退回{facts['count']}名，台账实际变动{sum(moved.values())}名。"


def plans() -> Iterator[str]:
    """Say which plans of use do not follow each other: of one year, body and type only the newest stands."""
    rows = UsePlan.objects.select_related("body").order_by("territory_id", "year", "body_id", "unit", "id")
    for _, found in groupby(rows, key=lambda row: (row.territory_id, row.year, row.body_id, row.unit)):
        chain = list(found)
        ends = [*(row.since - timedelta(days=1) for row in chain[1:]), None]
        for row, end in zip(chain, ends, strict=True):
            if row.until != end:
                yield f"{row.body.code}的年度用编计划「{row}」止于{row.until or '——'}，按后一计划应为{end or '——'}。"


def held() -> Iterator[str]:
    """Say which posts are kept for a case that is unknown, has come to its end, or was never decided."""
    kept = Account.objects.filter(compartment__in=(Compartment.HELD, Compartment.PLEDGED)).exclude(balance=0)
    rows = list(kept.order_by("id"))
    cases = {case.uuid: case for case in Proposal.objects.filter(uuid__in=[row.case for row in rows if row.case])}
    for account in rows:
        case = cases.get(account.case) if account.case else None
        if case is None or case.state not in HOLDING or case.effective:
            whose = f"事项「{case}」（{case.get_state_display()}）" if case else "没有相应的事项"
            yield f"台账账户{account.key}：在办占用{account.balance}名，{whose}，应予释放。"


def parts() -> Iterator[str]:
    """Say which problems count another number of settled parts than there are."""
    for problem in ProblemItem.objects.prefetch_related("parts").order_by("pk"):
        settled = sum(part.n for part in problem.parts.all())
        if settled != problem.settled:
            yield f"问题整改台账「{problem}」记已分次销号{problem.settled}名，各次合计{settled}名。"
