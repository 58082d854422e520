"""Two real cases carried through perform from draft to archive, by the people of the demonstration district."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from docs_templates.models import Package
from project.demonstration.office import CLERK, Office, Tell, read
from proposals.case import drafts, kinds
from proposals.case.lifecycle import CaseStep
from proposals.case.particulars.table import Particulars as P
from proposals.case.particulars.table import stored
from proposals.committee import planning
from proposals.committee.lifecycle import MeetingStep
from proposals.models import AgendaItem, BodyVersion, ChangeOp, Meeting, Opinion, Proposal, Upload
from proposals.vocabulary import LeaderLevel, QuotaType
from workflows.desks import opening
from workflows.jobs.worker import drain

CHAIR, DIRECTOR, SECOND, REVIEWER = "bianwei1", "zhuren", "bianban2", "hegao"
MEMBERS = ("bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "zhuren", CHAIR)


def run(tell: Tell) -> list[Package]:
    """Carry both cases and return their packages in the order in which they were sealed."""
    office = Office(tell)
    case_a, case_b = (prepared(office, read(name)) for name in ("case_a", "case_b"))
    waiting = prepared(office, read("in_hand")["filed"])
    meeting = called(office, [case_a, case_b, waiting])
    office.arrive()
    held(office, meeting)
    recorded(office, case_a)
    approved(office, case_b)
    filed(office, waiting, "beian")
    left_in_hand(office)
    return list(Package.objects.filter(subject_uuid__in=[case_a.uuid, case_b.uuid]).order_by("id"))


def prepared(office: Office, data: Mapping[str, Any]) -> Proposal:
    """动议与论证: draft a case from its data and bring it to the chair's approval."""
    office.tell(f"\n{data['title']}")
    case = drafted(office, data)
    office.take(case, CaseStep.SEND_TO_OFFICE, CLERK)
    office.take(case, CaseStep.REGISTER_INCOMING, CLERK, incoming_number=incoming_number(office))
    office.take(case, CaseStep.ACCEPT, CLERK, checks_passed=True)
    for unit in data["opinions"]:
        office.take(case, CaseStep.ASK_OPINION, CLERK, unit=unit)
        office.take(
            case, CaseStep.RECORD_OPINION, CLERK, unit=unit, result=Opinion.Result.AGREE, text="同意。", adopted=""
        )
    office.take(
        case, CaseStep.FINISH_ARGUMENT, CLERK, conclusion="经论证，该事项必要、合理、可行，建议提请区委编委会审议。"
    )
    if case_needs_city(case):
        consulted(office, case)
        office.attach(case, Upload.Purpose.PRE_COMM)
        office.take(
            case, CaseStep.RECORD_CITY_OPINION, CLERK, result=Opinion.Result.AGREE, text="同意提请区委编委会审议。"
        )
    office.take(
        case,
        CaseStep.PROPOSE_ITEM,
        DIRECTOR,
        opinion="室务会研究同意，提请区委编委会审议。",
        office_minutes="室务会第6次会议",
    )
    office.take(case, CaseStep.APPROVE_ITEM, CHAIR)
    return case


def drafted(office: Office, data: Mapping[str, Any]) -> Proposal:
    """Draft the case with lines, answers, bases and every required attachment."""
    fields = {name: data[name] for name in (
        "origin", "proposer", "leading_instruction", "trigger", "summary", "background", "reason",
    )}  # fmt: skip
    case = opening.open_case(
        territory=office.district, drafter=office.people[CLERK], title=data["title"], kind=data["kind"],
        at=office.tick(), **fields,
    )  # fmt: skip
    case = drafts.save_lines(case=case.uuid, seen=case.concern, lines=[line_of(one) for one in data["lines"]])
    answers = {code: (text, "") for code, text in data["answers"].items()}
    case = drafts.save_answers(case=case.uuid, seen=case.concern, answers=answers)
    case = drafts.save_basis(case=case.uuid, seen=case.concern, documents=data["basis"])
    for purpose in (*kinds.BY_CODE[case.kind].attachments, "POLICY_BASIS", "INSTRUCTION", "OPINION"):
        office.attach(case, purpose)
    return case


def line_of(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change line: a charter, a use of posts, posts from body to body, or leader posts asked of the city."""
    if "charter" in one:
        body, duties = body_named(one["charter"]), stored({P.duties: one["duties"]})
        return {"op": ChangeOp.CHARTER, "body": body, "body_name": one["charter"], "params": duties}
    if "use" in one:
        body = body_named(one["use"])
        unit = QuotaType.PSU_FULL
        return {"op": ChangeOp.USE, "body": body, "body_name": one["use"], "unit": unit, "requested": one["n"]}
    if "from" in one:
        return {
            "op": ChangeOp.QUOTA_TRANSFER, "body": body_named(one["from"]), "counterpart": body_named(one["to"]),
            "body_name": one["from"], "unit": QuotaType.PSU_FULL, "requested": one["n"],
            "params": stored({P.people: one.get("people", 0)}),
        }  # fmt: skip
    return {
        "op": ChangeOp.LEADER_ADD, "body": body_named(one["body"]), "body_name": one["body"],
        "unit": LeaderLevel.SECTION_DEPUTY, "requested": one["n"],
    }  # fmt: skip


def body_named(name: str) -> Any:
    """Return the body that bears a name today."""
    return BodyVersion.objects.select_related("body").get(name=name, valid_to=None).body


def incoming_number(office: Office) -> str:
    """Return the next number of the incoming register."""
    taken = Proposal.objects.filter(territory=office.district).exclude(number="").count()
    return f"{office.now.year}-{taken + 1:03}"


def case_needs_city(case: Proposal) -> bool:
    """Return whether the city decides, so that it is consulted first."""
    route = Proposal.objects.get(pk=case.pk).route
    return any(leg["decider"] == "CITY" and leg["mode"] == "APPROVE" for leg in route)


def called(office: Office, cases: list[Proposal]) -> Meeting:
    """Plan a meeting for today, put the cases on its agenda and send notice and papers."""
    meeting = planning.plan_meeting(
        territory=office.district, starts_at=timezone.now(), place="区委二楼会议室", planned_by=office.people[CLERK],
        at=office.tick(),
    )  # fmt: skip
    office.tell(f"\n{office.district.committee_name}会议")
    for case in cases:
        put = {"type": AgendaItem.Type.CASE, "proposal": str(case.uuid), "reporter": "编办主任"}
        office.take(meeting, MeetingStep.PUT_ITEM, CLERK, **put)
    office.take(meeting, MeetingStep.CALL_MEETING, CLERK, seq=planning.next_number(meeting=meeting))
    office.take(meeting, MeetingStep.FREEZE_AGENDA, CHAIR)
    return meeting


def held(office: Office, meeting: Meeting) -> None:
    """审议决定: eight of nine come; one abstains on the first item; the chair speaks last; the minutes are signed."""
    office.take(meeting, MeetingStep.ASK_LEAVE, "bianwei8", reason="外出开会")
    for who in MEMBERS:
        office.take(meeting, MeetingStep.CHECK_IN, who)
    office.take(meeting, MeetingStep.OPEN_MEETING, CLERK)
    for item in meeting.items.order_by("position"):
        office.tell(f" {item.title}")
        office.take(meeting, MeetingStep.OPEN_ITEM, CLERK, item=str(item.uuid))
        office.take(meeting, MeetingStep.OPEN_BALLOT, CLERK, item=str(item.uuid))
        for who in MEMBERS:
            value = "ABSTAIN" if item.position == 1 and who == "bianwei7" else "FOR"
            concern = AgendaItem.objects.get(pk=item.pk).ballot_concern
            office.take(meeting, MeetingStep.CAST_BALLOT, who, seen=concern, item=str(item.uuid), value=value)
        office.take(meeting, MeetingStep.CLOSE_BALLOT, CLERK, item=str(item.uuid))
        office.take(meeting, MeetingStep.CONCLUDE_ITEM, CLERK, item=str(item.uuid))
        office.tell(f"  {AgendaItem.objects.get(pk=item.pk).tally['sentence']}")
    office.take(meeting, MeetingStep.CLOSE_MEETING, CLERK)
    office.take(meeting, MeetingStep.DRAFT_MINUTES, CLERK)
    office.take(meeting, MeetingStep.CIRCULATE_MINUTES, CLERK)
    office.take(meeting, MeetingStep.SIGN_MINUTES, CHAIR)


def consulted(office: Office, case: Proposal) -> None:
    """沟通预审: the letter is drafted, reviewed, signed by the director, and sent."""
    letter = "拟核增副科级领导职数，现就有关情况函商，请予支持。"
    office.take(case, CaseStep.DRAFT_PAPER, CLERK, paper="goutong", wording={"paragraphs": letter})
    office.take(case, CaseStep.REVIEW_PAPER, REVIEWER, paper="goutong")
    office.take(case, CaseStep.SIGN_PAPER, DIRECTOR, paper="goutong")
    office.take(case, CaseStep.CONSULT_CITY, CLERK)


def numbered(office: Office, case: Proposal, paper: str) -> None:
    """拟稿、核稿、签发、编号: each by another person."""
    office.take(case, CaseStep.DRAFT_PAPER, CLERK, paper=paper)
    office.take(case, CaseStep.REVIEW_PAPER, REVIEWER, paper=paper)
    office.take(case, CaseStep.SIGN_PAPER, CHAIR, paper=paper)
    office.take(case, CaseStep.ALLOT_NUMBER, CLERK, paper=paper)


def filed(office: Office, case: Proposal, paper: str) -> None:
    """上报: number the paper, seal it, build the package and send it up."""
    office.tell(f"\n{case.title}")
    office.take(case, CaseStep.PREPARE_FILING, CLERK)
    numbered(office, case, paper)
    office.take(case, CaseStep.REGISTER_SEALING, SECOND, paper=paper, copies=2)
    office.take(case, CaseStep.SEAL_PACKAGE, SECOND)
    drain()
    office.take(case, CaseStep.FILE_UPWARD, DIRECTOR)


def taken_in(office: Office, case: Proposal) -> None:
    """签收、受理: the city's receiver takes what was filed."""
    office.take(case, CaseStep.SIGN_FOR, "shishouwen")
    office.take(case, CaseStep.CITY_ACCEPT, "shishouwen")


def recorded(office: Office, case: Proposal) -> None:
    """Case A: the district decides, its notice takes effect at once, the city takes the matter on record."""
    filed(office, case, "beian")
    taken_in(office, case)
    numbered(office, case, "tongzhi")
    office.take(case, CaseStep.ISSUE_AHEAD, DIRECTOR)
    office.take(case, CaseStep.CITY_RECORD, "shishenhe", number=f"乌编办备〔{office.now.year}〕1号")
    office.take(case, CaseStep.BEGIN_IMPLEMENTATION, CLERK)
    carried_out(office, case, "办理编制划转和随编人员转隶手续", "各街道办事处")


def approved(office: Office, case: Proposal) -> None:
    """Case B: the city grants the posts, the district tells its units."""
    filed(office, case, "qingshi")
    taken_in(office, case)
    office.take(case, CaseStep.CITY_APPROVE, "shishenhe", number=f"乌编发〔{office.now.year}〕12号", opinion="同意。")
    office.take(case, CaseStep.PREPARE_DOWNWARD, CLERK)
    numbered(office, case, "tongzhi")
    office.take(case, CaseStep.ISSUE_DOWNWARD, DIRECTOR)
    carried_out(office, case, "按核定职数办理备案登记", "千里山镇和各街道办事处")


def carried_out(office: Office, case: Proposal, task: str, unit: str) -> None:
    """组织实施: one task done, the case closed, the archive package made."""
    office.take(case, CaseStep.ADD_TASK, CLERK, title=task, unit=unit)
    office.take(case, CaseStep.FINISH_TASK, CLERK, task=str(case.tasks.get(title=task, unit=unit).uuid))
    office.take(case, CaseStep.CLOSE_CASE, CLERK)
    office.take(case, CaseStep.ARCHIVE, SECOND)
    drain()


def left_in_hand(office: Office) -> None:
    """Leave something to do on people's desks: a paper sent, a use to approve, an item members may vote on now."""
    data = read("in_hand")
    voted = prepared(office, data["voted"])
    for name, step in (("sent", CaseStep.SEND_TO_OFFICE), ("asked", CaseStep.SEND_SMALL)):
        office.tell(f"\n{data[name]['title']}")
        office.take(drafted(office, data[name]), step, CLERK)
    meeting = called(office, [voted])
    for who in MEMBERS:
        office.take(meeting, MeetingStep.CHECK_IN, who)
    office.take(meeting, MeetingStep.ALLOW_SHORT_NOTICE, CHAIR, reason="事项简单，同意会前一日送达材料。")
    office.take(meeting, MeetingStep.OPEN_MEETING, CLERK)
    item = meeting.items.get()
    office.take(meeting, MeetingStep.OPEN_ITEM, CLERK, item=str(item.uuid))
    office.take(meeting, MeetingStep.OPEN_BALLOT, CLERK, item=str(item.uuid))
