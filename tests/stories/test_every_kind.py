"""Every kind of proposal, and among them every kind of line, goes from its draft to the archive and has its effect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from docs_templates.models import FrozenPaper
from proposals.case import kinds
from proposals.case.correspondence.uploads import Upload
from proposals.models import (
    Account,
    AuthorityRule,
    BodyVersion,
    Borrowed,
    ChangeOp,
    DutyItem,
    DutyList,
    Permit,
    Pledge,
    ProblemItem,
    Proposal,
    UsePlan,
)
from proposals.plan import trial
from proposals.vocabulary import Track
from tests import builders
from tests.papers_bound import road
from tests.stories.life import OPENED, Life
from workflows.audit import ledger, permits, side_registers

FULL, PARTIAL, DEPUTY, MINOR = "PSU_FULL", "PSU_PARTIAL", "SECTION_DEPUTY", "SUB_SECTION_CHIEF"
SHORT = {op for kind in kinds.KINDS if kind.track == Track.SHORT for op in kind.ops}
# What a kind changes, in one letter each: posts, bodies, rows beside the ledger, or the words of its paper alone.
POSTS, BODIES, BESIDE, WORDS = "P", "B", "S", "W"
Lines = list[dict[str, Any]]


def line(op: str, body: str = "", n: int | None = None, unit: str = "", other: str = "", **params: Any) -> dict:
    """Write a line; bodies by the letter that tells them apart within their kind."""
    rank = params.pop("rank", None)
    named = {key: value for key, value in (("body", body), ("counterpart", other)) if value}
    return {"op": op, "requested": n, "unit": unit, "rank": rank, "params": params, **named}


ASKED: Mapping[str, tuple[str, Lines]] = {
    "ORG_SETUP": ("PB", [
        line("CREATE", name="新设中心", category="PSU", rank=20), line("QUOTA_ADD", "甲", 2, FULL),
        line("LEADER_ADD", "甲", 1, DEPUTY, source="POOL"), line("CHARTER", "甲"),
    ]),
    "ORG_ABOLISH": ("PB", [
        line("DUTY_MOVE", "乙", other="甲", duty="职责一"), line("ABOLISH", "乙", other="甲", leaders="现任1人转任"),
    ]),
    "ORG_MERGE": ("PB", [line("MERGE", "乙", other="甲", leaders="现任1人转任")]),
    "ORG_SPLIT": ("PB", [line("SPLIT", "甲", name="分设中心")]),
    "ORG_RENAME": ("B", [line("RENAME", "甲", name="更名后的中心")]),
    "ORG_RANK": ("B", [line("RERANK", "甲", rank=20)]),
    "ORG_PLATE": ("B", [line("ADD_PLATE", "甲", plate="新牌子"), line("REMOVE_PLATE", "乙", plate="旧牌子")]),
    "ORG_AFFIL": ("B", [line("REAFFILIATE", "甲", other="乙")]),
    "INTERNAL_SETUP": ("PB", [line("CREATE_INNER", "甲", name="新设股", rank=10)]),
    "INTERNAL_ABOLISH": ("PB", [line("ABOLISH_INNER", "丙")]),
    "INTERNAL_RENAME": ("B", [line("RENAME_INNER", "丙", name="更名股")]),
    "INTERNAL_MERGE": ("PB", [line("MERGE_INNER", "丙", other="丁")]),
    "DUTY_ADJUST": ("B", [
        line("DUTY_MOVE", "甲", other="乙", duty="职责一"), line("DUTY_ADD", "甲", duty="新职责"),
        line("DUTY_DROP", "甲", duty="职责二"),
    ]),
    "DUTY_ADMISSION": ("S", [
        line("DUTY_CLAIM", n=2, row="claimable", mode="CONFIRM"),
        line("DUTY_LIST", "甲", name="准入清单", list_type="ADMISSION"),
        line("PLEDGE_KEEP", name="防汛责任状", form="PLEDGE", department="甲局"),
    ]),
    "STAFF_INCREASE": ("P", [line("QUOTA_ADD", "甲", 3, FULL)]),
    "STAFF_DECREASE": ("P", [line("QUOTA_CUT", "甲", 3, FULL)]),
    "STAFF_TRANSFER": ("P", [line("QUOTA_TRANSFER", "甲", 3, FULL, "乙", people=1)]),
    "STAFF_STRUCTURE": ("P", [line("QUOTA_CONVERT", "甲", 2, FULL, to_unit=PARTIAL)]),
    "LEADER_POSTS": ("P", [
        line("LEADER_ADD", "甲", 1, DEPUTY, source="POOL"), line("LEADER_CUT", "甲", 1, DEPUTY),
        line("LEADER_TRANSFER", "甲", 1, DEPUTY, "乙"), line("LEADER_CONVERT", "乙", 1, DEPUTY, to_unit=MINOR),
    ]),
    "COORD_BODY_SETUP": ("PB", [
        line("COORD_CREATE", name="防汛领导小组", ends_on="2027-12-31", end_condition="任务完成"),
    ]),
    "COORD_BODY_ABOLISH": ("PB", [line("COORD_ABOLISH", "戊")]),
    "STAFF_USE": ("P", [line("USE", "甲", 2, FULL, use_way="RECRUIT", post="教师")]),
    "STAFF_USE_PLAN": ("S", [line("USE_PLAN", "乙", 4, FULL, year=2026)]),
    "TALENT_POOL": ("PS", [
        line("POOL_GROW", n=3, unit=FULL), line("POOL_USE", "甲", 2, FULL, return_on="2027-03-01", purpose="博士"),
        line("POOL_RETURN", "甲", 1, FULL), line("POOL_SHRINK", n=1, unit=FULL),
    ]),
    "SANDING_REVISE": ("B", [line("CHARTER", "甲", duties=["职责一", "职责三"])]),
    "PSU_CLASSIFY": ("B", [line("RECLASSIFY", "甲", welfare_class="WELFARE_1")]),
    "PSU_SETUP": ("PB", [line("CREATE", name="新设事业单位", category="PSU", rank=10)]),
    "PSU_MERGE": ("PB", [line("MERGE", "乙", other="甲", leaders="现任1人转任")]),
    "PSU_ABOLISH": ("PB", [line("ABOLISH", "乙", other="甲", leaders="现任1人转任")]),
    "STREET_ADJUST": ("B", [line("ADD_PLATE", "甲", plate="退役军人服务站")]),
    "LEVEL_TRANSFER": ("P", [line("LEVEL_UP", "甲", 2, FULL, people=2), line("LEVEL_DOWN", "乙", 2, FULL, people=1)]),
    "PROBLEM_RECTIFY": ("S", [
        line("RECTIFY", row="problem", way="GRANTED", measure="增编", part=1), line("PLEDGE_CANCEL", row="pledge"),
        line("BORROW_END", row="lent"),
    ]),
    "CORRECTION": ("B", [line("CORRECT", "甲", fields={"short_name": "甲简"})]),
    "OTHER": ("SW", [
        {**line("OTHER", "甲"), "remark": "明确有关事项"}, line("BORROW", "乙", 1, department="甲局", ends_on="2026-12-31"),
    ]),
}  # fmt: skip


class Everything(Life):
    """A district whose own rules let its office and committee decide everything, with two bodies and more a kind."""

    def __init__(self) -> None:
        self.office = builders.found_office()
        self.meeting = None
        for op in ChangeOp.values:
            legs = [("OFFICE", "APPROVE")] if op in SHORT else [("OFFICE", "AUDIT"), ("COMMITTEE", "APPROVE")]
            for decider, mode in legs:
                AuthorityRule.objects.create(
                    territory=self.office.district, since=date(2020, 1, 1), citation="测试", op=op, decider=decider,
                    mode=mode, verified=True,
                )  # fmt: skip
        bodies: list[dict[str, Any]] = []
        quotas: list[dict[str, Any]] = []
        for n, code in enumerate(ASKED):
            for letter, category in (
                ("甲", "PSU"),
                ("乙", "PSU"),
                ("丙", "INNER"),
                ("丁", "INNER"),
                ("戊", "COORDINATION"),
            ):
                bodies.append(self._body(n, code, letter, category))
            for letter in "甲乙":
                for unit, approved, actual in ((FULL, 12, 6), (DEPUTY, 3, 1)):
                    quotas.append({"body": f"B{n}{letter}", "unit": unit, "approved": approved, "actual": actual})
        totals = {FULL: 1200, PARTIAL: 50, DEPUTY: 300, MINOR: 50}
        self.office.enter(
            "import_opening", "bianban1", on=OPENED, paper="期初登记", totals=totals, bodies=bodies, quotas=quotas,
            problems=[],
        )  # fmt: skip
        self.rows = self._beside()

    @staticmethod
    def _body(n: int, code: str, letter: str, category: str) -> dict[str, Any]:
        inner = category == "INNER"
        return {
            "code": f"B{n}{letter}", "name": f"{letter}{code}", "category": category, "rank": 10 if inner else 30,
            "opened_on": OPENED, "paper": "期初登记", "parent": f"B{n}甲" if inner else "", "plates": ["旧牌子"],
            "duties": [] if inner else ["职责一", "职责二"],
        }  # fmt: skip

    def _beside(self) -> dict[str, str]:
        usual: dict[str, Any] = {"territory": self.office.district, "since": date(2026, 1, 5), "paper": "并列台账期初"}
        body, lender = self.named("甲PROBLEM_RECTIFY"), self.named("乙PROBLEM_RECTIFY")
        problem = ProblemItem.objects.create(
            number="1", batch="一", body=body, body_name="甲", topic="OTHER", problem="超配", excess=2, **usual
        )
        powers = DutyList.objects.create(code="P", list_type="POWER", title="赋权清单", body=body, **usual)
        rows = {
            "problem": problem, "claimable": DutyItem.objects.create(duty_list=powers, name="事项", count=5, **usual),
            "pledge": Pledge.objects.create(title="旧责任状", form="PLEDGE", department="甲局", **usual),
            "lent": Borrowed.objects.create(lender=lender, borrower="甲局", count=1, **usual),
        }  # fmt: skip
        return {word: str(row.uuid) for word, row in rows.items()}

    def drafted(self, code: str) -> Proposal:
        """Draft the case of a kind with everything that may be attached."""
        lines = []
        for one in ASKED[code][1]:
            named = {end: f"{one[end]}{code}" for end in ("body", "counterpart") if end in one}
            params = dict(one["params"])
            if "row" in params:
                params |= {"row": self.rows[params["row"]], "row_name": params["row"]}
            label = {"body_name": params.get("name", "")} if "CREATE" in one["op"] or one["op"] == "SPLIT" else {}
            lines.append({**one, **named, **label, "params": params})
        case = self.draft(code, *lines, title=f"关于{kinds.BY_CODE[code].label}的动议{code}")
        has = set(case.uploads.values_list("purpose", flat=True))
        for purpose in {"PLAN", "PEOPLE", "OTHER", "FISCAL", "DUTIES", "OPINION"} & set(Upload.Purpose.values) - has:
            builders.attach(self.office, case, purpose)
        return road.now(case)

    def short(self, case: Proposal) -> None:
        """Take a small matter to the office's decision."""
        self.office.take(case, "send_small", "bianban1")
        self.office.take(case, "decide_by_office", "zhuren")

    def issued(self, case: Proposal) -> None:
        """Let a decided case take effect and bring it to the archive."""
        if case.kind == "STAFF_USE":
            self.office.take(case, "issue_permit", "bianban1", expires_on="2026-12-31")
        else:
            self.office.take(case, "prepare_downward", "bianban1")
            self.office.take(case, "allot_number", "bianban1", paper="tongzhi")
            self.office.take(case, "issue_downward", "zhuren")
            self.office.take(case, "close_case", "bianban1")
        self.office.take(case, "archive", "bianban2")


def posts() -> dict[str, int]:
    return {
        row.key: row.balance
        for row in Account.objects.exclude(holder="CITY").exclude(compartment="HELD")
        if row.balance
    }


def facts() -> set[tuple]:
    return {
        (row.body_id, row.name, row.short_name, row.rank, row.category, row.parent_id, row.welfare_class, row.charter,
         tuple(row.plates), tuple(row.duties))
        for row in BodyVersion.objects.filter(valid_to=None).exclude(body__closed_on__isnull=False)
    }  # fmt: skip


def beside() -> list[tuple]:
    tables = (ProblemItem, DutyList, DutyItem, Pledge, Borrowed, UsePlan, Permit)
    rows = [tuple(map(str, row)) for table in tables for row in table.objects.order_by("pk").values_list()]
    return rows


def told(case: Proposal) -> str:
    paper = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug__in=("tongzhi", "hezhundan")).last()
    return json.dumps(json.loads(paper.facts), ensure_ascii=False) if paper else ""


def test_the_table_names_every_kind_and_every_line() -> None:
    assert set(ASKED) == set(kinds.BY_CODE)
    assert {one["op"] for _, lines in ASKED.values() for one in lines} == set(ChangeOp.values)


@pytest.mark.dear(150)
@pytest.mark.django_db
def test_every_kind_goes_from_draft_to_archive_and_has_its_effect() -> None:
    life = Everything()
    cases = {code: life.drafted(code) for code in ASKED}
    small = [code for code in ASKED if kinds.BY_CODE[code].track == Track.SHORT]
    for code, case in cases.items():
        life.short(case) if code in small else life.proposed(life.argued(case))
    life.decided(*(case for code, case in cases.items() if code not in small))
    after = posts(), facts(), beside()
    for code, case in cases.items():
        shown = trial.of_case(case=road.now(case), as_of=life.office.now.date())
        assert shown.shortfalls == (), (code, [one.message for one in shown.shortfalls])
        before = after
        life.issued(road.now(case))
        assert road.now(case).state == "ARCHIVED", code
        after = posts(), facts(), beside()
        effect = "".join(letter for letter, was, now in zip((POSTS, BODIES, BESIDE), before, after, strict=True)
                         if was != now)  # fmt: skip
        if WORDS in ASKED[code][0]:
            assert "明确有关事项" in told(case), told(case)
            effect += WORDS
        permitted = BESIDE if code == "STAFF_USE" else ""
        wanted = ASKED[code][0].replace(BESIDE, "") if code == "TALENT_POOL" else ASKED[code][0] + permitted
        assert set(effect) == set(wanted), (code, effect)
        assert all(line.moves or line.changes or line.rows or WORDS in wanted for line in shown.lines), code
    checks = (
        ledger.balances,
        permits.committed,
        permits.held,
        permits.plans,
        permits.parts,
    )
    assert [said for check in checks for said in check()] == []
    assert [said for said in side_registers.side_rows() if "期初" not in said and "的登记找不到" not in said] == []
