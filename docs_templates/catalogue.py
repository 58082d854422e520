"""The table of papers: what each is called, what it is told, which step freezes it, who signs, how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from docs_templates.facts import approval_form, argument, downward, lists, minutes, request
from docs_templates.facts.parts import PaperFacts
from proposals.case.lifecycle import CaseStep
from proposals.committee.lifecycle import MeetingStep

FOR_EVER, THIRTY_YEARS, TEN_YEARS = "Y", "D30", "D10"  # 永久、30年、10年; the archive authority confirms the table
NUMBERED = (CaseStep.ALLOT_NUMBER, CaseStep.RECORD_EXTERNAL_NUMBER)  # the number makes the paper final
ARGUED, MINUTED = (
    (CaseStep.FINISH_ARGUMENT, CaseStep.PASS_COMPLIANCE),
    (MeetingStep.SIGN_MINUTES, MeetingStep.CORRECT_MINUTES),
)
RETENTION: Mapping[str, str] = {FOR_EVER: "永久", THIRTY_YEARS: "30年", TEN_YEARS: "10年"}


@dataclass(frozen=True)
class Paper:
    """One kind of paper."""

    slug: str  # also the name of its template
    label: str  # 文种
    facts: type[PaperFacts]
    frozen_by: tuple[str, ...]  # steps of the case or meeting that freeze its facts
    retention: str
    signed_by: str
    imprint: bool = False  # ends with a 版记 on an even page

    @property
    def template(self) -> str:
        """The template's file name."""
        return f"{self.slug}.html"


PAPERS = (
    Paper("qingshi", "请示", request.UpwardPaper, NUMBERED, FOR_EVER, "编委主任", imprint=True),
    Paper("beian", "备案报告", request.UpwardPaper, NUMBERED, FOR_EVER, "编委主任", imprint=True),
    Paper("lunzheng", "论证报告", argument.ArgumentReport, ARGUED, FOR_EVER, "编办主任"),
    Paper("jiyao", "会议纪要", minutes.Minutes, MINUTED, FOR_EVER, "编委主任", imprint=True),
    Paper("jielu", "会议纪要（节录）", minutes.Minutes, (CaseStep.SIGN_MINUTES,), FOR_EVER, "编委主任", imprint=True),
    Paper("shenpi", "机构编制事项审批表", approval_form.ApprovalForm, (CaseStep.SEAL_PACKAGE,), FOR_EVER, "各环节"),
    Paper("tongzhi", "通知", downward.Notice, NUMBERED, FOR_EVER, "编委主任", imprint=True),
    Paper("pifu", "批复", downward.Notice, NUMBERED, FOR_EVER, "编委主任", imprint=True),
    Paper(
        "shipifu",
        "市级批复",
        downward.CityReply,
        (CaseStep.CITY_APPROVE, CaseStep.CITY_REJECT),
        FOR_EVER,
        "市级",
        imprint=True,
    ),
    Paper("huizhi", "备案回执", downward.CityReply, (CaseStep.CITY_RECORD,), FOR_EVER, "市级"),
    Paper("fuhan", "复函", downward.Refusal, (CaseStep.ALLOT_NUMBER, CaseStep.ISSUE_REFUSAL), THIRTY_YEARS, "编办主任"),
    Paper("goutong", "沟通函", downward.Letter, (CaseStep.CONSULT_CITY,), TEN_YEARS, "编办主任"),
    Paper("hezhundan", "用编核准单", approval_form.UsePermit, (CaseStep.ISSUE_PERMIT,), THIRTY_YEARS, "编办主任"),
    Paper("shouwen", "收文登记单", lists.IncomingSlip, (CaseStep.REGISTER_INCOMING,), TEN_YEARS, "编办经办人"),
    Paper("tuihui", "退回补正通知", downward.ReturnNotice, (CaseStep.RETURN_FOR_CORRECTION,), TEN_YEARS, "编办经办人"),
    Paper("mulu", "报送材料目录", lists.PaperList, (CaseStep.SEAL_PACKAGE,), FOR_EVER, "编办经办人"),
    Paper("guidang_mulu", "归档文件目录", lists.PaperList, (CaseStep.ARCHIVE,), FOR_EVER, "档案员"),
    Paper("fengmian", "封面", lists.Cover, (CaseStep.ARCHIVE,), FOR_EVER, "档案员"),
    Paper("banlijilu", "办理记录", lists.ChronicleSheet, (CaseStep.SEAL_PACKAGE, CaseStep.ARCHIVE), FOR_EVER, "系统"),
    Paper("sixing", "四性检测报告", lists.CheckReport, (CaseStep.SEAL_PACKAGE, CaseStep.ARCHIVE), FOR_EVER, "档案员"),
    Paper("beikaobiao", "备考表", lists.NoteSheet, (CaseStep.ARCHIVE,), FOR_EVER, "档案员"),
)
BY_SLUG: Mapping[str, Paper] = {paper.slug: paper for paper in PAPERS}


def frozen_by(*, step: str) -> tuple[Paper, ...]:
    """List the papers whose facts the step freezes."""
    return tuple(paper for paper in PAPERS if step in paper.frozen_by)
