"""The chronicles of every release are kept as they were exported; every later release must still read them.

A release adds its own files to golden/, one line an entry as proposals.chronicle.line writes it; none is rewritten.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from proposals.models import Entry, SubjectKind
from proposals.procedure import chronicle
from proposals.vocabulary import MeetingState, State
from tests.stories.town import CLERK, Town
from workflows import subjects

GOLDEN = Path(__file__).parent / "golden"
FIRST = {SubjectKind.CASE: State.DRAFT, SubjectKind.MEETING: MeetingState.PLANNED}
KEPT = {
    "0.1.0-case": ("ARCHIVED", 36, "039dbf7f"),
    "0.1.0-meeting": ("SIGNED", 19, "d2f45fbd"),
    "0.2.0-case": ("ARCHIVED", 43, "8a38ea31"),
    "0.2.0-meeting": ("SIGNED", 55, "1e47323c"),
}


def entries(text: str) -> Iterator[Entry]:
    """Read entries from an exported chronicle."""
    for line in text.splitlines():
        told: dict[str, Any] = json.loads(line)
        body = told["body"]
        yield Entry(
            subject_kind=told["kind"], subject_id=UUID(told["subject"]), seq=told["seq"], step=body["step"],
            from_state=body["from"], to_state=body["to"], body=chronicle.canonical(body), prev_hash=told["prev"],
            hash=told["hash"], alg=told["alg"],
        )  # fmt: skip


def read(name: str) -> str:
    return (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8")


def test_every_kept_file_is_known_here() -> None:
    assert {path.stem for path in GOLDEN.glob("*.jsonl")} == set(KEPT)


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_chronicle_replays_to_its_last_state_and_hash(name: str) -> None:
    state, count, head = KEPT[name]
    kept = list(entries(read(name)))
    replayed = chronicle.replay(kept, initial=FIRST[SubjectKind(kept[0].subject_kind)])
    assert (replayed.state, replayed.seq, replayed.hash[:8]) == (state, count, head)


@pytest.mark.parametrize("name", KEPT)
def test_every_step_of_a_kept_chronicle_is_still_in_its_table(name: str) -> None:
    for entry in entries(read(name)):
        row = subjects.row_of(kind=entry.subject_kind, step=entry.step)
        assert entry.from_state in row.sources, entry
        assert entry.to_state == (row.target or entry.from_state), entry


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_chronicle_is_sealed_as_the_format_says(name: str) -> None:
    """Nothing of our own is used here: the format can be checked by anybody, with nothing but its description."""
    prev = "0" * 64
    for line in read(name).splitlines():
        told = json.loads(line)
        body = json.dumps(told["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        parts = b"".join(len(part).to_bytes(8, "big") + part for part in (prev.encode(), body))
        assert told["prev"] == prev
        assert hashlib.new(told["alg"], b"dongyi-entry-v1\0" + parts).hexdigest() == told["hash"]
        prev = told["hash"]


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_what_the_case_quotes_of_its_meeting_stands_in_the_meetings_chronicle(version: str) -> None:
    hashes = {(entry.seq, entry.hash) for entry in entries(read(f"{version}-meeting"))}
    quotes = [
        quote for entry in entries(read(f"{version}-case")) if (quote := json.loads(entry.body)["frozen"].get("quotes"))
    ]
    assert len(quotes) >= 4
    assert {(quote["seq"], quote["hash"]) for quote in quotes} <= hashes


@pytest.mark.parametrize("change", ["甲", '"seq":7', "2026-03-1"])
def test_one_changed_sign_is_found(change: str) -> None:
    text = read("0.1.0-case")
    other = {"甲": "乙", '"seq":7': '"seq":8', "2026-03-1": "2026-03-2"}[change]
    assert change in text
    with pytest.raises(chronicle.ChainBroken):
        chronicle.replay(entries(text.replace(change, other, 1)), initial=State.DRAFT)


def test_what_is_exported_today_reads_back_the_same(town: Town) -> None:
    case = town.draft("SANDING_REVISE", {"op": "CHARTER", "body": "演示街道"})
    town.step(case, "send_to_office")
    town.step(case, "register_incoming", CLERK)
    told = "\n".join(chronicle.line(entry) for entry in chronicle.chain(case.uuid))
    stored = chronicle.replay(chronicle.chain(case.uuid), initial=State.DRAFT)
    assert chronicle.replay(entries(told), initial=State.DRAFT) == stored
