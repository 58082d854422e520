"""What stands behind a number of the ledger: the accounts it is the sum of, and the movements that made it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, When

from proposals.ledger.models import Compartment, Holder, Movement
from proposals.organisation.bodies import BodyVersion
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, QuotaType

if TYPE_CHECKING:
    from proposals.organisation.bodies import Body
    from proposals.organisation.people import Territory

VACANT, COMMITTED, HELD = Compartment.VACANT, Compartment.COMMITTED, Compartment.HELD
# Units and categories that numbers are given of together.
UNIT_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ADMINISTRATION": ("行政类编制", (QuotaType.ADMIN, QuotaType.JUDICIAL_SPECIAL, QuotaType.SUPPORT_WORKER)),
    "INSTITUTION": ("事业类编制", (QuotaType.PSU_FULL, QuotaType.PSU_PARTIAL, QuotaType.PSU_SELF)),
    "QUOTAS": ("各类编制合计", tuple(QuotaType.values)),
    "SECTION_LEADERS": ("科级领导职数", (LeaderLevel.SECTION_CHIEF, LeaderLevel.SECTION_DEPUTY)),
}
CATEGORY_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ORGANS": ("党政机构", (BodyCategory.PARTY_ORGAN, BodyCategory.GOVERNMENT_ORGAN)),
    "ORGANS_AND_PLACES": (
        "党政机构和镇街",
        (BodyCategory.PARTY_ORGAN, BodyCategory.GOVERNMENT_ORGAN, BodyCategory.TOWN, BodyCategory.STREET),
    ),
}
PARTS: Mapping[str, str] = {
    "approved": "核定", "actual": "实有", "committed": "已核未入", "held": "在办占用", "vacant": "空编",
    "total": "总量", "headroom": "限额余量", "talent": "人才周转池",
    # These are of one case: what it may take, what other cases hold, what is left of its permits.
    "spendable": "可用空编", "held_by_others": "他事项占用", "permit": "核准单剩余",
}  # fmt: skip
OF_BODIES: Mapping[str, Q] = {
    "approved": Q(),
    "actual": Q(compartment__in=(Compartment.OCCUPIED, Compartment.PLEDGED)),
    "committed": Q(compartment=COMMITTED),
    "vacant": Q(compartment=VACANT),
}


def units_of(*, unit: str) -> tuple[str, ...]:
    """Return the units that a code stands for: one, or those of a group."""
    return UNIT_GROUPS[unit][1] if unit in UNIT_GROUPS else (unit,)


def categories_of(*, category: str) -> tuple[str, ...]:
    """Return the categories that a code stands for: one, or those of a group."""
    return CATEGORY_GROUPS[category][1] if category in CATEGORY_GROUPS else (category,)


@dataclass(frozen=True, slots=True)
class Origin:
    """A number of the ledger: which part, of whom, of which unit, as of a day; each may be left open but the part.

    `ahead` counts as a plan counts: what was recorded to leave later has left at once, what arrives later is not there.
    """

    territory: Territory
    part: str
    as_of: date
    unit: str = ""
    body: Body | None = None
    category: str = ""
    case: UUID | None = None
    ahead: bool = False

    @property
    def accounts(self) -> Q:
        """The accounts whose sum the number is."""
        found = Q(territory=self.territory) & self._kept()
        if self.unit:
            found &= Q(unit__in=units_of(unit=self.unit))
        if self.body is not None:
            found &= Q(holder=Holder.BODY, body=self.body)
        if self.category:
            standing = BodyVersion.objects.standing(on=self.as_of).filter(body__territory=self.territory)
            wanted = standing.filter(category__in=categories_of(category=self.category)).values("body")
            found &= Q(holder=Holder.BODY, body__in=wanted)
        return found

    def _kept(self) -> Q:
        """What the posts of these accounts are doing; what the district has is what the city's accounts lack."""
        match self.part:
            case "total":
                return Q(holder=Holder.CITY)
            case "headroom":
                return Q(holder=Holder.POOL, compartment=VACANT)
            case "talent":
                return Q(holder=Holder.TALENT)
            case "held":
                return Q(holder__in=(Holder.BODY, Holder.POOL)) & Q(compartment=HELD)
            case "held_by_others":
                return Q(holder=Holder.BODY, compartment=HELD) & ~Q(case=self.case)
            case "spendable":
                return Q(holder=Holder.BODY) & (Q(compartment=VACANT) | Q(compartment=HELD, case=self.case))
            case "permit":
                return Q(holder=Holder.BODY, compartment=COMMITTED, case=self.case)
        return Q(holder=Holder.BODY) & OF_BODIES[self.part]

    def movements(self) -> QuerySet[Movement]:
        """Return what went into these accounts and out of them by the day, newest first; `change` has its sign.

        What moved between two of the accounts changed nothing and is left out.
        """
        into, out = (_seen_from(end, self.accounts) for end in ("target", "source"))
        by_then = Q(effective_on__lte=self.as_of)
        counted = by_then & ((into & ~out) | (out & ~into))
        if self.ahead:
            counted |= ~by_then & out
        rows = Movement.objects.filter(counted)
        sign = -1 if self.part == "total" else 1
        changed = rows.annotate(change=Case(When(by_then & into, then=sign * F("n")), default=-sign * F("n")))
        return changed.select_related("posting", "source__body", "target__body").order_by("-effective_on", "-id")

    def number(self) -> int:
        """Return the sum of the movements."""
        return self.movements().aggregate(total=Sum("change"))["total"] or 0

    def __str__(self) -> str:
        labels = {**UNIT_LABELS, **{code: label for code, (label, _) in UNIT_GROUPS.items()}}
        groups = {**dict(BodyCategory.choices), **{code: label for code, (label, _) in CATEGORY_GROUPS.items()}}
        words = [groups.get(self.category, ""), labels.get(self.unit, ""), PARTS[self.part]]
        return " ".join(str(word) for word in words if word)


def _seen_from(end: str, accounts: Any) -> Q:
    """Return the condition on accounts as a condition on one end of a movement."""
    seen = Q(_connector=accounts.connector, _negated=accounts.negated)
    for child in accounts.children:
        if isinstance(child, Q):
            seen.add(_seen_from(end, child), accounts.connector)
        else:
            name, value = child
            seen.add(Q(**{f"{end}__{name}": value}), accounts.connector)
    return seen
