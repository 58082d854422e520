"""Where each duty has its place, and which duties are whose."""

from __future__ import annotations

from django.db.models import Q, Value
from django.db.models.functions import Length, Replace
from django.db.models.lookups import Exact, GreaterThanOrEqual

from proposals.vocabulary import Duty as D

UNIT_DUTIES = (D.UNIT_DRAFTER, D.UNIT_HEAD)
CITY_DUTIES = (D.CITY_RECEIVER, D.CITY_REVIEWER)
ADMINISTRATORS = (D.SYSADMIN, D.SECADMIN, D.AUDITOR)
# Who works in a district's office; seats in the committee are nobody's desk.
OFFICE_DUTIES = (
    D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.COMPLIANCE, D.RECORDER, D.SEAL_KEEPER, D.ARCHIVIST,
    D.INSPECTOR,
)  # fmt: skip
# What may be lent on one case: the work of a desk; never a seat, a vote, an inspection or a unit's own voice.
LENDABLE = (
    D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.COMPLIANCE, D.SEAL_KEEPER, D.ARCHIVIST, *CITY_DUTIES,
)  # fmt: skip
CITY, DISTRICT, UNIT = 1, 2, 3
_DISTRICT_DUTIES = tuple(duty for duty in D if duty not in (*UNIT_DUTIES, *CITY_DUTIES, *ADMINISTRATORS, D.SYSTEM))


def depth(path: str) -> int:
    """Return how deep a path stands: 1 a city, 2 a district, 3 and more a unit; 0 for what is no path."""
    return len(path.strip("/").split("/")) if path.startswith("/") and path.endswith("/") and path != "/" else 0


def placed(*, duty: str, path: str) -> bool:
    """Return whether a duty on a path has its place: a unit's duty at a unit, a district's at a district."""
    deep = depth(path)
    if duty in UNIT_DUTIES:
        return deep >= UNIT
    if duty in CITY_DUTIES:
        return deep == CITY
    return deep in (CITY, DISTRICT) if duty in ADMINISTRATORS else duty in _DISTRICT_DUTIES and deep == DISTRICT


def in_place() -> Q:
    """Return the same as a condition of the database on the columns duty and path."""
    slashes = Length("path") - Length(Replace("path", Value("/"), Value("")))
    at = {level: Q(Exact(slashes, level + 1)) for level in (CITY, DISTRICT)}
    shaped = Q(path__startswith="/", path__endswith="/")
    return shaped & (
        Q(duty__in=UNIT_DUTIES) & Q(GreaterThanOrEqual(slashes, UNIT + 1))
        | Q(duty__in=CITY_DUTIES) & at[CITY]
        | Q(duty__in=ADMINISTRATORS) & (at[CITY] | at[DISTRICT])
        | Q(duty__in=_DISTRICT_DUTIES) & at[DISTRICT]
    )


def territory_path(path: str) -> str:
    """Return the territory part of a path: city/district/, whatever unit stands below."""
    parts = path.strip("/").split("/")
    return "/" + "/".join(parts[:2]) + "/"
