"""Ready profiles: how the founding law of a territory comes from a data file into its rulebook, once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from proposals.lawbook import misshapen
from proposals.models.organisation import Territory
from proposals.models.rulebook import AuthorityRule, Cap, Setting
from proposals.states import Rank

FILES = Path(__file__).parent / "data" / "profiles"


class ProfileBroken(Exception):
    """A profile file cannot be read as law; the message says where."""


def names() -> tuple[str, ...]:
    """Return the codes of the profiles that ship."""
    return tuple(sorted(path.stem.upper() for path in FILES.glob("*.json")))


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


def install(*, territory: Territory, name: str) -> int:
    """Lay a profile down as the founding law of a territory and return the number of rows; a second time does nothing.

    The rows name no change: later ones come by the rulebook's steps, drawn up by one person and confirmed by another.
    """
    if AuthorityRule.objects.filter(territory=territory).exists():
        return 0
    data = read(name)
    since = date.fromisoformat(data["since"])
    rules = [AuthorityRule(territory=territory, **row) for row in _authority(data["authority"], since)]
    caps = [Cap(territory=territory, **_dated(row, since)) for row in data["caps"]]
    settings = [Setting(territory=territory, **_dated(row, since)) for row in data["settings"]]
    for row in settings:
        if wrong := misshapen(topic=row.topic, key=row.key, value=row.value):
            raise ProfileBroken(f"{name} {row}：{wrong}")
    AuthorityRule.objects.bulk_create(rules)
    Cap.objects.bulk_create(caps)
    Setting.objects.bulk_create(settings)
    return len(rules) + len(caps) + len(settings)


def _dated(row: Mapping[str, Any], since: date) -> dict[str, Any]:
    return {**row, "since": date.fromisoformat(row["since"]) if "since" in row else since}


def _authority(entries: list[dict[str, Any]], since: date) -> Iterator[dict[str, Any]]:
    """Write out every line and leg of the table as a row of its own."""
    for entry in entries:
        common: dict[str, Any] = {
            key: entry[key] for key in ("kind", "category", "unit", "raises_total", "citation") if key in entry
        }
        common["verified"] = entry.get("verified", False)
        common["since"] = date.fromisoformat(entry["since"]) if "since" in entry else since
        common["min_rank"] = Rank[entry.get("min_rank", "NONE")]
        common["max_rank"] = Rank[entry.get("max_rank", "DIVISION")]
        for op in entry.get("ops", [""]):
            for leg in entry["legs"]:
                decider, mode = leg.split()
                yield {**common, "op": op, "decider": decider, "mode": mode}
