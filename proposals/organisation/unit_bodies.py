"""At which path the people of a body hold their duties, and which bodies the people of a path belong to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from proposals.organisation.bodies import Body, BodyVersion
from proposals.organisation.people import Territory
from proposals.text import alike


def unit_path(body: Body) -> str:
    """Return the path at which the people of a body hold their duties: no name and no code that could be another's."""
    return f"{body.territory.path}{body.uuid.hex}/"


def bodies_of(*, territory: Territory, places: Iterable[tuple[str, str]], on: date) -> frozenset[int]:
    """Return the keys of the bodies of units and of all that stand below them on a day.

    A place is a path and the unit's name as the appointment says it. The path of a unit appointed here names its body
    for good; a path of an older appointment means the one body of that name, and nothing where two bear it or none.
    """
    rows = BodyVersion.objects.standing(on=on).filter(body__territory=territory)
    known = list(rows.values_list("body_id", "body__uuid", "name_key", "parent_id"))
    by_uuid: dict[UUID | None, int] = {uuid: body for body, uuid, _, _ in known}
    found: set[int] = set()
    for path, name in places:
        uuid = _uuid(path.removeprefix(territory.path).strip("/"))
        if uuid in by_uuid:
            found.add(by_uuid[uuid])
            continue
        named = [body for body, _, key, _ in known if name and key == alike.key(name)]
        found.update(named if len(named) == 1 else ())
    below = found
    while below:
        below = {body for body, _, _, parent in known if parent in below} - found
        found |= below
    return frozenset(found)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(hex=text) if len(text) == 32 else None
    except ValueError:
        return None
