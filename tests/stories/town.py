"""The only place where stories let the people of a district and its city work in their browsers, day after day."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.case import kinds, questions
from proposals.models import AgendaItem, Entry, Meeting, Proposal
from proposals.vocabulary import BallotValue
from tests.committee.chamber import CHAIR, MEMBERS
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.visitor import Visitor
from workflows import subjects
from workflows.jobs.worker import drain

CLERK, SECOND, DIRECTOR, REVIEWER = "bianban1", "bianban2", "zhuren", "hegao"
RECEIVER, CITY = "shishouwen", "shishenhe"
# Who signs in and votes on his own page; the others' steps alone are taken, where a story does not say otherwise.
PRESSING = (CHAIR, "bianwei3")
FULL = "PSU_FULL"
MINUTES = (
    "edit_wording",
    "circulate_minutes",
    "comment_minutes",
    "rework_minutes",
    "sign_minutes",
    "propose_correction",
    "correct_minutes",
    "decline_correction",
)
UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
REGISTERED = (
    {"code": "J01", "name": "演示街道", "category": "STREET"},
    {"code": "Z01", "name": "甲中心", "posts": {FULL: (20, 15)}},
    {"code": "Z02", "name": "乙中心", "posts": {FULL: (10, 8)}},
    {"code": "Z01-1", "name": "综合股", "category": "INNER", "rank": 10, "parent": "Z01"},
)


class Town(Life):
    """Everybody at a browser: steps are named as in the tables, fields as on their pages."""

    def __init__(self, **rule: Any) -> None:
        super().__init__(**rule)
        self.visitors: dict[str, Visitor] = {}
        self.begun: Proposal | None = None
        self.enter_opening(REGISTERED, {FULL: 40})

    def visitor(self, who: str) -> Visitor:
        """Return somebody's browser, signed in today."""
        known = self.visitors.get(who)
        if known is None or known.signed_in.date() != self.office.now.date():
            self.visitors[who] = known = Visitor(self.office.people[who], self.office)
        return known

    def pass_days(self, n: int) -> None:
        """Let days pass."""
        self.office.tick(days=n)

    def step(self, case: Proposal, step: str, who: str = CLERK, *, status: int = 302, **typed: Any) -> Visitor:
        """Open the page of a case's step, fill it in and press its button."""
        label = subjects.row_of(kind="case", step=step).label
        page = self.visitor(who).open(f"/cases/{case.uuid}/steps/{step}/")
        return page.press(label, status=status, **typed)

    def closed_to(self, case: Proposal, step: str, who: str = CLERK, *, status: int = 422) -> Visitor:
        """Open the page of a case's step and find it closed before anything could be typed in."""
        page = self.visitor(who).open(f"/cases/{case.uuid}/steps/{step}/", status=status)
        assert not page.page.xpath("//main//form"), page.words
        return page

    def at_meeting(self, step: str, who: str = CLERK, *, item: AgendaItem | None = None, **typed: Any) -> Visitor:
        """Open the page of a meeting's step, fill it in and press its button."""
        row = subjects.row_of(kind="meeting", step=step)
        place = "minutes/steps" if step in MINUTES else "steps"
        asked = f"?item={item.uuid}" if item else ""
        return self.visitor(who).open(f"{self.place}{place}/{step}/{asked}").press(row.label, **typed)

    @property
    def place(self) -> str:
        """The address of the meeting."""
        return f"/meetings/{self.meeting.uuid}/"

    # 动议与论证

    def opened(self, title: str, kind: str, *, who: str = CLERK, **fields: Any) -> Proposal:
        """Open a draft."""
        page = self.visitor(who).open("/cases/new/")
        page.press("建立草稿", **{"title": title, "kind": kind, "origin": "DISTRICT", "proposer": "区委编办", **fields})
        return Proposal.objects.get(uuid=re.findall(UUID, page.response.headers["Location"])[0])

    def written(self, case: Proposal, *lines: Mapping[str, Any], who: str = CLERK) -> None:
        """Type in everything that a draft needs: facts, lines, answers, basis and files."""
        at, page = f"/cases/{case.uuid}/", self.visitor(who)
        page.open(f"{at}facts/").press(
            "保存草稿", trigger="LOCAL_MISFIT", leading_instruction="区委主要领导批示（2026年3月1日）",
            summary=case.title, background="现有力量与任务不相适应。", reason="加强基层力量。",
        )  # fmt: skip
        self.lined(case, *lines, who=who)
        answers = {f"{one.code}-text": "已逐项论证,符合规定。" for one in questions.asked(kind=case.kind)}
        page.open(f"{at}answers/").press("保存草稿", **answers)
        basis = {"level": "STAFFING", "title": "关于向基层倾斜编制资源的意见", "number": "内机编发〔2019〕1号"}
        page.open(f"{at}basis/").press("保存草稿", **{f"form-0-{name}": value for name, value in basis.items()})
        self.upload(case, "POLICY_BASIS", *kinds.BY_CODE[case.kind].attachments, who=who)

    def lined(self, case: Proposal, *lines: Mapping[str, Any], who: str = CLERK) -> None:
        """Type in the change lines: those that stand are typed over, more are added."""
        page = self.visitor(who).open(f"/cases/{case.uuid}/lines/")
        for _ in range(max(case.lines.count(), 1), len(lines)):
            page.press("增加一项", status=200)
        typed = {f"form-{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}
        page.press("保存草稿", **typed)

    def upload(self, case: Proposal, *purposes: str, who: str = CLERK) -> None:
        """Upload a one-page PDF for each purpose."""
        for purpose in purposes:
            page = self.visitor(who).open(f"/cases/{case.uuid}/uploads/")
            page.press("上传", purpose=purpose, file=scan(f"{purpose}.pdf"), clean_declared=True)

    def accepted(self, case: Proposal) -> Proposal:
        """Send the draft, take it in and accept it."""
        self.step(case, "send_to_office")
        self.step(case, "register_incoming")
        self.step(case, "accept", checks_passed=True)
        return road.now(case)

    def argued(self, case: Proposal) -> Proposal:
        """Take the case in and argue it."""
        self.accepted(case)
        self.step(case, "finish_argument", conclusion="建议提请区委编委审议。")
        return road.now(case)

    def proposed(self, case: Proposal, *, consult: bool = False) -> Proposal:
        """Bring the argued case before the chair, after consulting the city where it decides."""
        if consult:
            self.consult(case, "现就有关事项函商，请予支持。")
            self.step(case, "record_city_opinion", result="AGREE")
        self.step(case, "propose_item", DIRECTOR, opinion="同意提请区委编委审议。")
        self.step(case, "approve_item", CHAIR)
        return road.now(case)

    # 编委会

    def called_for(self, *cases: Proposal, pressing: Collection[str] = PRESSING) -> list[AgendaItem]:
        """Plan a meeting, put the cases on its agenda, send the notice, let the days pass, let all nine sign in."""
        start = f"{self.office.now.date()}T09:00"
        page = self.visitor(CLERK).open("/meetings/new/").press("保存", starts_at=start, place="区委二楼会议室")
        self.meeting = Meeting.objects.get(uuid=re.findall(UUID, page.response.headers["Location"])[0])
        for case in cases:
            self.at_meeting("put_item", type="CASE", proposal=case.uuid, reporter="区委编办主任")
        self.at_meeting("call_meeting")
        self.at_meeting("freeze_agenda", CHAIR)
        self.pass_days(7)
        for who in MEMBERS:
            if who in pressing:
                self.visitor(who).open(f"{self.place}ballot/").press("签到")
            else:
                self.take("check_in", who)
        self.at_meeting("open_meeting")
        return list(self.meeting.items.order_by("position"))

    def balloted(
        self, item: AgendaItem, votes: Mapping[str, str], *, pressing: Collection[str] = PRESSING, **asked: Any
    ) -> None:
        """Take an item up, let every member choose, announce the result."""
        self.at_meeting("open_item", item=item)
        self.at_meeting("open_ballot", item=item, **asked)
        self.voted(item, votes, pressing=pressing)
        self.at_meeting("close_ballot", item=item)
        self.at_meeting("conclude_item", item=item)

    def voted(self, item: AgendaItem, votes: Mapping[str, str], *, pressing: Collection[str] = PRESSING) -> None:
        """Let every member vote, the chair last; who presses chooses on his own page and looks again."""
        for who in sorted(MEMBERS, key=lambda one: one == CHAIR):
            value = votes.get(who, "FOR")
            if who in pressing:
                label = BallotValue(value).label
                self.visitor(who).open(f"{self.place}ballot/").follow(label).press(f"确认{label}")
            else:
                self.cast(item, who, value)

    def agreed(self, item: AgendaItem, **asked: Any) -> None:
        """Take an item up and record that nobody objects to the motion."""
        self.at_meeting("open_item", item=item)
        self.at_meeting("record_no_objection", item=item, **asked)
        self.at_meeting("conclude_item", item=item)

    def minuted(self) -> None:
        """Close the meeting; its minutes are drafted, checked and signed."""
        for step in ("close_meeting", "draft_minutes", "circulate_minutes"):
            self.at_meeting(step)
        self.at_meeting("sign_minutes", CHAIR)

    def decided(self, *cases: Proposal, **asked: Any) -> None:
        """Let the committee agree to the cases and sign its minutes."""
        for item in self.called_for(*cases):
            self.agreed(item, **asked)
        self.minuted()

    # 上报、下达、归档

    def numbered(self, case: Proposal, paper: str, *, step: str = "allot_number", **typed: Any) -> None:
        """Draft a paper, let another review it and a third sign it, and give it its number."""
        drafted = {name: typed.pop(name) for name in ("effective_on",) if name in typed}
        if step == "record_external_number":
            drafted["in_party_name"] = True
        self.signed(case, paper, **drafted)
        self.step(case, step, paper=paper, **typed)

    def consult(self, case: Proposal, letter: str) -> None:
        """Ask the city in a letter that was drafted, reviewed and signed."""
        self.signed(case, "goutong", paragraphs=letter)
        self.step(case, "consult_city")

    def signed(self, case: Proposal, paper: str, **drafted: Any) -> None:
        """Draft a paper, let another review it and a third sign it."""
        director = paper in ("fuhan", "goutong") or road.now(case).decided_by == "OFFICE"
        if drafted.keys() - {"effective_on", "in_party_name"}:
            self.visitor(CLERK).open(f"/cases/{case.uuid}/papers/{paper}/").press("拟稿", **drafted)
        else:
            self.step(case, "draft_paper", paper=paper, **drafted)
        self.step(case, "review_paper", REVIEWER, paper=paper)
        self.step(case, "sign_paper", DIRECTOR if director else CHAIR, paper=paper)

    def packed(self, case: Proposal) -> Proposal:
        """Number the paper that goes up and make the filing package."""
        if road.now(case).state != "DISPATCHING":
            self.step(case, "prepare_filing")
        self.numbered(case, "qingshi" if road.now(case).filing_mode == "APPROVE" else "beian")
        self.step(case, "seal_package", SECOND)
        drain()
        return road.now(case)

    def filed(self, case: Proposal) -> Proposal:
        """Make the package and send it up; the city takes it in."""
        self.packed(case)
        self.step(case, "file_upward", DIRECTOR)
        self.step(case, "sign_for", RECEIVER)
        self.step(case, "city_accept", RECEIVER)
        return road.now(case)

    def issued(self, case: Proposal) -> Proposal:
        """Tell the units what was decided: the paper that founds the register entries."""
        self.step(case, "prepare_downward")
        self.numbered(case, "tongzhi")
        self.step(case, "issue_downward", DIRECTOR)
        return road.now(case)

    def closed(self, case: Proposal) -> Proposal:
        """Carry out, close and archive; the worker makes the archive package."""
        self.step(case, "add_task", title="办理变更登记", unit="区委编办")
        self.step(case, "finish_task", task=case.tasks.get(title="办理变更登记").uuid)
        self.step(case, "close_case")
        self.step(case, "archive", SECOND)
        drain()
        return road.now(case)

    def at_register(self, step: str, who: str = CLERK, *, status: int = 302, asked: str = "", **typed: Any) -> Visitor:
        """Open the page of a register's step, fill it in and press its button."""
        label = subjects.row_of(kind="register", step=step).label
        return self.visitor(who).open(f"/register/steps/{step}/{asked}").press(label, status=status, **typed)


def scan(name: str, pages: int = 1) -> SimpleUploadedFile:
    """Return a PDF of blank pages, as somebody's scanner would make it."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return SimpleUploadedFile(name, target.getvalue(), content_type="application/pdf")


def stations(case: Proposal) -> list[str]:
    """Return the states that the case came to, as its chronicle tells."""
    moves = [
        one for one in Entry.objects.filter(subject_id=case.uuid).order_by("seq") if one.from_state != one.to_state
    ]
    return [one.to_state for one in moves]
