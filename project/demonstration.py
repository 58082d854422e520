"""Two real cases carried through perform from draft to archived package, by the people of the demonstration district."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

import proposals
from docs_templates import uploads
from docs_templates.models import Package
from docs_templates.render import draw
from proposals import convening, drafting, kinds
from proposals.act import Actor
from proposals.models import AgendaItem, BodyVersion, Entry, Meeting, Person, Proposal, Territory, Upload
from workflows import subjects
from workflows.attempt import Ref
from workflows.perform import perform
from workflows.worker import drain

DATA = Path(proposals.__file__).parent / "data" / "haibowan"
CHAIR, DIRECTOR, CLERK, SECOND, REVIEWER = "bianwei1", "zhuren", "bianban1", "bianban2", "hegao"
MEMBERS = ("bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "zhuren", CHAIR)
Tell = Callable[[str], None]


class Stage:
    """The district, its people, and a clock that runs from two weeks ago up to now."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.district = Territory.objects.get(path="/wuhai/haibowan/")
        self.now = timezone.now() - timedelta(days=14)
        self.people = {person.username: person for person in Person.objects.all()}

    def tick(self) -> datetime:
        """Let a minute pass, but never overtake the real clock."""
        self.now = min(self.now + timedelta(minutes=1), timezone.now())
        return self.now

    def arrive(self) -> None:
        """Let the days pass until now."""
        self.now = timezone.now()

    def take(self, subject: Any, step: str, who: str, *, seen: str | None = None, **facts: Any) -> Entry:
        """Take a step as somebody who has just looked, and tell who did what and where it led."""
        fresh = type(subject).objects.get(pk=subject.pk)
        person = self.people[who]
        entry = perform(
            subject=Ref(fresh.subject_kind, fresh.uuid), step=step, actor=Actor.of(person), at=self.tick(), key=uuid4(),
            seen=seen or (fresh.concern if isinstance(fresh, Proposal) else None), **facts,
        )  # fmt: skip
        label = subjects.row_of(kind=fresh.subject_kind, step=step).label
        stands = type(subject).objects.get(pk=subject.pk).get_state_display()
        self.tell(f"  {person.name:<6}　{label}　→ {stands}")
        return entry

    def attach(self, case: Proposal, purpose: str) -> Upload:
        """Upload a page that says what the real material would be."""
        label = Upload.Purpose(purpose).label
        return self.upload(case, purpose, page(f"{label}(演示材料)", case.title), f"{label}.pdf")

    def upload(self, case: Proposal, purpose: str, data: bytes, name: str) -> Upload:
        """Upload bytes through the guard that every file passes."""
        received = uploads.receive(data=data, at=self.now)
        actor = Actor.of(self.people[CLERK])
        return drafting.add_upload(
            case=case.uuid, actor=actor, at=self.now, stored=received.as_stored(), purpose=purpose, name=name
        )


def page(title: str, text: str) -> bytes:
    """Return a one-page PDF with a title and a line."""
    body = f"<h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>"
    return draw(html=f'<html lang="zh"><meta charset="utf-8"><body>{body}', fonts_root=settings.FONTS_ROOT).pdf


def run(tell: Tell) -> list[Package]:
    """Carry both cases and return their packages in the order in which they were sealed."""
    stage = Stage(tell)
    case_a, case_b = (prepared(stage, name) for name in ("case_a", "case_b"))
    meeting = called(stage, [case_a, case_b])
    stage.arrive()
    held(stage, meeting)
    recorded(stage, case_a)
    approved(stage, case_b)
    return list(Package.objects.filter(subject_uuid__in=[case_a.uuid, case_b.uuid]).order_by("id"))


def prepared(stage: Stage, name: str) -> Proposal:
    """动议与论证: draft a case from its data file and bring it to the chair's approval."""
    data = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    stage.tell(f"\n{data['title']}")
    case = drafted(stage, data)
    stage.take(case, "send_to_office", CLERK)
    stage.take(case, "register_incoming", CLERK, incoming_number=incoming_number(stage))
    stage.take(case, "accept", CLERK, checks_passed=True)
    for unit in data["opinions"]:
        stage.take(case, "ask_opinion", CLERK, unit=unit)
        stage.take(case, "record_opinion", CLERK, unit=unit, result="AGREE", text="同意。", adopted="")
    stage.take(case, "finish_argument", CLERK, conclusion="经论证,该事项必要、合理、可行,建议提请区委编委会审议。")
    if case_needs_city(case):
        stage.take(case, "consult_city", CLERK, letter="拟核增副科级领导职数,现就有关情况函商,请予支持。")
        stage.attach(case, Upload.Purpose.PRE_COMM)
        stage.take(case, "record_city_opinion", CLERK, result="AGREE", text="同意提交区委编委会审议。")
    stage.take(case, "propose_item", DIRECTOR, opinion="室务会研究同意,提请区委编委会审议。", office_minutes="室务会第6次会议")
    stage.take(case, "approve_item", CHAIR)
    return case


def drafted(stage: Stage, data: Mapping[str, Any]) -> Proposal:
    """Draft the case with lines, answers, bases and every required attachment."""
    fields = {name: data[name] for name in (
        "origin", "proposer", "leading_instruction", "trigger", "summary", "background", "reason",
    )}  # fmt: skip
    case = drafting.open_case(
        territory=stage.district, drafter=stage.people[CLERK], title=data["title"], kind=data["kind"], at=stage.tick(),
        **fields,
    )  # fmt: skip
    case = drafting.save_lines(case=case.uuid, seen=case.concern, lines=[line_of(one) for one in data["lines"]])
    answers = {code: (text, "") for code, text in data["answers"].items()}
    case = drafting.save_answers(case=case.uuid, seen=case.concern, answers=answers)
    case = drafting.save_basis(case=case.uuid, seen=case.concern, documents=data["basis"])
    for purpose in (*kinds.BY_CODE[case.kind].attachments, "POLICY_BASIS", "INSTRUCTION", "OPINION"):
        stage.attach(case, purpose)
    return case


def line_of(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change line: posts from body to body, or leader posts asked of the city."""
    if "from" in one:
        return {
            "op": "QUOTA_TRANSFER", "body": body_named(one["from"]), "counterpart": body_named(one["to"]),
            "body_name": one["from"], "unit": "PSU_FULL", "requested": one["n"], "params": {"people": one.get("people", 0)},
        }  # fmt: skip
    return {
        "op": "LEADER_ADD", "body": body_named(one["body"]), "body_name": one["body"], "unit": "SECTION_DEPUTY",
        "requested": one["n"],
    }  # fmt: skip


def body_named(name: str) -> Any:
    """Return the body that bears a name today."""
    return BodyVersion.objects.select_related("body").get(name=name, valid_to=None).body


def incoming_number(stage: Stage) -> str:
    """Return the next number of the incoming register."""
    taken = Proposal.objects.filter(territory=stage.district).exclude(number="").count()
    return f"{stage.now.year}-{taken + 1:03}"


def case_needs_city(case: Proposal) -> bool:
    """Return whether the city decides, so that it is consulted first (practice P10)."""
    route = Proposal.objects.get(pk=case.pk).route
    return any(leg["decider"] == "CITY" and leg["mode"] == "APPROVE" for leg in route)


def called(stage: Stage, cases: list[Proposal]) -> Meeting:
    """Plan a meeting for today, put the cases on its agenda and send notice and papers."""
    meeting = convening.plan_meeting(
        territory=stage.district, starts_at=timezone.now(), place="区委二楼会议室", planned_by=stage.people[CLERK],
        at=stage.tick(),
    )  # fmt: skip
    stage.tell(f"\n{stage.district.committee_name}会议")
    for case in cases:
        stage.take(meeting, "put_item", CLERK, type="CASE", proposal=str(case.uuid), reporter="编办主任")
    stage.take(meeting, "call_meeting", CLERK, seq=convening.next_number(meeting=meeting))
    stage.take(meeting, "freeze_agenda", CHAIR)
    return meeting


def held(stage: Stage, meeting: Meeting) -> None:
    """审议决定: eight of nine come; one abstains on the first item; the chair speaks last; the minutes are signed."""
    stage.take(meeting, "ask_leave", "bianwei8", reason="外出开会")
    for who in MEMBERS:
        stage.take(meeting, "check_in", who)
    stage.take(meeting, "open_meeting", CLERK)
    for item in meeting.items.order_by("position"):
        stage.tell(f" {item.title}")
        stage.take(meeting, "open_item", CLERK, item=str(item.uuid))
        stage.take(meeting, "open_ballot", CLERK, item=str(item.uuid))
        for who in MEMBERS:
            value = "ABSTAIN" if item.position == 1 and who == "bianwei7" else "FOR"
            concern = AgendaItem.objects.get(pk=item.pk).ballot_concern
            stage.take(meeting, "cast_ballot", who, seen=concern, item=str(item.uuid), value=value)
        stage.take(meeting, "close_ballot", CLERK, item=str(item.uuid))
        stage.take(meeting, "conclude_item", CLERK, item=str(item.uuid))
        stage.tell(f"  {AgendaItem.objects.get(pk=item.pk).tally['sentence']}")
    stage.take(meeting, "close_meeting", CLERK)
    stage.take(meeting, "draft_minutes", CLERK)
    stage.take(meeting, "circulate_minutes", CLERK)
    stage.take(meeting, "sign_minutes", CHAIR)


def filed(stage: Stage, case: Proposal, paper: str) -> None:
    """上报: number the paper, seal it, build the package and send it up."""
    stage.tell(f"\n{case.title}")
    stage.take(case, "prepare_filing", CLERK)
    stage.take(case, "allot_number", CLERK, paper=paper)
    stage.take(case, "register_sealing", SECOND, paper=paper, copies=2)
    stage.take(case, "seal_package", SECOND)
    drain()
    stage.take(case, "file_upward", DIRECTOR)
    stage.take(case, "sign_for", "shishouwen")
    stage.take(case, "city_accept", "shishouwen")


def recorded(stage: Stage, case: Proposal) -> None:
    """Case A: the district decides, its notice takes effect at once, the city takes the matter on record."""
    filed(stage, case, "beian")
    stage.take(case, "allot_number", CLERK, paper="tongzhi")
    stage.take(case, "issue_ahead", DIRECTOR)
    stage.take(case, "city_record", "shishenhe", number=f"乌编办备〔{stage.now.year}〕1号")
    stage.take(case, "begin_implementation", CLERK)
    carried_out(stage, case, "办理编制划转和随编人员转隶手续", "各街道办事处")


def approved(stage: Stage, case: Proposal) -> None:
    """Case B: the city grants the posts, the district tells its units."""
    filed(stage, case, "qingshi")
    stage.take(case, "city_approve", "shishenhe", number=f"乌编发〔{stage.now.year}〕12号", opinion="同意。")
    stage.take(case, "prepare_downward", CLERK)
    stage.take(case, "allot_number", CLERK, paper="tongzhi")
    stage.take(case, "issue_downward", DIRECTOR)
    carried_out(stage, case, "按核定职数办理备案登记", "千里山镇和各街道办事处")


def carried_out(stage: Stage, case: Proposal, task: str, unit: str) -> None:
    """组织实施: one task done, the case closed, the archive package made."""
    stage.take(case, "add_task", CLERK, title=task, unit=unit)
    stage.take(case, "finish_task", CLERK, title=task)
    stage.take(case, "close_case", CLERK)
    stage.take(case, "archive", SECOND)
    drain()
