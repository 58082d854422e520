"""How a body is called where its name alone may mean another: by its place and code, and how such words are read back.

A name that one body of the territory bears is its words; of several that bear one name each is called 甲中心 · 综合股（Z01-1）.
Reading takes a code, the whole words, or a name that only one bears, however they are written; nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from proposals.organisation.bodies import Body, BodyVersion
from proposals.text import alike


class Known(NamedTuple):
    """What tells a body from others: the columns of a version, in the order of COLUMNS."""

    pk: int
    name: str
    code: str
    parent: int | None


COLUMNS = ("body_id", "name", "body__code", "parent_id")


def told_apart(known: Iterable[Known], beside: Iterable[str] = ()) -> dict[int, str]:
    """Return the words of bodies that are all there are; `beside` are names that others are about to bear."""
    rows = list(known)
    names = {row.pk: row.name for row in rows}
    times = Counter(map(alike.key, (*names.values(), *beside)))
    return {
        row.pk: row.name
        if times[alike.key(row.name)] == 1
        else in_full(name=row.name, code=row.code, place=names.get(row.parent or 0, ""))
        for row in rows
    }


def in_full(*, name: str, code: str, place: str = "") -> str:
    """Return words that no other body has: the superior, the name, the code."""
    return f"{at(place, name)}（{code}）"


def at(place: str, name: str) -> str:
    """Return a name with the superior it stands under; a body that needs no place is its name."""
    return f"{place} · {name}" if place else name


def places(*, bodies: Collection[int], on: date) -> dict[int, str]:
    """Return the names of the superiors of those bodies whose own name another body of the territory bears as well."""
    return _places(_bearing(bodies, on), on)


def named(versions: Iterable[BodyVersion], *, on: date) -> dict[int, str]:
    """Return what bodies are called by what is true of them on a day, by primary key; namesakes by their place."""
    rows = [(one.body_id, one.name, one.name_key, one.parent_id) for one in versions]
    known = _places(rows, on)
    return {pk: at(known.get(pk, ""), name) for pk, name, _, _ in rows}


def _bearing(bodies: Collection[int], on: date) -> list[tuple[int, str, str, int | None]]:
    rows = BodyVersion.objects.standing(on=on).filter(body__in=bodies)
    return list(rows.values_list("body_id", "name", "name_key", "parent_id"))


def _places(bearing: Iterable[tuple[int, str, str, int | None]], on: date) -> dict[int, str]:
    rows = [(body, key, parent) for body, _, key, parent in bearing if parent is not None]
    if not rows:
        return {}
    versions = BodyVersion.objects.standing(on=on)
    territory = Body.objects.filter(pk=rows[0][0]).values("territory")
    shared = versions.filter(body__territory__in=territory, name_key__in={key for _, key, _ in rows})
    times = Counter(shared.values_list("name_key", flat=True))
    doubtful = {body: parent for body, key, parent in rows if times[key] > 1}
    names = dict(versions.filter(body__in=doubtful.values()).values_list("body", "name")) if doubtful else {}
    return {body: names.get(parent, "") for body, parent in doubtful.items()}


class Made(NamedTuple):
    """A body that a line of the case itself creates: the line's uuid as it travels, its name, the place of the line."""

    uuid: str
    name: str
    position: int


class Found(NamedTuple):
    """What words were read as: a body that stands, one that the case creates, or all that they may mean."""

    body: Body | None = None
    made: str = ""
    candidates: tuple[str, ...] = ()

    def asked_back(self, word: str) -> str:
        """Return the question that lists all that a word may mean."""
        return f"有{len(self.candidates)}个机构叫「{word}」，请写明是哪一个：{'、'.join(self.candidates)}。"


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies that may be chosen on a day, with their words; those that the case itself creates among them."""

    by_pk: Mapping[int, Body]
    words: Mapping[int, str]
    names: Mapping[int, str]
    made: Mapping[str, str] = field(default_factory=dict)
    made_names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def standing(cls, *, territory_id: int, on: date, made: Iterable[Made] = ()) -> Bodies:
        """Gather the bodies of a territory in the order of their codes: one query."""
        rows = BodyVersion.objects.standing(on=on).filter(body__territory=territory_id).select_related("body")
        versions = list(rows.order_by("body__code", "body_id"))
        there = {str(version.body.uuid) for version in versions}
        new = [one for one in made if one.uuid not in there]
        new_names = [one.name for one in new]
        times = Counter(alike.key(name) for name in (*new_names, *(version.name for version in versions)))
        return cls(
            by_pk={version.body_id: version.body for version in versions},
            words=told_apart(
                (Known(one.body_id, one.name, one.body.code, one.parent_id) for one in versions),
                beside=new_names,
            ),
            names={version.body_id: version.name for version in versions},
            made={
                one.uuid: one.name if times[alike.key(one.name)] == 1 else f"{one.name}（本事项第{one.position}项拟设）"
                for one in new
            },
            made_names={one.uuid: one.name for one in new},
        )

    def by_uuid(self, uuid: UUID) -> Body | None:
        """Return the body of a uuid."""
        return next((body for body in self.by_pk.values() if body.uuid == uuid), None)

    def read(self, typed: str) -> Found:
        """Return what was meant: by code, by whole words, or by a name that only one bears."""
        if coded := next((body for body in self.by_pk.values() if body.code == typed), None):
            return Found(coded)
        key = alike.key(typed)
        found = self._bearing(key, self.words, self.made) or self._bearing(key, self.names, self.made_names)
        if len(found) == 1:
            return found[0][1]
        return Found(candidates=tuple(words for words, _ in found))

    def _bearing(self, key: str, standing: Mapping[int, str], made: Mapping[str, str]) -> list[tuple[str, Found]]:
        """Return what reads like the key, each with its words; a code reads like its body's words."""
        bodies = [(self.words[pk], Found(self.by_pk[pk])) for pk, text in standing.items() if alike.key(text) == key]
        return bodies + [(self.made[uuid], Found(made=uuid)) for uuid, text in made.items() if alike.key(text) == key]
