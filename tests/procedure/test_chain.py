"""What stands in a chain is what was said, tied to what came before; every way in which it does not hold is named."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone as site

from proposals.models import Entry, Person
from proposals.procedure import chronicle
from proposals.procedure.act import Act, Actor
from proposals.vocabulary import Duty
from tests.procedure import by_hand


def entries(lines: list[dict[str, Any]], **changed: Any) -> list[Entry]:
    """Return the rows of a chain; `changed` are columns of its second row."""
    rows = [
        Entry(
            subject_kind=one["kind"], subject_id=uuid.UUID(one["subject"]), seq=one["seq"], step=one["body"]["step"],
            from_state=one["body"]["from"], to_state=one["body"]["to"], prev_hash=one["prev"], hash=one["hash"],
            body=json.dumps(one["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":")), alg=one["alg"],
        )
        for one in lines
    ]  # fmt: skip
    for name, value in changed.items():
        setattr(rows[1], name, value)
    return rows


@pytest.mark.parametrize("alg", ["sha256", "sha512"])
def test_a_chain_written_by_hand_is_read(alg: str) -> None:
    lines = by_hand.lines(alg=alg)
    found = chronicle.replay(entries(lines))
    assert (found.state, found.seq, found.hash) == ("ARGUING", 3, lines[-1]["hash"])
    assert found.bodies == tuple(one["body"] for one in lines)
    assert chronicle.replay(entries(lines)[:2]).state == "SUBMITTED"
    assert [json.loads(chronicle.line(one)) for one in entries(lines)] == lines


def test_no_entries_leave_the_first_state() -> None:
    assert chronicle.replay([], initial="DRAFT") == chronicle.Replayed("DRAFT", 0, "0" * 64, ())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seq": 3}, "第3条（send）：序号不连续，应为第2条"),
        ({"seq": 1}, "第1条（send）：序号不连续，应为第2条"),
        ({"prev_hash": "1" * 64}, "第2条（send）：与上一条记录不衔接"),
        ({"hash": "1" * 64}, "第2条（send）：内容与校验值不符"),
        ({"alg": "sha512"}, "第2条（send）：内容与校验值不符"),
        ({"step": "accept"}, "第2条（accept）：环节与上一条记录不一致"),
        ({"to_state": "ARGUING"}, "第2条（send）：环节与上一条记录不一致"),
    ],
)
def test_a_row_that_says_otherwise_breaks_the_chain(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(chronicle.ChainBroken, match=re.escape(f"动议事项 {by_hand.SUBJECT} {said}")):
        chronicle.replay(entries(by_hand.lines(), **changed))


@pytest.mark.parametrize(
    ("bodies", "said"),
    [
        ([by_hand.body(1), by_hand.body(2, **{"from": "ARGUING"})], "环节与上一条记录不一致"),
        ([by_hand.body(2)], "序号不连续，应为第1条"),
        ([by_hand.body(1), by_hand.body(3)], "序号不连续，应为第2条"),
    ],
)
def test_a_sealed_body_that_does_not_follow_breaks_the_chain(bodies: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(chronicle.ChainBroken, match=said):
        chronicle.replay(entries(by_hand.lines(*bodies)))


def test_a_number_in_the_body_that_differs_from_the_row_breaks_the_chain() -> None:
    rows = entries(by_hand.lines(by_hand.body(1), by_hand.body(2) | {"seq": 5}))
    rows[1].seq = 2
    with pytest.raises(chronicle.ChainBroken, match="应为第2条"):
        chronicle.replay(rows)


def test_an_algorithm_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError):
        chronicle.seal(prev="0" * 64, body="{}", alg="rot13")
    assert chronicle.seal(prev="0" * 64, body='{"事":1}') == by_hand.seal("0" * 64, '{"事":1}')


class Pressed(Enum):
    """An enumeration that is no text."""

    LATE = 7


PRIMITIVES: list[tuple[Any, Any]] = [
    (None, None), (True, True), (0, 0), ("事", "事"), (Duty.SYSTEM, "SYSTEM"), (Pressed.LATE, 7),
    (uuid.UUID(by_hand.SUBJECT), by_hand.SUBJECT), (date(2026, 3, 9), "2026-03-09"), ({1: (2, [3])}, {"1": [2, [3]]}),
    (datetime(2026, 3, 9, 16, 5, 6, 999, tzinfo=UTC), "2026-03-10T00:05:06+08:00"),
    (datetime(2026, 3, 9, 16, tzinfo=timezone(timedelta(hours=9))), "2026-03-09T15:00:00+08:00"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "plain"), PRIMITIVES)
def test_values_are_written_in_one_way(value: Any, plain: Any) -> None:
    found = chronicle.primitive(value)
    assert found == plain and type(found) is type(plain)


def test_what_has_no_one_way_is_refused() -> None:
    with pytest.raises(TypeError, match="float cannot stand in a chronicle: 1.5"):
        chronicle.canonical({"n": [1.5]})
    with pytest.raises(TypeError, match="a moment without a time zone"):
        chronicle.primitive(datetime(2026, 3, 9))
    with pytest.raises(TypeError, match="set cannot stand"):
        chronicle.primitive({1})


def test_canonical_text_has_sorted_keys_no_spaces_and_its_own_characters() -> None:
    assert chronicle.canonical({"b": 1, "a": {"事": [None, False]}}) == '{"a":{"事":[null,false]},"b":1}'
    assert chronicle.digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_lent_duty_names_whose_it_is() -> None:
    assert chronicle.lender_in({"frozen": {"acting_for": {"name": "李四"}}}) == "李四"
    assert chronicle.lender_in({"frozen": {"acting_for": {}}}) == chronicle.lender_in({"frozen": {}}) == ""


@pytest.mark.django_db
def test_an_act_is_written_after_the_head_and_moves_it() -> None:
    person = Person.objects.create_user(username="zhang", name="张三", post="科员")
    subject = SimpleNamespace(
        subject_kind="case", uuid=uuid.UUID(by_hand.SUBJECT), head_seq=2, head_hash="a" * 64,
        territory=SimpleNamespace(site_code="HBW"),
    )  # fmt: skip
    at = datetime(2026, 3, 9, 9, tzinfo=site.get_default_timezone())
    act = Act(
        step="accept", actor=Actor.of(person), at=at, happened_on=date(2026, 3, 7), on_behalf_of="市委编办",
        confirmed_by="李四", evidence=("b" * 64,), facts={"n": 3},
    )  # fmt: skip
    entry = chronicle.write(
        subject=subject, act=act, key=uuid.uuid4(), from_state="SUBMITTED", to_state="ARGUING", request="c" * 64,
        frozen={"rule": 1},
    )  # fmt: skip
    assert (subject.head_seq, subject.head_hash, entry.seq, entry.prev_hash) == (3, entry.hash, 3, "a" * 64)
    assert json.loads(entry.body) == {
        "kind": "case", "subject": by_hand.SUBJECT, "site": "HBW", "seq": 3, "step": "accept", "from": "SUBMITTED",
        "to": "ARGUING", "actor": {"id": str(person.uuid), "name": "张三", "post": "科员"}, "on_behalf_of": "市委编办",
        "confirmed_by": "李四", "at": "2026-03-09T09:00:00+08:00", "happened_on": "2026-03-07", "evidence": ["b" * 64],
        "facts": {"n": 3}, "frozen": {"rule": 1},
    }  # fmt: skip
    kept = Entry.objects.get(hash=by_hand.seal("a" * 64, entry.body))
    assert (kept.request_digest, kept.from_state, kept.to_state, kept.actor_id) == (
        "c" * 64,
        "SUBMITTED",
        "ARGUING",
        person.pk,
    )
    assert [one.pk for one in chronicle.chain(subject.uuid)] == [kept.pk]
