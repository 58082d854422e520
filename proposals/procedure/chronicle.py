"""The chain of a subject: how an entry is written, replayed and checked.

hash = H(domain ‖ len(prev) ‖ prev ‖ len(body) ‖ body), lengths as 8 bytes big-endian, body as canonical JSON in UTF-8.
Canonical JSON is RFC 8785 restricted to strings, integers, booleans, null, lists and objects with string keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from proposals.prepared_writes import insert
from proposals.procedure.act import Act
from proposals.procedure.entries import Entry

DOMAIN = b"dongyi-entry-v1\0"
GENESIS = "0" * 64


class ChainBroken(Exception):
    """A chain does not hold: an entry is missing, changed or out of place."""


def primitive(value: Any) -> Any:
    """Return the value as canonical JSON can carry it; a float or an unknown type raises TypeError."""
    if value is None or isinstance(value, bool | int | str) and not isinstance(value, Enum):
        return value
    if isinstance(value, Enum):
        return primitive(value.value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds") if timezone.is_aware(value) else _naive(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): primitive(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [primitive(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot stand in a chronicle: {value!r}")


def _naive(value: datetime) -> str:
    raise TypeError(f"a moment without a time zone cannot stand in a chronicle: {value!r}")


def canonical(value: Any) -> str:
    """Return canonical JSON: sorted keys, no spaces, no floats."""
    return json.dumps(primitive(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """Return the sha256 of the canonical JSON of a value."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def seal(*, prev: str, body: str, alg: str = "sha256") -> str:
    """Return the hash that ties a body to the entry before it; an unknown algorithm raises ValueError."""
    state = hashlib.new(alg, DOMAIN)
    for part in (prev.encode(), body.encode()):
        state.update(len(part).to_bytes(8, "big") + part)
    return state.hexdigest()


def write(*, subject: Any, act: Act, key: UUID, from_state: str, to_state: str, request: str, frozen: Mapping) -> Entry:
    """Append the act to the subject's chain and move the subject's head; the subject's row must be locked.

    `frozen` holds what belongs to the act besides its facts: rule versions, findings overridden, digests of papers
    and plans, the quoted entry of a meeting. The caller saves the subject.
    """
    body = canonical(_body(subject, act, from_state, to_state, frozen))
    prev = subject.head_hash or GENESIS
    entry = Entry(
        subject_kind=subject.subject_kind, subject_id=subject.uuid, seq=subject.head_seq + 1, key=key, step=act.step,
        from_state=from_state, to_state=to_state, actor_id=act.actor.id, at=act.at, happened_on=act.happened_on,
        request_digest=request, body=body, prev_hash=prev, hash=seal(prev=prev, body=body),
    )  # fmt: skip
    insert(entry)
    subject.head_seq, subject.head_hash = entry.seq, entry.hash
    return entry


def _body(subject: Any, act: Act, from_state: str, to_state: str, frozen: Mapping) -> dict[str, Any]:
    return {
        "kind": subject.subject_kind,
        "subject": subject.uuid,
        "site": subject.territory.site_code,
        "seq": subject.head_seq + 1,
        "step": act.step,
        "from": from_state,
        "to": to_state,
        "actor": {"id": act.actor.uuid, "name": act.actor.name, "post": act.actor.post},
        "on_behalf_of": act.on_behalf_of,
        "confirmed_by": act.confirmed_by,
        "at": act.at,
        "happened_on": act.happened_on,
        "evidence": list(act.evidence),
        "facts": act.facts,
        "frozen": frozen,
    }


def lender_in(body: Mapping[str, Any]) -> str:
    """Return the name of whoever's lent duty was done by an entry, or nothing."""
    lender: str = body["frozen"].get("acting_for", {}).get("name", "")
    return lender


def line(entry: Entry) -> str:
    """Return the entry as one line of the exported chronicle (canonical JSON)."""
    return canonical(
        {
            "alg": entry.alg,
            "kind": entry.subject_kind,
            "subject": entry.subject_id,
            "seq": entry.seq,
            "prev": entry.prev_hash,
            "hash": entry.hash,
            "body": json.loads(entry.body),
        }
    )


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a chain says of its subject."""

    state: str
    seq: int
    hash: str
    bodies: tuple[Mapping[str, Any], ...]


def replay(entries: Iterable[Entry], *, initial: str = "", seq: int = 0, prev: str = GENESIS) -> Replayed:
    """Walk a chain in order; raise ChainBroken (in Chinese, for the auditor) where it does not hold.

    `seq`, `prev` and `initial` say after which verified entry these go on.
    """
    state, bodies = initial, []
    for entry in entries:
        body = json.loads(entry.body)
        place = f"{entry.get_subject_kind_display()} {entry.subject_id} 第{entry.seq}条（{entry.step}）"
        if entry.seq != seq + 1 or body["seq"] != entry.seq:
            raise ChainBroken(f"{place}：序号不连续，应为第{seq + 1}条")
        if entry.prev_hash != prev:
            raise ChainBroken(f"{place}：与上一条记录不衔接")
        if seal(prev=prev, body=entry.body, alg=entry.alg) != entry.hash:
            raise ChainBroken(f"{place}：内容与校验值不符")
        if body["from"] != state or (body["step"], body["to"]) != (entry.step, entry.to_state):
            raise ChainBroken(f"{place}：环节与上一条记录不一致")
        state, seq, prev = body["to"], entry.seq, entry.hash
        bodies.append(body)
    return Replayed(state=state, seq=seq, hash=prev, bodies=tuple(bodies))


def quotes_in(entry: Entry) -> Mapping[str, Any] | None:
    """Return which entry of another chain an entry quotes, as its body tells, or None."""
    quoted: Mapping[str, Any] | None = json.loads(entry.body)["frozen"].get("quotes")
    return quoted


def chain(subject_id: UUID) -> QuerySet[Entry]:
    """Return a subject's entries in order."""
    return Entry.objects.filter(subject_id=subject_id).order_by("seq")
