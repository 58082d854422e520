"""THE TABLE: step · label · from · to · duties; `to` None leaves the case where it stands (see proposals.topology)."""

from proposals.states import Duty as D
from proposals.states import State as S
from proposals.topology import Row

# fmt: off
# isort: off
from proposals.duty_places import LENDABLE
from proposals.phases import (
    ACCEPTED, ANSWERED, ANYWHERE, AT_CITY, CITY, CLERK, DECIDED, DIRECTOR, IN_FORCE, IN_OFFICE, OFFICE, SECRETARY,
    STANDING, UNDECIDED, WRITING,
)

CASE_STEPS: tuple[Row, ...] = (
    # 动议 — the unit or the office drafts
    Row("open_collective", "提请集体研究", (S.DRAFT,), S.UNIT_COLLECTIVE, (D.UNIT_DRAFTER, *CLERK)),
    Row("back_to_draft", "退回起草", (S.UNIT_COLLECTIVE,), S.DRAFT, (D.UNIT_HEAD, *CLERK)),
    Row("send_to_office", "报送编办", (S.DRAFT, S.UNIT_COLLECTIVE), S.SUBMITTED, (D.UNIT_DRAFTER, D.UNIT_HEAD, *CLERK)),
    Row("send_small", "报核（简易）", (S.DRAFT,), S.OFFICE_REVIEW, (D.UNIT_DRAFTER, *CLERK)),
    Row("take_back", "撤回修改", (S.SUBMITTED, S.OFFICE_REVIEW), S.DRAFT, (D.UNIT_DRAFTER, D.UNIT_HEAD, *CLERK)),
    Row("register_incoming", "收文登记", (S.SUBMITTED,), S.INTAKE_REVIEW, CLERK),
    Row("accept", "受理", (S.INTAKE_REVIEW,), S.ARGUING, CLERK),
    Row("return_for_correction", "退回补正", IN_OFFICE[1:], S.RETURNED, OFFICE),
    Row("resend", "补正再报", (S.RETURNED,), S.SUBMITTED, (D.UNIT_DRAFTER, *CLERK)),
    # 论证 — the office studies
    Row("ask_opinion", "征求意见", (S.ARGUING, S.OFFICE_REVIEW), None, CLERK),
    Row("record_opinion", "登记反馈意见", (S.ARGUING, S.OFFICE_REVIEW), None, CLERK),
    Row("finish_argument", "完成论证", (S.ARGUING,), S.OFFICE_REVIEW, CLERK),
    Row("send_to_compliance", "送合法合规审查", (S.ARGUING,), S.COMPLIANCE_REVIEW, CLERK),
    Row("recall_to_argument", "收回送审", (S.COMPLIANCE_REVIEW,), S.ARGUING, CLERK),
    Row("pass_compliance", "出具审查意见", (S.COMPLIANCE_REVIEW,), S.OFFICE_REVIEW, (D.COMPLIANCE,)),
    Row("object_compliance", "审查退回论证", (S.COMPLIANCE_REVIEW,), S.ARGUING, (D.COMPLIANCE,)),
    Row("reargue", "重新论证", (S.OFFICE_REVIEW, S.DEFERRED, S.CITY_RETURNED), S.ARGUING, (*CLERK, *DIRECTOR)),
    Row("consult_city", "发沟通函", (S.OFFICE_REVIEW,), S.PRE_COMM, CLERK),
    Row("record_city_opinion", "登记市级意见", (S.PRE_COMM,), S.OFFICE_REVIEW, CLERK),
    Row("decide_by_office", "核准", (S.OFFICE_REVIEW,), S.OFFICE_DECIDED, DIRECTOR),
    Row("refuse_by_office", "不予同意", (S.OFFICE_REVIEW,), S.REJECTED, DIRECTOR),
    Row("propose_item", "提请上会", (S.OFFICE_REVIEW, S.DEFERRED), S.AGENDA_APPROVAL, DIRECTOR),
    Row("recall_item", "收回议题", (S.AGENDA_APPROVAL,), S.OFFICE_REVIEW, DIRECTOR),
    # 审议决定 — the committee; the meeting takes the middle ones along
    Row("approve_item", "同意上会", (S.AGENDA_APPROVAL,), S.SCHEDULED, (D.COMMITTEE_CHAIR,)),
    Row("decline_item", "不同意上会", (S.AGENDA_APPROVAL,), S.OFFICE_REVIEW, (D.COMMITTEE_CHAIR,)),
    Row("begin_deliberation", "开始审议", (S.SCHEDULED,), S.IN_DELIBERATION, SECRETARY),
    Row("put_over", "顺延下次会议", (S.IN_DELIBERATION,), S.SCHEDULED, SECRETARY),
    Row("circulate", "发起传签", (S.SCHEDULED,), S.IN_CIRCULATION, SECRETARY),
    Row("fall_back", "转会议审议", (S.IN_CIRCULATION,), S.SCHEDULED, SECRETARY),
    Row("resolve_approved", "审议同意", (S.IN_DELIBERATION, S.IN_CIRCULATION), S.APPROVED, SECRETARY),
    Row("resolve_amended", "审议原则同意", (S.IN_DELIBERATION, S.IN_CIRCULATION), S.APPROVED_AMENDED, SECRETARY),
    Row("resolve_deferred", "审议暂缓", (S.IN_DELIBERATION, S.IN_CIRCULATION), S.DEFERRED, SECRETARY),
    Row("resolve_returned", "审议退回", (S.IN_DELIBERATION, S.IN_CIRCULATION), S.ARGUING, SECRETARY),
    Row("resolve_rejected", "审议不同意", (S.IN_DELIBERATION, S.IN_CIRCULATION), S.REJECTED, SECRETARY),
    Row("draft_minutes", "起草纪要", (S.APPROVED, S.APPROVED_AMENDED), S.MINUTES_DRAFT, SECRETARY),
    Row("sign_minutes", "签发纪要", (S.MINUTES_DRAFT,), S.MINUTES_SIGNED, (D.COMMITTEE_CHAIR, D.COMMITTEE_VICE)),
    Row("refer_to_party_committee", "报区委审定", DECIDED, S.PARTY_COMMITTEE, (*CLERK, *DIRECTOR)),
    Row("record_party_committee", "登记常委会意见（同意）", (S.PARTY_COMMITTEE,), S.DISPATCHING, CLERK),
    Row("record_party_deferral", "登记常委会意见（暂缓）", (S.PARTY_COMMITTEE,), S.DEFERRED, CLERK),
    Row("record_party_refusal", "登记常委会意见（不同意）", (S.PARTY_COMMITTEE,), S.REJECTED, CLERK),
    # 上报 — the filing package goes up
    Row("prepare_filing", "拟文上报", DECIDED, S.DISPATCHING, CLERK),
    Row("draft_paper", "拟稿", WRITING, None, CLERK),
    Row("review_paper", "核稿", WRITING, None, (D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR)),
    Row("sign_paper", "签发", WRITING, None, (*DIRECTOR, D.COMMITTEE_CHAIR, D.COMMITTEE_VICE)),
    Row("return_paper", "退回改稿", WRITING, None, (D.OFFICE_REVIEWER, *DIRECTOR, D.COMMITTEE_CHAIR, D.COMMITTEE_VICE)),
    Row("allot_number", "编文号", IN_FORCE, None, CLERK),
    Row("record_external_number", "登记区委文号", IN_FORCE, None, CLERK),
    Row("register_sealing", "用印登记", IN_FORCE, None, (D.SEAL_KEEPER,)),
    Row("attach_signed_scan", "上传签章件", (*IN_FORCE, S.IMPLEMENTING), None, CLERK),
    Row("seal_package", "生成报送包", (S.DISPATCHING,), S.PACKAGED, (D.ARCHIVIST, *CLERK)),
    Row("reopen_dispatch", "退回行文", (S.PACKAGED,), S.DISPATCHING, CLERK),
    Row("file_upward", "上报", (S.PACKAGED,), S.FILED, DIRECTOR),
    Row("sign_for", "签收", (S.FILED,), S.CITY_RECEIVED, (D.CITY_RECEIVER,)),
    Row("city_accept", "市级受理", (S.CITY_RECEIVED,), S.CITY_ACCEPTED, (D.CITY_RECEIVER, *CITY)),
    Row("supplement", "补充材料", AT_CITY, None, CLERK),
    Row("city_return", "市级退回", AT_CITY, S.CITY_RETURNED, CITY),
    Row("city_approve", "市级批复", AT_CITY, S.CITY_APPROVED, CITY),
    Row("city_record", "市级备案", AT_CITY, S.CITY_RECORDED, CITY),
    Row("city_reject", "市级不予同意", AT_CITY, S.CITY_REJECTED, CITY),
    Row("refile", "补正再报市级", (S.CITY_RETURNED,), S.DISPATCHING, CLERK),
    # 组织实施 — down again, done, kept
    Row("prepare_downward", "拟文下达", (*DECIDED, *ANSWERED, S.REJECTED), S.DISPATCHING_DOWN, CLERK),
    Row("issue_downward", "印发下达", (S.DISPATCHING_DOWN,), S.IMPLEMENTING, DIRECTOR),
    Row("issue_ahead", "先行印发（备案事项）", IN_FORCE, None, DIRECTOR),
    Row("issue_permit", "印发用编核准单", (*DECIDED, S.DISPATCHING, *ANSWERED), S.CLOSED, CLERK),
    Row("issue_refusal", "复函告知", (S.DISPATCHING_DOWN,), S.CLOSED, DIRECTOR),
    Row("begin_implementation", "转入组织实施", (S.CITY_RECORDED,), S.IMPLEMENTING, CLERK),
    Row("add_task", "新增落实任务", (S.IMPLEMENTING,), None, CLERK),
    Row("finish_task", "完成落实任务", (S.IMPLEMENTING,), None, CLERK),
    Row("close_case", "办结", (S.IMPLEMENTING,), S.CLOSED, (*CLERK, *DIRECTOR)),
    Row("archive", "归档", (S.CLOSED, S.WITHDRAWN, S.VOID), S.ARCHIVED, (D.ARCHIVIST,)),
    Row("record_package", "登记包校验值", (S.PACKAGED, S.ARCHIVED), None, (D.SYSTEM,)),
    Row("reissue_paper", "重新制作文书", ANYWHERE, None, DIRECTOR),
    # out of the ordinary
    Row("reopen_decision", "退回重新研究", STANDING, S.ARGUING, DIRECTOR),
    Row("withdraw", "撤销动议", UNDECIDED, S.WITHDRAWN, (D.UNIT_HEAD, *CLERK, *DIRECTOR)),
    Row("request_withdrawal", "发函申请撤回", AT_CITY, None, DIRECTOR),
    Row("consent_withdrawal", "同意撤回", AT_CITY, S.WITHDRAWN, CITY),
    Row("reroute", "重新确定审批路径", ACCEPTED, None, (*CLERK, *DIRECTOR)),
    Row("suspend", "中止", (S.ARGUING, S.OFFICE_REVIEW, S.AGENDA_APPROVAL), S.SUSPENDED, DIRECTOR),
    Row("resume", "恢复办理", (S.SUSPENDED,), S.ARGUING, DIRECTOR),
    Row("void", "作废", (S.DRAFT, S.UNIT_COLLECTIVE, S.RETURNED), S.VOID, (D.UNIT_DRAFTER, *CLERK, *DIRECTOR)),
    Row("override", "特批说明", UNDECIDED, None, (*DIRECTOR, D.COMMITTEE_CHAIR)),
    Row("urge", "催办", ANYWHERE, None, OFFICE),
    Row("delegate", "委托代办", ANYWHERE, None, LENDABLE),
    Row("end_delegation", "收回委托", ANYWHERE, None, LENDABLE),
)
# fmt: on
