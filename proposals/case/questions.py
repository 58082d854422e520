"""What a proposal must answer: Article 16 item by item, the three needs, and what single kinds ask besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from proposals.case import kinds
from proposals.vocabulary import Track


class Question(NamedTuple):
    """One question of the argument; its answer is text or points to a section of an uploaded report."""

    code: str
    label: str
    help: str
    citation: str = ""


ART16 = "《中国共产党机构编制工作条例》第十六条"
DECREE_486 = "地方各级人民政府机构设置和编制管理条例第十一条"
PLAN_1997 = "国务院行政机构设置和编制管理条例第九条"
NEEDS = "海勃湾区动议与论证程序（三个适应）"

MANDATORY: tuple[Question, ...] = (
    Question("A16_1", "坚持和加强党的全面领导", "是否有利于坚持和加强党的全面领导，怎样体现。", ART16),
    Question("A16_2", "合规性", "是否符合党中央规定、机构编制党内法规、国家法律和政策，逐条对照依据。", ART16),
    Question(
        "A16_3", "经济社会发展需要与财政承受能力", "是否适应经济社会发展、能否真正解决问题；年度经费测算。", ART16
    ),
    Question("A16_4", "合理性与替代方案", "是否研究过技术手段、改进管理、盘活存量、购买服务等办法，逐项说明。", ART16),
    Question("A16_5", "风险与应对", "可能出现的问题和应对措施。", ART16),
    Question("NEED_CAUSE", "与党和国家事业发展相适应", "对应党和国家事业的哪项要求。", NEEDS),
    Question("NEED_DUTY", "与机构履职相适应", "现有职责、工作量与机构编制是否匹配。", NEEDS),
)

OF_KINDS: tuple[Question, ...] = (
    Question("NAME_FIT", "名称规范说明", "名称与职责是否相符，是否与现有机构重名。"),
    Question("DUTY_SPLIT", "与相近机构的职责划分", "与相近机构逐项划清职责。", PLAN_1997),
    Question("DUTY_TO", "职责去向", "原有职责由谁承接，哪些取消。", PLAN_1997),
    Question("PEOPLE", "人员分流（转隶）方案", "原有人员如何安置，合计应等于原有实有人数。", PLAN_1997),
    Question("ASSETS", "资产处置", "办公用房、设备、债权债务的处置。"),
    Question("RANK_BASIS", "规格依据", "核定规格所依据的文件和条款。"),
    Question("PLATE_LIST", "牌子清单", "现有和拟挂（摘）的牌子。"),
    Question("BOTH_SIDES", "双方意见", "涉及的各单位书面意见。"),
    Question("HAND_OVER", "移交清单", "随职责移交的人员、经费、装备、资产。"),
    Question("CAPACITY", "承接能力评估", "镇街现有力量能否承接。"),
    Question("FUNDS_FOLLOW", "经费编制随转", "权责一致、费随事转：随转的经费和编制。"),
    Question("NEW_PLEDGE", "是否新增责任状、一票否决", "新增须有省级以上依据；没有则填“不新增”。"),
    Question("WORKLOAD", "工作量测算", "测算方法和结果。"),
    Question("ANNUAL_COST", "年度财政成本", "每年增加的财政支出。"),
    Question("STRUCTURE", "结构比例", "调整前后各类编制（人员）比例，合计100%。"),
    Question("POST_BASIS", "职数依据", "核定领导职数的依据和正、副职构成。"),
    Question("END_CONDITION", "撤销条件和期限", "任务完成后撤销的条件和时间。", DECREE_486),
    Question("PLAN_TABLE", "用编计划表", "各单位计划数与空编数对照。"),
    Question("TALENT", "人才认定", "使用周转池编制的人才类别和认定文件。"),
    Question("RETURN_DAY", "归还期限", "周转池编制的归还时间。"),
    Question("CHARTER_COMPARED", "“三定”对照", "修订前后对照，合计与台账一致。", "“三定”规定制定和实施办法"),
    Question("CLASS_BASIS", "分类依据", "拟定类别的依据。"),
    Question("FUNDING_SOURCE", "经费来源", "经费形式和来源。"),
    Question("PUBLIC_INTEREST", "公益属性", "公益类别及理由。", "内蒙古自治区事业单位机构编制管理办法第七条"),
    Question("PATTERN_FIT", "模式符合性", "是否符合核定的镇街机构设置模式。"),
    Question("MEASURE", "整改措施", "对应台账编号、措施和完成时间。"),
)
BY_CODE: Mapping[str, Question] = {question.code: question for question in (*MANDATORY, *OF_KINDS)}

# Demands of upper line departments that are not carried out without consent from above (Regulation art. 27).
VERTICAL_FLAGS: tuple[tuple[str, str], ...] = (
    ("BODY", "要求对口设立机构"),
    ("DUTY", "要求赋予职能"),
    ("RANK", "要求提高机构规格"),
    ("QUOTA", "要求增加编制"),
    ("POSTS", "要求增加领导职数"),
)


def asked(*, kind: str, three_needs: bool = True) -> tuple[Question, ...]:
    """Return what a case of this kind must answer; a case of the short track answers nothing."""
    found = kinds.BY_CODE[kind]
    if found.track == Track.SHORT:
        return ()
    general = [question for question in MANDATORY if three_needs or not question.code.startswith("NEED_")]
    return (*general, *(BY_CODE[code] for code in found.questions))
