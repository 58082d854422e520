"""Whether the names of an opening balance are free: nobody beside bears one that reads alike, in the sheet or now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from proposals.organisation.bodies import BodyVersion
from proposals.text import alike
from proposals.vocabulary import BodyCategory

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

Place = tuple[str, str]


def taken(*, rows: Sequence[tuple[int, Mapping[str, Any]]], territory: Territory) -> Iterator[tuple[int, str]]:
    """Yield the number of every row whose name another body of its place bears, and which: a row above or a body."""
    standing = BodyVersion.objects.filter(body__territory=territory, valid_to=None, body__closed_on=None)
    borne: dict[Place, str] = {}
    for there in standing.select_related("body", "parent"):
        parent = there.parent.code if there.parent else ""
        borne[_place(there.name, there.category, parent)] = f"现有机构{there.body.code}“{there.name}”"
    for number, row in rows:
        name = row.get("name")
        if not isinstance(name, str) or not name:
            continue
        place = _place(name, row.get("category"), row.get("parent"))
        if place in borne:
            yield number, f"与{borne[place]}名称相同（或读来相同），请核对是否重复，或改用全称。"
        else:
            borne[place] = f"第{number}行“{name}”"


def _place(name: str, category: Any, parent: Any) -> Place:
    """Return where a name must be its own: an inner body's within its superior, any other's in the territory."""
    return (str(parent or "") if category == BodyCategory.INNER else "*"), alike.key(name)
