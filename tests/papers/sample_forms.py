"""The sample facts of forms, lists and slips."""

from docs_templates.facts import approval_form as forms
from docs_templates.facts import downward, lists
from tests.papers.samples import BASE, CHAIN_HEAD, COMMITTEE, LATER, MOVES, OFFICE, OVERRIDE

OPINIONS = (
    forms.FormOpinion(place="股室意见", words="材料齐全，数值核验无误，建议受理。", person="李玥", on="2026-10-20"),
    forms.FormOpinion(place="编办意见", words="同意提请区委编委审议。", person="张喆", on="2026-11-03"),
    forms.FormOpinion(
        place="编委意见",
        words="区委编委2026年第3次会议同意。赞成7票，反对0票，弃权1票。",
        person="王𬭸珺",
        on="2026-11-16",
        recorded_later=True,
    ),
    forms.FormOpinion(place="市级意见"),
)


def _shenpi() -> forms.ApprovalForm:
    return forms.ApprovalForm(
        **{**BASE, "organ": OFFICE},
        title="向街道调剂33名事业编制",
        applicant="中共乌海市海勃湾区委组织部",
        credit_code="11150302000000000X",
        kind="编制调剂（减上增下）",
        track="一般",
        accepted_on="2026-10-20",
        authority="区委编委审批，报市委编办备案",
        changes=MOVES,
        basis=("《中国共产党机构编制工作条例》第十六条", "《空编调配管理办法》"),
        argument="符合三个适应要求，总量不变，方案可行。",
        findings=("全区事业编制总量不变。",),
        opinions=OPINIONS,
        annexes=("论证报告", "会议纪要（节录）"),
        remarks=(LATER, OVERRIDE),
    )


def _hezhundan() -> forms.UsePermit:
    return forms.UsePermit(
        **{**BASE, "organ": OFFICE},
        title="用编核准单",
        number="海用编〔2026〕12号",
        unit="新华街道党群服务中心",
        quota_type="事业编制（全额拨款）",
        approved=12,
        actual=10,
        committed=1,
        vacancy=1,
        granted=1,
        purpose="公开招聘网格管理岗位工作人员1名",
        valid_until="2027-05-20",
        opinions=(forms.FormOpinion(place="编办意见", words="同意。", person="张喆", on="2026-11-20"),),
    )


def _shouwen() -> lists.IncomingSlip:
    return lists.IncomingSlip(
        **{**BASE, "organ": OFFICE},
        title="收文登记单",
        sender="新华街道党工委",
        paper_number="新街发〔2026〕12号",
        paper_dated="2026-10-16",
        matter="关于增加事业编制的请示",
        received_on="2026-10-19",
        materials=("请示", "党工委会议纪要"),
        officer="李玥",
    )


def _tuihui() -> downward.ReturnNotice:
    return downward.ReturnNotice(
        **{**BASE, "organ": OFFICE},
        title="退回补正通知",
        recipient="新华街道党工委",
        received="《关于增加事业编制的请示》（新街发〔2026〕12号）",
        received_on="2026-10-19",
        reasons=("缺少党工委会议纪要。", "编制现状与实名制台账不一致，请核对。"),
        mend_by="2026-10-30",
        officer="李玥",
    )


LISTED = tuple(
    lists.ListedPaper(
        title=title, number=number, responsible=COMMITTEE, dated="2026-11-20", pages=pages, note="", code=code
    )
    for title, number, pages, code in (
        ("关于核定千里山镇和街道副科级领导职数的请示", "海编发〔2026〕3号", 4, "0001-WS·2026-Y-JGBZ-0001"),
        ("机构编制事项审批表", "", 2, "0001-WS·2026-Y-JGBZ-0002"),
        ("会议纪要（节录）", "〔2026〕3号", 2, "0001-WS·2026-Y-JGBZ-0003"),
    )
)


def _mulu() -> lists.PaperList:
    return lists.PaperList(**BASE, title="报送材料目录", papers=LISTED)


def _guidang_mulu() -> lists.PaperList:
    return lists.PaperList(**BASE, title="归档文件目录", papers=LISTED)


def _fengmian() -> lists.Cover:
    return lists.Cover(
        **BASE,
        title="机构编制事项归档文件",
        matter="关于核定千里山镇和街道副科级领导职数",
        year="2026",
        retention="永久",
        started_on="2026-10-19",
        ended_on="2026-12-30",
        pieces=12,
        pages=57,
    )


def _banlijilu() -> lists.ChronicleSheet:
    return lists.ChronicleSheet(
        **BASE,
        title="核定千里山镇和街道副科级领导职数",
        rows=tuple(
            lists.ChronicleRow(
                seq=seq,
                at=f"2026-11-{seq:02d} 09:30",
                happened_on=f"2026-11-{seq:02d}",
                step=step,
                actor="李玥（编办综合股股长）",
                on_behalf_of="区委编委" if seq == 3 else "",
                confirmed_by="张喆" if seq == 3 else "",
                what="材料齐全",
                hash=CHAIN_HEAD,
            )
            for seq, step in enumerate(("收文登记", "受理", "补录会议", "签发纪要"), start=1)
        ),
    )


def _sixing() -> lists.CheckReport:
    row = lists.CheckRow
    return lists.CheckReport(
        **{**BASE, "organ": OFFICE},
        title="四性检测报告",
        package="海编动〔2026〕17号报送包",
        authenticity=(row(code="T1", name="固化信息有效性", result="通过", detail="SHA-256、SM3清单相符"),),
        completeness=(row(code="I1", name="总件数、总字节数相符", result="通过"),),
        usability=(row(code="U2", name="内容数据格式符合归档要求", result="通过", detail="PDF/A-2a"),),
        safety=(row(code="S1", name="恶意代码检测", result="未检", detail="本机未安装查毒软件"),),
        verdict="已检项目全部通过，1项未检。",
    )


def _beikaobiao() -> lists.NoteSheet:
    return lists.NoteSheet(
        **BASE, title="备考表", situation=("本卷共12件57页。", "其中会议纪要签章件为扫描件。"), remarks=(LATER,)
    )
