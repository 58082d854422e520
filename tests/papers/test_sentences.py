"""Many lines of change as one sentence: what is said, what is left to the table, and how days are told."""

from types import SimpleNamespace
from uuid import UUID

import pytest

from docs_templates.facts.parts import ChangeLine, Procedure
from docs_templates.printing import wording
from docs_templates.sources import downward, minutes, record
from docs_templates.sources.lines import rounds
from docs_templates.sources.lines.adjustments import WAYS
from docs_templates.sources.lines.sentences import sheet_title, spoken, total
from docs_templates.sources.recipients import ALL_CONCERNED, addressed

FULL, DEPUTY = "事业编制（全额拨款）", "副科级领导职数"


def posts(body, item, before, change, note="", way=""):
    """Return a line of posts as adjustments tell it."""
    return ChangeLine(
        body=body, item=item, before=f"{before}名", after=f"{before + change}名", change=f"{wording.signed(change)}名",
        note=note, way=way,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "said", "whole"),
    [
        ([posts("甲中心", FULL, 12, 6)], "核增甲中心事业编制（全额拨款）6名，由12名调整为18名", True),
        ([posts("甲中心", FULL, 12, -2)], "核减甲中心事业编制（全额拨款）2名，由12名调整为10名", True),
        (
            [posts("甲", FULL, 12, -5, "随编划转2人"), posts("乙", FULL, 10, 5, "随编划转2人")],
            "从甲调剂事业编制（全额拨款）5名至乙，调剂后甲为7名、乙为15名，随编划转2人",
            True,
        ),
        (
            [posts("镇", DEPUTY, 8, 1), *(posts(f"{name}街道", DEPUTY, 6, 2) for name in "东南西北")],
            "核增副科级领导职数9名，其中镇1名（由8名调整为9名），东街道、南街道、西街道、北街道各2名（由6名调整为8名）",
            True,
        ),
        (
            [posts(f"{n}号中心", FULL, n, n) for n in range(1, 6)],
            "核增1号中心等5个单位事业编制（全额拨款）共15名",
            False,
        ),
        (
            [
                ChangeLine(body="融媒", item="设立机构", after="设立（副科级）", said="设立融媒（副科级），隶属某局"),
                posts("融媒", FULL, 0, 8),
                posts("融媒", DEPUTY, 0, 1),
            ],
            "设立融媒（副科级），隶属某局；核增融媒事业编制（全额拨款）8名、副科级领导职数1名",
            True,
        ),
        (
            [ChangeLine(body="甲", item=FULL, before="空编3名", after="空编1名", change="−2名")],
            "核准使用甲事业编制（全额拨款）2名",
            True,
        ),
        (
            [posts("甲队", FULL, 5, -5, "随编划转5人", WAYS["LEVEL_UP"])],
            "向市级上划甲队事业编制（全额拨款）5名，由5名调整为0名，随编划转5人",
            True,
        ),
    ],
)
def test_the_sentence(lines, said, whole):
    assert spoken(lines) == (said, whole)


def test_the_table_is_called_by_what_it_holds_and_adds_up():
    quotas, leaders = [posts("甲", FULL, 12, 6), posts("乙", FULL, 3, -1)], [posts("镇", DEPUTY, 8, 1)]
    assert [sheet_title(one) for one in (quotas, leaders, [*quotas, *leaders])] == [
        "编制调整前后对照表", "领导职数调整前后对照表", "编制调整前后对照表",
    ]  # fmt: skip
    added = total(quotas)
    assert (added.before, added.after, wording.difference(added.change)) == ("15名", "20名", "增加5名")
    assert total([*quotas, *leaders]) is None


def test_a_procedure_tells_each_day_once():
    steps = [
        Procedure(on="2026-03-01", what="区委编办", result="受理"),
        Procedure(on="2026-03-01", what="区委编办", result="完成论证"),
        Procedure(on="2026-03-09", what="会议审议", result="同意", recorded_later=True),
    ]
    assert record.course(steps) == "2026年3月1日，区委编办受理、完成论证；2026年3月9日，会议审议同意。"


@pytest.mark.parametrize(
    ("written_down", "named"),
    [("区委常委会2026年第9次会议", "区委常委会2026年第9次会议"), ("2026年第9次", "区委常委会（2026年第9次）")],
)
def test_the_party_committee_is_named_once(written_down, named):
    assert record.party_sitting(written_down) == named


def test_two_lines_of_one_kind_are_told_apart_in_what_changed_since():
    before, after = [
        [{"line": n, "op": "CREATE", "body_name": name, "requested": 1, "params": {}} for n, name in enumerate(names)]
        for names in (("甲中心", "乙中心"), ("甲中心", "丙中心"))
    ]
    told = [{"lines": lines, "answers": {}, "basis": [], "uploads": []} for lines in (before, after)]
    assert rounds.changes(*told) == ("“设立机构”事项的机构名称由“乙中心”改为“丙中心”。",)


def differs(before, after):
    """Return what changed between two rounds with these lines."""
    return rounds.changes(*({"lines": lines, "answers": {}, "basis": [], "uploads": []} for lines in (before, after)))


def named(n):
    return str(UUID(int=n))


def asked(n, op, body, requested=1, unit="", **params):
    return {
        "line": named(n),
        "op": op,
        "body_name": body,
        "body": body,
        "requested": requested,
        "unit": unit,
        "params": params,
    }


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([asked(1, "QUOTA_ADD", "甲", 2, "PSU_FULL"), asked(2, "QUOTA_ADD", "甲", 1, "PSU_PARTIAL")],
         [asked(1, "QUOTA_ADD", "甲", 3, "PSU_FULL"), asked(2, "QUOTA_ADD", "甲", 1, "PSU_PARTIAL")],
         "“核增编制”事项（甲，事业编制（全额拨款））的申请数由“2”改为“3”。"),
        ([asked(1, "ADD_PLATE", "甲", plate="子牌"), asked(2, "ADD_PLATE", "甲", plate="丑牌")],
         [asked(1, "ADD_PLATE", "甲", plate="子牌")], "取消调整事项：加挂牌子甲（丑牌）。"),
        ([asked(1, "QUOTA_ADD", "甲", 2, "PSU_FULL"), asked(2, "QUOTA_ADD", "甲", 4, "PSU_FULL")],
         [asked(1, "QUOTA_ADD", "甲", 2, "PSU_FULL"), asked(2, "QUOTA_ADD", "甲", 5, "PSU_FULL")],
         "“核增编制”事项（甲，第2项）的申请数由“4”改为“5”。"),
        ([asked(1, "CREATE", "甲"), asked(2, "CREATE", "乙"),
          asked(3, "QUOTA_ADD", "", 2, "PSU_FULL", new_body=named(2))],
         [asked(1, "CREATE", "甲"), asked(2, "CREATE", "乙"),
          asked(3, "QUOTA_ADD", "", 3, "PSU_FULL", new_body=named(2))],
         "“核增编制”事项（乙）的申请数由“2”改为“3”。"),
        ([asked(1, "CREATE", "甲", 0), asked(2, "CREATE", "乙", 0)],
         [asked(1, "CREATE", "甲", 0), asked(2, "CREATE", "乙", 1)],
         "“设立机构”事项（乙）的申请数补充为“1”。"),
        ([asked(1, "QUOTA_ADD", "甲", 2, "PSU_FULL")], [asked(1, "QUOTA_ADD", "甲", 2, "PSU_PARTIAL")],
         "“核增编制”事项（甲）的类型由“事业编制（全额拨款）”改为“事业编制（差额补贴）”。"),
    ],
)  # fmt: skip
def test_lines_of_one_operation_are_told_apart_by_what_they_are_about(before, after, said):
    assert differs(before, after) == (said,)


DIRECTOR, MAYOR = {"name": "王某", "post": "区委编办主任"}, {"name": "李某", "post": "区长"}


@pytest.mark.parametrize(
    ("said", "away", "told"),
    [
        ("王某", DIRECTOR, ""),
        ("区委编办主任", DIRECTOR, ""),
        ("区委编办主任王某", DIRECTOR, ""),
        ("王某（区委编办主任）", DIRECTOR, ""),
        ("王某", MAYOR, "王某"),
        ("区委编办副主任", DIRECTOR, "区委编办副主任"),
        ("", DIRECTOR, ""),
    ],
)
def test_nobody_who_stayed_away_reported(said, away, told):
    there = MAYOR if away == DIRECTOR else DIRECTOR
    content = {"meeting": {"form": "SITTING"}, "present": [there], "leave": [], "absent": [away]}
    assert minutes._reporter({"reporter": said}, content) == told
    namesakes = content | {"present": [there, {**away, "post": "区政府办主任"}]}
    assert minutes._reporter({"reporter": away["name"]}, namesakes) == away["name"]
    assert minutes._reporter({"reporter": said}, content | {"meeting": {"form": "CIRCULATION"}}) == ""


@pytest.mark.parametrize(
    ("amendment", "values", "conditions", "demands"),
    [
        ("核增数由6名改为5名。", {"a": 5}, "", ()),
        ("甲中心改为五名；请财政局落实经费。", {"a": 5}, "按季报告。", ("请财政局落实经费。", "按季报告。")),
        ("补充完善职责表述。", {}, "", ("补充完善职责表述。",)),
    ],
)
def test_a_number_that_was_amended_is_no_demand_of_the_notice(amendment, values, conditions, demands):
    of_another = {"case": "other", "wording": {"conditions": "另一事项的要求。"}}
    signed = {"items": [of_another, {"case": "mine", "wording": {"conditions": conditions}}]}
    told = SimpleNamespace(
        case=SimpleNamespace(uuid="mine"), item=SimpleNamespace(amendment=amendment, values=values),
        meeting=SimpleNamespace(newest_minutes=SimpleNamespace(sections=signed)),
    )  # fmt: skip
    assert downward.demands(told) == demands


def test_many_are_addressed_together():
    assert addressed(("甲", "乙")) == "甲，乙"
    assert addressed(tuple("甲乙丙丁戊己")) == ALL_CONCERNED
