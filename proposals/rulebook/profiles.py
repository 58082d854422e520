"""Ready profiles: the founding law of a territory as data files hold it, and the rows that it becomes in a rulebook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proposals.law.models import AuthorityRule, Cap, Provision, RuleChange, Setting
from proposals.law.shapes import misshapen
from proposals.procedure import chronicle
from proposals.vocabulary import Rank

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

FILES = Path(__file__).parent.parent / "data" / "profiles"
TABLES: Mapping[str, type[Provision]] = {"authority": AuthorityRule, "caps": Cap, "settings": Setting}
Rows = Mapping[str, list[dict[str, Any]]]


class ProfileBroken(Exception):
    """A profile file cannot be read as law; the message says where."""


def names() -> tuple[str, ...]:
    """Return the codes of the profiles that ship."""
    return tuple(sorted(path.stem.upper() for path in FILES.glob("*.json")))


def label(name: str) -> str:
    """Return what a profile is called; one that ships no longer keeps its code."""
    return str(read(name)["label"]) if name in names() else name


def read(name: str) -> dict[str, Any]:
    """Return a profile with what it takes over from its base; raise ProfileBroken for an unknown name."""
    file = FILES / f"{name.lower()}.json"
    if name.upper() not in names():
        raise ProfileBroken(f"没有「{name}」这套办事规则，可选：{'、'.join(names())}。")
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if "base" not in data:
        return data
    base, without = read(data["base"]), data["without"]
    own = {(one["topic"], one["key"]) for one in data.get("settings", [])}
    kept = [one for one in base["settings"] if one["topic"] not in without and (one["topic"], one["key"]) not in own]
    caps = [] if "caps" in without else base["caps"]
    return {**base, **data, "settings": [*kept, *data.get("settings", [])], "caps": data.get("caps", caps)}


def rows(name: str) -> Rows:
    """Return every row of a profile by table, as primitives; raise ProfileBroken where a setting is none."""
    data = read(name)
    found = {
        "authority": list(_authority(data["authority"], data["since"])),
        "caps": [{"since": data["since"], **row} for row in data["caps"]],
        "settings": [{"since": data["since"], **row} for row in data["settings"]],
    }
    for row in found["settings"]:
        if wrong := misshapen(topic=row["topic"], key=row["key"], value=row["value"]):
            raise ProfileBroken(f"{name} {row['key']}：{wrong}")
    return found


def digest(content: Rows) -> str:
    """Return the digest of a profile's rows: what the rulebook's chain holds of them."""
    return chronicle.digest(content)


def provisions(
    *, territory: Territory, content: Rows, since: date, change: RuleChange | None = None
) -> list[Provision]:
    """Build the rows that a profile becomes in a territory from a day on; a row of a later day keeps its own."""
    return [
        TABLES[table](
            territory=territory, change=change, **{**row, "since": max(since, date.fromisoformat(row["since"]))}
        )
        for table, own in content.items()
        for row in own
    ]


def lay_down(change: RuleChange) -> None:
    """Let a profile that two people adopted become the founding law of the territory."""
    content = change.content
    made = provisions(
        territory=change.territory, content=content["rows"], since=date.fromisoformat(content["since"]), change=change
    )
    for table in TABLES.values():
        table.objects.bulk_create([row for row in made if isinstance(row, table)])


def law_stands(territory: Territory) -> bool:
    """Return whether the territory has law of its own already."""
    return any(table.objects.filter(territory=territory).exists() for table in TABLES.values())


def _authority(entries: list[dict[str, Any]], since: str) -> Iterator[dict[str, Any]]:
    """Write out every line and leg of the table as a row of its own."""
    for entry in entries:
        common: dict[str, Any] = {
            key: entry[key] for key in ("kind", "category", "unit", "raises_total", "citation") if key in entry
        }
        common["verified"] = entry.get("verified", False)
        common["since"] = entry.get("since", since)
        common["min_rank"] = int(Rank[entry.get("min_rank", "NONE")])
        common["max_rank"] = int(Rank[entry.get("max_rank", "DIVISION")])
        for op in entry.get("ops", [""]):
            for leg in entry["legs"]:
                decider, mode = leg.split()
                yield {**common, "op": op, "decider": decider, "mode": mode}
