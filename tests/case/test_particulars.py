"""What a change line says besides its columns: every kind of value read, told and stored, and what is refused."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from proposals.case import drafts
from proposals.case.particulars.table import KEYS, Particulars, faults, stored
from proposals.case.particulars.words import Settling
from proposals.models import ChangeLine
from proposals.vocabulary import QuotaType
from tests.case.conftest import Desk
from tests.papers_bound import road
from workflows.audit import particulars

ONE = "11111111-1111-1111-1111-111111111111"
MOVED = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": "PSU_FULL", "requested": 1}
SAID: tuple[tuple[str, Any, Any, str], ...] = (
    ("name", "甲中心", "甲中心", "甲中心"),
    ("way", "TO_PSU", Settling.TO_PSU, "调整到事业单位"),
    ("to_unit", "PSU_FULL", QuotaType.PSU_FULL, "事业编制（全额拨款）"),
    ("people", 3, 3, "3"),
    ("people", 0, 0, "0"),
    ("return_on", "2028-01-01", date(2028, 1, 1), "2028-01-01"),
    ("from_outside", True, True, "是"),
    ("duties", ["一", "二"], ("一", "二"), "一、二"),
    ("fields", {"short_name": "甲"}, {"short_name": "甲"}, "规范简称：甲"),
    ("row", ONE, UUID(ONE), ONE),
)
STRANGE: tuple[tuple[str, Any], ...] = (
    ("name", 3), ("way", "BY_MAGIC"), ("to_unit", 1), ("people", "3"), ("people", -1), ("people", True),
    ("return_on", "2028-02-30"), ("return_on", 20280101), ("from_outside", "yes"), ("duties", "一"), ("duties", [1]),
    ("fields", {"rank": "20"}), ("fields", {"name": 1}), ("row", "甲"),
)  # fmt: skip


@pytest.mark.parametrize(("key", "kept", "value", "words"), SAID)
def test_a_value_is_read_told_and_stored(key: str, kept: Any, value: Any, words: str) -> None:
    says = Particulars({key: kept})
    assert getattr(says, key) == value
    assert KEYS[key].told(kept) == words
    assert stored({KEYS[key]: value}) == {key: kept}
    assert list(faults(says.stored)) == []


@pytest.mark.parametrize(("key", "kept"), STRANGE)
def test_a_value_of_another_kind_is_named_and_read_as_nothing(key: str, kept: Any) -> None:
    assert list(faults({key: kept})) == [f"「{KEYS[key].label}」的内容无法识别：{kept}"]
    assert getattr(Particulars({key: kept}), key) == getattr(Particulars({}), key)


def test_a_key_that_nobody_declared_is_named() -> None:
    assert list(faults({"colour": "red", "name": "甲"})) == ["没有「colour」这一项"]


def test_what_says_nothing_is_not_stored_but_a_nought_is() -> None:
    empty = {key: None for key in KEYS.values()} | {KEYS["name"]: "", KEYS["duties"]: [], KEYS["from_outside"]: False}
    assert stored({**empty, KEYS["people"]: 0}) == {"people": 0}


@pytest.mark.parametrize("params", [{"colour": "red"}, {"people": "three"}])
def test_a_strange_line_is_refused_where_it_is_typed_in_and_found_where_it_lies(desk: Desk, params: Any) -> None:
    case = road.now(desk.draft("STAFF_TRANSFER", MOVED))
    assert list(particulars.said()) == []
    with pytest.raises(drafts.DraftRefused, match="第1项调整事项"):
        drafts.save_lines(case=case.uuid, seen=case.concern, lines=[{"op": "OTHER", "params": params}])
    ChangeLine.objects.filter(proposal=case).update(params=params)
    assert [one.partition("调整事项")[2] for one in particulars.said()] == [f"{one}。" for one in faults(params)]


def test_what_a_sort_of_line_does_not_use_is_neither_kept_nor_passed_over(desk: Desk) -> None:
    case, said = road.now(desk.draft("STAFF_TRANSFER", MOVED)), "「核增编制」不用「名称」这一项"
    used = {
        "op": "QUOTA_ADD",
        "unit": "PSU_FULL",
        "requested": 1,
        "params": {"source": "CITY", "new_body": str(case.uuid)},
    }
    with pytest.raises(drafts.DraftRefused, match=f"^第2项调整事项{said}，请修改后再保存。$"):
        drafts.save_lines(case=case.uuid, seen=case.concern, lines=[used, {**used, "params": {"name": "乙中心"}}])
    kept = drafts.save_lines(
        case=case.uuid, seen=case.concern, lines=[{**used, "params": {"source": "CITY", "name": ""}}]
    )
    assert list(particulars.said()) == []
    ChangeLine.objects.filter(proposal=kept).update(params={"name": "乙中心"})
    assert list(particulars.said()) == [f"《{kept.title}》第1项调整事项{said}。"]
