"""The only place for the sample facts that every paper of the catalogue is printed with in tests."""

from docs_templates.facts import argument, downward, minutes, request
from docs_templates.facts.parts import ChangeLine, Official, PaperFacts, Procedure, Remark, Section

CASE = "海编动〔2026〕17号"
COMMITTEE = "中共乌海市海勃湾区委机构编制委员会"
OFFICE = f"{COMMITTEE}办公室"
CHAIN_HEAD = "9f3a0c12bd44a1b27d3e55c0ffee00112233445566778899aabbccddeeff0011"
BASE = {"case_number": CASE, "organ": COMMITTEE, "dated": "2026-11-20", "chain_head": CHAIN_HEAD}
STREETS = ("新华街道", "新华西街道", "海北街道", "凤凰岭街道", "滨河街道", "林荫街道")
LATER = Remark(
    kind="补录",
    text="区委编委会议情况由李玥于2026年11月18日根据签字会议记录代录，张喆复核，佐证材料校验值9f3a0c12bd44。",
)
OVERRIDE = Remark(
    kind="特批说明",
    text="区农牧水务局某中心编制数低于最低要求，经编委主任王𬭸珺书面同意保留，理由：承担防汛应急值守职责。",
)


def _official(number: str, mark: str = f"{COMMITTEE}文件", recipient: str = "中共乌海市委机构编制委员会") -> Official:
    return Official(
        mark=mark,
        number=number,
        recipient=recipient,
        copies_to="中共乌海市委机构编制委员会办公室，海勃湾区财政局，海勃湾区人力资源和社会保障局",
        printed_by=OFFICE,
        printed_on="2026-11-20",
    )


MOVES = tuple(
    ChangeLine(
        body=f"{name}综合保障和技术推广中心",
        item="事业编制（全额拨款）",
        before=f"{20 + i}名",
        after=f"{20 + i + gain}名",
        change=f"+{gain}名",
        requested="6",
        decided=str(gain),
    )
    for i, (name, gain) in enumerate(zip(STREETS, (6, 6, 6, 5, 5, 5), strict=True))
) + (
    ChangeLine(
        body="区农牧业技术推广站",
        item="事业编制（全额拨款）",
        before="30名",
        after="21名",
        change="−9名",
        note="随编划转7人",
    ),
)
POSTS = (
    ChangeLine(
        body="千里山镇综合行政执法局",
        item="副科级领导职数",
        before="0名",
        after="1名",
        change="+1名",
        requested="2",
        decided="1",
        granted="1",
    ),
    ChangeLine(body="六个街道党群服务中心", item="副科级领导职数", after="各2名", change="+12名"),
)
SITUATION = Section(
    title="基本情况",
    paragraphs=(
        "海勃湾区辖1个镇、6个街道。截至2026年10月31日，6个街道所属事业单位核定事业编制135名，实有131人，空编4名；"
        "区直事业单位核定事业编制612名，实有574人，空编38名，空编率为6.21%。近三年街道承接区直部门下放服务事项41项，"
        "人均办理量由2023年的41.2件增加到2026年的68.9件，“一人多岗、超负荷运转”的问题较为突出。",
        "区直部分事业单位因职能萎缩、工作任务不足，长期保有空编，具备减上增下、优化配置的条件。",
    ),
)
NECESSITY = Section(
    title="论证情况",
    paragraphs=(
        "适应党和国家事业发展需要。落实基层管理体制改革要求，推动编制资源向基层一线倾斜，做到“编随事走、人随编走”。",
        "适应经济社会发展需要。城区人口向街道集聚，便民服务、综合治理、应急值守等任务持续增加……现有力量难以满足要求。",
        "适应机构履行职责需要。本次调整在全区事业编制总量内进行，不增加编制总额，不新增财政供养人员，财政部门已出具同意意见。",
    ),
)


def _qingshi() -> request.UpwardPaper:
    return request.UpwardPaper(
        **BASE,
        title=f"{COMMITTEE}关于核定千里山镇和街道副科级领导职数的请示",
        head=_official("海编发〔2026〕3号"),
        signer="王𬭸珺",
        opening="根据《中国共产党机构编制工作条例》和自治区关于深化基层管理体制改革的有关要求，结合我区镇和街道机构改革实际，"
        "经区委机构编制委员会会议研究，现就核定千里山镇和街道副科级领导职数有关事项请示如下。",
        sections=(SITUATION, NECESSITY),
        changes=POSTS,
        procedures=(
            Procedure(on="2026-11-03", what="区委编办室务会研究", result="同意提请区委编委审议"),
            Procedure(
                on="2026-11-16", what="区委机构编制委员会2026年第3次会议审议", result="同意", recorded_later=True
            ),
        ),
        round=2,
        earlier="前次于2026年3月20日以《关于核增领导职数的请示》（海编发〔2026〕2号）上报，市委编办于2026年3月26日退回。",
        changed_since_last_round=("千里山镇综合行政执法局副科级领导职数由2名调整为1名。",),
        annexes=("机构编制事项论证报告", "会议纪要（节录）", "调整前后对照表"),
        contact="李玥",
        telephone="0473-0000000",
        remarks=(LATER,),
    )


def _beian() -> request.UpwardPaper:
    return request.UpwardPaper(
        **BASE,
        title=f"{COMMITTEE}关于向街道调剂33名事业编制有关情况的报告",
        head=_official("海编发〔2026〕4号"),
        signer="王𬭸珺",
        opening="按照机构编制备案管理有关规定，现将我区在事业编制总量内向6个街道调剂33名事业编制的有关情况报告如下。",
        sections=(SITUATION, NECESSITY),
        changes=MOVES,
        procedures=(Procedure(on="2026-11-16", what="区委机构编制委员会2026年第3次会议审议", result="同意"),),
        annexes=("机构编制事项论证报告",),
        contact="李玥",
        telephone="0473-0000000",
    )


def _lunzheng() -> argument.ArgumentReport:
    return argument.ArgumentReport(
        **{**BASE, "organ": OFFICE},
        title="关于向街道调剂33名事业编制的论证报告",
        proposer="中共乌海市海勃湾区委组织部",
        overview=("拟从区直事业单位核减事业编制33名，调剂给6个街道所属事业单位使用，全区事业编制总量不变。",),
        units=tuple(
            argument.UnitStatus(
                name=f"{name}党群服务中心",
                nature="公益一类",
                rank="股级",
                parent=name,
                quota_type="事业编制（全额拨款）",
                approved=20 + i,
                actual=20,
                vacancy=str(i),
            )
            for i, name in enumerate(STREETS)
        ),
        basis=(
            argument.BasisLine(
                level="党内法规", document="《中国共产党机构编制工作条例》", clause="第十六条、第二十七条"
            ),
            argument.BasisLine(level="上级编委、编办文件", document="内机编办发〔2019〕34号"),
        ),
        sections=(
            Section(title="必要性", paragraphs=NECESSITY.paragraphs),
            Section(title="合理性与替代方案", paragraphs=("比较了购买服务、内部挖潜两种方案，均不能长期解决。",)),
            Section(title="可行性", paragraphs=("不增加财政支出；人员随编划转7人，场地由街道解决。",)),
            Section(title="比对情况", paragraphs=("与周边旗区相比，我区街道平均事业编制数偏低。",)),
            Section(title="风险与应对", paragraphs=("涉编单位职责衔接风险，已制定过渡方案。",)),
        ),
        opinions=(
            argument.OpinionLine(unit="区财政局", result="同意"),
            argument.OpinionLine(
                unit="区农牧水务局", result="有意见", text="建议保留防汛岗位编制", adopted="已采纳，核减数由12名改为9名"
            ),
        ),
        changes=MOVES,
        findings=("全区事业编制总量不变（+33、−33）。", "各划出单位核减后核定数不低于实有人数。"),
        conclusion="本事项依据充分、理由成立、方案可行，建议提请区委机构编制委员会审议。",
        remarks=(OVERRIDE,),
    )


COUNT = minutes.Count(
    method="会议表决，逐项举手",
    due=9,
    present=8,
    votes_for=7,
    votes_against=0,
    abstentions=1,
    reason="赞成7票，超过应到会委员半数（4.5），同意",
)


def _minutes(title: str, items: int) -> minutes.Minutes:
    agenda = (
        minutes.MinutesItem(
            kind="审议事项",
            title="关于向街道调剂33名事业编制的议题",
            reporter="区委编办主任张喆",
            discussion=("会议认为，向街道调剂编制符合减上增下、力量下沉的要求，总量不突破，方案可行。",),
            resolution="会议同意从区直事业单位核减事业编制33名，调剂给6个街道使用，具体如下。",
            changes=MOVES,
            conditions=("划出单位要做好人员随编划转工作。", "区委编办要于年底前完成实名制台账变更。"),
            count=COUNT,
        ),
        minutes.MinutesItem(
            kind="审议制度",
            title="关于《空编调配管理办法》的议题",
            resolution="会议原则同意《空编调配管理办法》，由区委编办根据会议意见修改后印发。",
            count=COUNT,
        ),
    )
    return minutes.Minutes(
        **{**BASE, "case_number": "区委编委2026年第3次会议"},
        title=title,
        mark=f"{COMMITTEE}会议纪要",
        number="〔2026〕3号",
        issuer=OFFICE,
        meeting="区委机构编制委员会2026年第3次会议",
        held_on="2026-11-16",
        place="区委二楼会议室",
        chair="王𬭸珺",
        chair_post="区委书记、区委编委主任",
        items=agenda[:items],
        present=("王𬭸珺", "李玥", "张喆", "赵一鸣", "钱旸", "孙赟", "周頔", "吴昊"),
        absent=("郑明（因公）",),
        attending=("冯晗（区财政局）", "陈一（区农牧水务局）"),
        signer="王𬭸珺",
        copies_to="区委编委各委员，各有关单位",
        printed_on="2026-11-20",
        remarks=(LATER,),
    )


def _jiyao() -> minutes.Minutes:
    return _minutes("区委机构编制委员会2026年第3次会议纪要", 2)


def _jielu() -> minutes.Minutes:
    return _minutes("区委机构编制委员会2026年第3次会议纪要（节录）", 1)


def _notice(title: str, number: str, **more: object) -> downward.Notice:
    return downward.Notice(
        **BASE,
        title=title,
        head=_official(number, recipient="各街道党工委、办事处，区直有关单位"),
        basis="经区委机构编制委员会2026年第3次会议研究同意，并已报乌海市委机构编制委员会办公室备案",
        changes=MOVES,
        demands=("请相关单位于2026年12月20日前办理编制变更和人员划转手续。", "不得超编进人。"),
        effective_on="2026-12-01",
        **more,
    )


def _tongzhi() -> downward.Notice:
    return _notice(f"{COMMITTEE}关于调整街道所属事业单位事业编制的通知", "海编发〔2026〕5号")


def _pifu() -> downward.Notice:
    return _notice(
        f"{COMMITTEE}关于调整新华街道事业编制的批复",
        "海编发〔2026〕6号",
        answered="你街道《关于增加事业编制的请示》（新街发〔2026〕12号）",
        attitude="原则同意",
        remarks=(OVERRIDE,),
    )


CITY = "中共乌海市委机构编制委员会"


def _shipifu() -> downward.CityReply:
    return downward.CityReply(
        **{**BASE, "organ": CITY},
        title=f"{CITY}关于核定千里山镇和街道副科级领导职数的批复",
        head=_official("乌编发〔2026〕31号", mark=f"{CITY}文件", recipient=COMMITTEE),
        answered=f"你委《{COMMITTEE}关于核定千里山镇和街道副科级领导职数的请示》（海编发〔2026〕3号）",
        attitude="原则同意",
        changes=POSTS,
        words=("请按照批复做好领导职数核定和干部配备工作。",),
    )


def _huizhi() -> downward.CityReply:
    return downward.CityReply(
        **{**BASE, "organ": f"{CITY}办公室"},
        title="关于向街道调剂33名事业编制的备案回执",
        head=_official("乌编备〔2026〕12号", mark=f"{CITY}办公室", recipient=COMMITTEE),
        answered=f"你委《{COMMITTEE}关于向街道调剂33名事业编制有关情况的报告》（海编发〔2026〕4号）",
        attitude="准予备案",
    )


def _fuhan() -> downward.Refusal:
    return downward.Refusal(
        **{**BASE, "organ": OFFICE},
        title=f"{OFFICE}关于设立数据服务中心有关事项的复函",
        head=_official("海编办函〔2026〕8号", mark=OFFICE, recipient="海勃湾区某局"),
        answered="你局《关于设立数据服务中心的请示》（海某发〔2026〕9号）",
        decided_by="区委机构编制委员会",
        decided_on="2026-11-16",
        reasons=(
            "所依据的文件为自治区业务主管部门通知，按照《中国共产党机构编制工作条例》第二十七条，不得作为设立机构、增加编制的依据。",
            "现有事业单位可以承担相应职责。",
        ),
        advice="请结合现有机构和编制统筹解决工作力量问题。",
    )


def _goutong() -> downward.Letter:
    return downward.Letter(
        **{**BASE, "organ": OFFICE},
        title="关于商请对街道副科级领导职数核定方案提出意见的函",
        head=_official("海编办函〔2026〕7号", mark=OFFICE, recipient="中共乌海市委机构编制委员会办公室"),
        paragraphs=("为做好镇和街道机构编制工作，我办研究提出了副科级领导职数核定方案，已经室务会研究。",),
        changes=POSTS,
        reply_by="2026-12-05",
        annexes=("室务会会议纪要",),
        contact="李玥",
        telephone="0473-0000000",
    )


def facts(*, slug: str) -> PaperFacts:
    """Return the sample facts of a paper of the catalogue."""
    from tests.papers import sample_forms

    maker = f"_{slug}"
    made: PaperFacts = (globals().get(maker) or getattr(sample_forms, maker))()
    return made
