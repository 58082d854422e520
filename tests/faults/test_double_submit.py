"""Two people, or one person twice, press at the same moment: one effect, and the other is told."""

import json
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from proposals.models import Entry, Proposal
from tests.builders import NOON
from tests.databases import Database
from tests.faults.actors import CHILD

CASES = 6
PAUSE = 0.2


def prepared(database: Database) -> list[dict[str, str]]:
    return json.loads(database.run("-c", CHILD, "prepare", CASES).splitlines()[-1])


def race(database: Database, *orders: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Let one process per order take its steps at the same moments; return what each was told."""
    gate = database.folder / "gate"
    gate.mkdir()
    common = {"gate": str(gate), "pause": PAUSE, "at": moment().isoformat()}
    racing = [database.start("-c", CHILD, "take", json.dumps({**common, **order})) for order in orders]
    while len(list(gate.glob("ready-*"))) < len(orders) and all(process.poll() is None for process in racing):
        time.sleep(0.05)
    (gate / "written").write_text(str(time.time() + PAUSE))
    (gate / "written").rename(gate / "go")
    codes = [process.wait(timeout=60) for process in racing]
    said = [database.log(database.started.index(process)).read_text() for process in racing]
    assert codes == [0] * len(orders), said
    return [json.loads(text.splitlines()[-1]) for text in said]


def halves(cases: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    return cases[::2], cases[1::2]


def sent(database: Database, cases: list[dict[str, str]]) -> list[dict[str, str]]:
    """Have every case sent to the office; return them as a page shows them then."""
    order = {
        "step": "send_to_office", "who": "bianban1", "facts": {},
        "cases": [{**case, "key": str(uuid4())} for case in cases],
        "gate": str(database.folder), "pause": 0, "at": moment().isoformat(),
    }  # fmt: skip
    (database.folder / "go").write_text("0")
    database.run("-c", CHILD, "take", json.dumps(order))
    found = Proposal.objects.using(database.alias)
    return [{**case, "seen": found.get(uuid=case["uuid"]).concern} for case in cases]


def moment() -> datetime:
    return NOON + timedelta(days=1)


def entries(database: Database, case: dict[str, str], step: str) -> int:
    return Entry.objects.using(database.alias).filter(subject_id=case["uuid"], step=step).count()


def test_a_double_click_has_one_effect_and_both_get_the_same_answer(database: Database) -> None:
    cases = [{**case, "key": str(uuid4())} for case in prepared(database)]
    order = {"step": "send_to_office", "who": "bianban1", "facts": {}, "cases": cases}

    first, second = race(database, order, order)

    assert first == second
    assert all("hash" in answer for answer in first), first
    assert [entries(database, case, "send_to_office") for case in cases] == [1] * CASES


def test_of_two_people_at_once_one_acts_and_the_other_is_told_what_happened(database: Database) -> None:
    cases = prepared(database)
    sends, voids = (
        {"step": step, "who": who, "facts": facts, "cases": [{**case, "key": str(uuid4())} for case in cases]}
        for step, who, facts in (("send_to_office", "bianban1", {}), ("void", "bianban2", {"reason": "重复起草。"}))
    )

    answers = race(database, sends, voids)

    for case, sent, voided in zip(cases, *answers, strict=True):
        winner, loser = (sent, voided) if "hash" in sent else (voided, sent)
        assert "hash" in winner
        assert loser["refused"], "both took effect"
        assert all(loser["said"])
        assert entries(database, case, "send_to_office") + entries(database, case, "void") == 1
        state = Proposal.objects.using(database.alias).get(uuid=case["uuid"]).state
        assert state == ("SUBMITTED" if winner is sent else "VOID")


def test_of_two_clerks_who_give_the_same_incoming_number_one_is_told_the_next(database: Database) -> None:
    first, second = (
        [{**case, "key": str(uuid4())} for case in half] for half in halves(sent(database, prepared(database)))
    )
    orders = [
        {"step": "register_incoming", "who": who, "facts": {"incoming_number": "收〔2026〕7号"}, "cases": [half[0]]}
        for who, half in (("bianban1", first), ("bianban2", second))
    ]

    answers = [answer for (answer,) in race(database, *orders)]

    assert sorted("hash" in answer for answer in answers) == [False, True], answers
    (loser,) = (answer for answer in answers if "hash" not in answer)
    assert loser["refused"] == ["NUMBER_TAKEN"]
    assert "下一个号是" in loser["said"][0]
    assert Proposal.objects.using(database.alias).filter(number="收〔2026〕7号").count() == 1
