"""Facts of the forms: 机构编制事项审批表 and 用编核准单."""

from dataclasses import dataclass

from docs_templates.facts.frozen import optional, required
from docs_templates.facts.parts import ChangeLine, PaperFacts


@dataclass(frozen=True, kw_only=True)
class FormOpinion:
    """One cell of the form: who says what; unsigned cells leave room for ink."""

    place: str = required("意见栏")
    words: str = optional("意见")
    person: str = optional("签字人")
    on: str = optional("日期", day=True)
    recorded_later: bool = optional("补录", False)


@dataclass(frozen=True, kw_only=True)
class ApprovalForm(PaperFacts):
    """What the 机构编制事项审批表 prints: the request, its lines, and who decided and signed."""

    applicant: str = required("申请单位")
    credit_code: str = optional("统一社会信用代码")
    kind: str = required("事项类型")
    track: str = required("办理方式")
    accepted_on: str = required("受理日期", day=True)
    authority: str = required("审批权限")  # 区委编委审批，报市委编办备案
    changes: tuple[ChangeLine, ...] = required("调整内容")
    basis: tuple[str, ...] = required("依据")
    argument: str = required("论证结论")
    findings: tuple[str, ...] = optional("数值核验结果", ())
    opinions: tuple[FormOpinion, ...] = required("意见栏")
    annexes: tuple[str, ...] = optional("附件目录", ())


@dataclass(frozen=True, kw_only=True)
class UsePermit(PaperFacts):
    """The 用编核准单: permission to fill approved posts, with a day it ends."""

    number: str = required("核准单编号")
    unit: str = required("用编单位")
    quota_type: str = required("编制类别")
    approved: int = required("核定编制")
    actual: int = required("实有人数")
    committed: int = required("已核未入")
    vacancy: int = required("空编")
    granted: int = required("核准用编数")
    purpose: str = required("用编事由")
    ways: str = optional("用编方式")
    post: str = optional("岗位与条件")
    from_outside: bool = optional("区外调入", False)
    valid_until: str = required("有效期至", day=True)
    opinions: tuple[FormOpinion, ...] = required("意见栏")
