"""The only place that carries cases at random through every step of the table, and then brings each to its end.

What the committee does to a case is done in a sitting of its own. A step that is refused leaves no trace; a state from
which every step is refused is a dead end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from project.web.case.casefile import BY_MEETING
from proposals.case.lifecycle import CASE_STEPS
from proposals.case.phases import HOLDING
from proposals.models import Account, AgendaItem, Proposal
from proposals.plan import holding
from proposals.procedure.table import Row
from proposals.vocabulary import Duty, FilingMode, State
from tests import builders
from tests.case.conftest import CHIEF, DEPUTY, FULL, Desk
from tests.committee.chamber import MEMBERS
from tests.papers_bound import road
from workflows import subjects
from workflows.attempt import Refused
from workflows.papers import of_steps

PEOPLE: Mapping[str, str] = {
    Duty.OFFICE_CLERK: "bianban1", Duty.OFFICE_DIRECTOR: "zhuren", Duty.COMMITTEE_CHAIR: "bianwei1",
    Duty.COMPLIANCE: "hegao", Duty.ARCHIVIST: "bianban2", Duty.CITY_RECEIVER: "shishouwen",
    Duty.CITY_REVIEWER: "shishenhe", Duty.RECORDER: "bianban1", Duty.OFFICE_REVIEWER: "hegao",
}  # fmt: skip
MOTIONS = (*("AS_PROPOSED",) * 4, *("AS_AMENDED",) * 3, "DEFER", "RETURN", "AGAINST")
ENDS = (State.ARCHIVED, State.VOID)
# Taken where nothing else is left, and now and then for no reason.
GIVING_UP = (
    "void", "withdraw", "consent_withdrawal", "take_back", "recall_to_argument", "recall_item", "suspend",
    "refuse_by_office",
)  # fmt: skip
# Ways round within the office: taken as often as not they would keep the walk from ever leaving it.
IN_THE_HOUSE = (
    "return_for_correction", "back_to_draft", "send_to_compliance", "reargue", "decline_item", "reopen_decision",
    "reopen_dispatch",
)  # fmt: skip
TO_THE_END = 60


def moving(state: str) -> list[Row]:
    """Return the rows that move a case on from a state."""
    return [row for row in CASE_STEPS if state in row.sources and row.target and row.target != state]


def taken(state: str) -> list[Row]:
    """Return the rows that are walked from a state: a whole sitting stands for all that a meeting takes along."""
    return [row for row in moving(state) if row.step not in BY_MEETING or row.step == "begin_deliberation"]


def distances() -> Mapping[str, int]:
    """Return how many steps it is from each state to the archive, if nothing is refused."""
    far = {str(State.ARCHIVED): 0}
    while len(far) < len(State.values):
        more = {s: 1 + min(far[r.target] for r in moving(s) if r.target in far) for s in State.values
                if s not in far and any(r.target in far for r in moving(s))}  # fmt: skip
        if not more:
            break
        far |= more
    return far


def compositions(rng: Random, made: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of a case: a new body with what leans on it, posts to and fro, a body that closes."""
    n = rng.randint(1, 2)
    new = {"new_body": made}
    if rng.random() < 0.6:
        params = {"name": f"丙{made[:4]}中心", "category": "PSU", "funding": "FULL"}
        yield {"uuid": made, "op": "CREATE", "body_name": params["name"], "rank": 20, "params": params}
        leaning: list[dict[str, Any]] = [
            {"op": "QUOTA_ADD", "unit": FULL, "requested": n, "params": new},
            {"op": "LEADER_ADD", "unit": DEPUTY, "requested": n, "params": {**new, "source": "CITY"}},
            {"op": "ADD_PLATE", "params": {**new, "plate": "便民服务站"}},
            {"op": "QUOTA_TRANSFER", "body": "甲中心", "unit": FULL, "requested": n,
             "params": {"new_counterpart": made, "people": rng.randint(0, n)}},
            {"op": "REAFFILIATE", "body": "乙中心", "params": {"new_counterpart": made}},
        ]  # fmt: skip
        yield from rng.sample(leaning, rng.randint(0, 3))
    group = {"name": f"防汛{made[:4]}领导小组", "ends_on": "2027-12-31", "end_condition": "任务完成"}
    if rng.random() < 0.3:
        yield {"op": "COORD_CREATE", "body_name": group["name"], "params": group}
    others: list[dict[str, Any]] = [
        {"op": "LEVEL_UP", "body": "甲中心", "unit": FULL, "requested": n, "params": {"people": 1}},
        {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": n},
        {"op": "QUOTA_CUT", "body": "甲中心", "unit": FULL, "requested": n},
        {"op": "QUOTA_ADD", "body": "乙中心", "unit": FULL, "requested": n},
        {"op": "LEADER_ADD", "body": "演示街道", "unit": CHIEF, "requested": n, "params": {"source": "CITY"}},
        {"op": "USE", "body": "甲中心", "unit": FULL, "requested": n, "params": {"use_way": "RECRUIT", "post": "经办"}},
        {"op": "RENAME", "body": "乙中心", "params": {"name": f"乙{made[:4]}中心"}},
    ]  # fmt: skip
    # What only one of two cases can have: whichever takes effect first makes the other impossible.
    contested: list[dict[str, Any]] = [
        {"op": "ABOLISH_INNER", "body": "综合股"},
        {"op": "REAFFILIATE", "body": "乙中心", "counterpart": "甲中心"},
        {"op": "REAFFILIATE", "body": "甲中心", "counterpart": "乙中心"},
    ]
    yield from rng.sample(contested, 1 if rng.random() < 0.6 else 0)
    yield from rng.sample(others, rng.randint(1, 2))


class Walker:
    """One case on its way through the office, chosen by a random source."""

    def __init__(self, desk: Desk, rng: Random, reached: Counter[str], *lines: Mapping[str, Any]) -> None:
        self.desk, self.rng, self.reached = desk, rng, reached
        kind = rng.choice(["OTHER", "PSU_SETUP", "STAFF_TRANSFER", "LEADER_POSTS"])
        asked = lines or compositions(rng, str(UUID(int=rng.getrandbits(128), version=4)))
        self.case = desk.draft(kind, *asked, title=f"关于有关事项{rng.randint(1, 999)}的动议")
        builders.attach(desk.office, self.case, "PLAN")
        self.refusals: list[str] = []
        if lines:
            self.granted()
        else:
            self.set_out()

    @property
    def now(self) -> Proposal:
        return road.now(self.case)

    def granted(self) -> None:
        """Begin with what the city has granted: from here only what was decided leads on."""
        case = self.desk.at_city(self.desk.agreed(self.case))
        answer = "city_record" if case.filing_mode == FilingMode.RECORD else "city_approve"
        self.desk.office.take(case, answer, PEOPLE[Duty.CITY_REVIEWER], number=f"乌编办{self.rng.randint(1, 999)}号")

    def set_out(self) -> None:
        """Begin somewhere on the road: most of what may go wrong lies beyond the office's own study."""
        start = self.rng.random()
        try:
            if start < 0.5:
                self.desk.agreed(self.case)
            elif start < 0.85:
                self.desk.proposed(self.desk.argued(self.case), consult=self.rng.random() < 0.7)
        except Refused:
            return

    def facts(self, row: Row, *, plain: bool) -> dict[str, Any]:
        """Return what the step asks for; not plain, the numbers are chosen."""
        case, said = self.now, dict[str, Any]()
        for ask in subjects.asks_of(kind="case", step=row.step):
            match ask.kind:
                case "values" if not plain:
                    said[ask.name] = {str(line.uuid): self.rng.randint(0, line.amount) for line in case.change_lines
                                      if self.rng.random() < 0.5}  # fmt: skip
                case "instead" if not plain and self.rng.random() < 0.3:
                    given = {str(line.uuid): {"unit": line.other_units[0], "n": 1} for line in case.change_lines
                             if line.other_units}  # fmt: skip
                    said |= {"instead": given, "wording": "按批复原文办理。"}
                case "choice":
                    said[ask.name] = self.rng.choice(ask.choices)[0]
                case "yes" if ask.required:
                    said[ask.name] = True
                case "day" if ask.required:
                    said[ask.name] = (self.desk.office.now + timedelta(days=200)).date().isoformat()
                case "text" | "line" if ask.required:
                    said[ask.name] = f"说明{self.rng.randint(1, 99999)}"
        if row.step == "consult_city":
            said |= {"oral": True, "letter": f"电话沟通{self.rng.randint(1, 999)}"}
        if row.step == "register_incoming":
            said["incoming_number"] = f"收〔2026〕{self.rng.randint(1, 10**9)}号"
        return {name: value for name, value in said.items() if value not in ({}, "")}

    def step(self, row: Row, *, plain: bool) -> bool:
        """Try a step; a refusal is remembered and changes nothing; where a taken one leads is counted."""
        self.prepare(row)
        who, facts = next((PEOPLE[duty] for duty in row.duties if duty in PEOPLE), ""), self.facts(row, plain=plain)
        if not who:
            return False
        try:
            if row.step in BY_MEETING:
                self.sit()
            else:
                self.desk.office.take(self.case, row.step, who, **facts)
        except Refused as refusal:
            self.refusals.append(f"{row.label}：{refusal}")
            return False
        self.refusals.clear()
        self.reached[self.now.state] += 1
        return True

    def sit(self) -> None:
        """Let the committee take the case up and come to whatever it comes to; minutes are signed."""
        desk, item = self.desk, self.called()
        motion = self.rng.choice(MOTIONS)
        if motion == "AS_AMENDED" and not self.amended(item):
            motion = "AS_PROPOSED"
        against = [desk.member(one) for one in MEMBERS] if motion == "AGAINST" else []
        said = {"motion": "AS_PROPOSED" if against else motion, "dissent": dict.fromkeys(against, "AGAINST")}
        desk.take("record_no_objection", item=str(item.uuid), **said)
        try:
            desk.take("conclude_item", item=str(item.uuid))
        except Refused:
            # What cannot be agreed to any more is voted on again.
            desk.take("record_no_objection", item=str(item.uuid), motion="DEFER", reason="条件有变化", dissent={})
            desk.take("conclude_item", item=str(item.uuid))
        desk.sign()

    def called(self) -> AgendaItem:
        """Call a meeting with the case alone on its agenda, and open it."""
        self.desk.plan()
        item = self.desk.put(self.now, reporter="区委编办主任")
        self.desk.call()
        self.desk.open()
        self.desk.open_item(item)
        return item

    def amended(self, item: AgendaItem) -> bool:
        """Propose other numbers; those that do not hold together are refused in the room."""
        values = {str(line.uuid): self.rng.randint(0, line.amount) for line in self.now.change_lines}
        try:
            self.desk.take("amend_item", item=str(item.uuid), amendment="按会议意见调整。", values=values)
        except Refused as refusal:
            assert refusal.codes == {"DOES_NOT_HOLD"}, refusal
            return False
        return True

    def prepare(self, row: Row) -> None:
        """Let the paper that the step needs be drafted, signed and numbered."""
        if row.step == "issue_refusal" and self.now.agreed is False:
            road.signed(self.desk.office, self.case, "fuhan")
        for step, slugs in (("seal_package", ("qingshi", "beian")), ("issue_downward", ("tongzhi", "pifu"))):
            if row.step != step:
                continue
            for slug in slugs:
                if slug in dict(of_steps.choices(self.now)):
                    try:
                        road.numbered(self.desk.office, self.case, slug)
                    except Refused as refusal:
                        self.refusals.append(f"编文号：{refusal}")

    def wander(self) -> None:
        """Take one step at random; when everything is refused with chosen numbers, plain ones must do."""
        rows = taken(self.now.state)
        for plain in (False, False, True):
            shuffled = sorted(rows, key=lambda row: self.rng.random() + (0.6 if row.step in IN_THE_HOUSE else 0))
            if self.rng.random() < 0.95:
                shuffled.sort(key=lambda row: row.step in GIVING_UP)
            if any(self.step(row, plain=plain) for row in shuffled):
                self.check()
                return
        raise AssertionError(f"「{self.now.get_state_display()}」没有出路：{self.refusals}")

    def finish(self) -> None:
        """Bring the case to its end by the shortest way that is open, giving it up only where it cannot go on."""
        far, tried = distances(), Counter[tuple[str, str]]()
        for _ in range(TO_THE_END):
            state = self.now.state
            if state in ENDS:
                return
            rows = sorted(
                taken(state),
                key=lambda row: (
                    far[row.target or state]
                    + 4 * tried[state, row.step]
                    + 6 * (row.step in IN_THE_HOUSE)
                    + 12 * (row.step in GIVING_UP)
                ),
            )
            done = next((row for row in rows if self.step(row, plain=True)), None)
            if done is None:
                raise AssertionError(f"「{self.now.get_state_display()}」没有出路：{self.refusals}")
            tried[state, done.step] += 1
            self.check()
        raise AssertionError(f"走了{TO_THE_END}步还没有办完：{self.now.get_state_display()}")

    def check(self) -> None:
        """Hold what must hold wherever the case stands."""
        case = self.now
        held = sum(Account.objects.filter(case=case.uuid, compartment__in=("HELD", "PLEDGED")).values_list(
            "balance", flat=True))  # fmt: skip
        assert case.state in HOLDING or not held, f"「{case.get_state_display()}」仍占用{held}名"
        torn = [holding.said_of(lean) for lean in holding.torn(case.change_lines)]
        assert not torn or case.decided_on is None, torn
