"""THE OTHER TABLE: every step of a meeting, from where to where, whose duty it is, which case steps it carries along.

A resolution by circulation is a meeting of another form: the same ballots, the same count, the same minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposals.procedure.table import Row
from proposals.vocabulary import Duty as D
from proposals.vocabulary import MeetingState as M

if TYPE_CHECKING:
    pass

SECRETARY = (D.RECORDER, D.OFFICE_CLERK)
CHAIR, VICE = (D.COMMITTEE_CHAIR,), (D.COMMITTEE_VICE,)
MEMBERS = (D.COMMITTEE_CHAIR, D.COMMITTEE_VICE, D.COMMITTEE_MEMBER)
ANYONE = (*MEMBERS, *SECRETARY)
EDITABLE = (M.PLANNED, M.CALLED)
EXPECTED = (M.CALLED, M.AGENDA_FROZEN)
COMING = (*EXPECTED, M.OPEN)
SAT = (M.OPEN, M.CLOSED, M.MINUTES_DRAFT, M.CIRCULATED, M.SIGNED)

MEETING_STEPS: tuple[Row, ...] = (
    # 筹备 — agenda and notice
    Row("put_item", "列入议程", EDITABLE, None, SECRETARY),
    Row("put_ratifications", "列入追认议题", EDITABLE, None, SECRETARY),
    Row("remove_item", "撤下议题", EDITABLE, None, SECRETARY),
    Row("move_item_up", "上移", EDITABLE, None, SECRETARY),
    Row("move_item_down", "下移", EDITABLE, None, SECRETARY),
    Row("place_item", "调整顺序", EDITABLE, None, SECRETARY),
    Row("invite_attendee", "通知列席", (*EDITABLE, M.AGENDA_FROZEN, M.OPEN), None, SECRETARY),
    Row("call_meeting", "发会议通知", (M.PLANNED,), M.CALLED, SECRETARY),
    Row("give_receipt", "回执", EXPECTED, None, ANYONE),
    Row("ask_leave", "请假", COMING, None, ANYONE),
    Row("write_opinion", "书面意见", COMING, None, ANYONE),
    Row("allow_short_notice", "同意缩短材料送达时间", EXPECTED, None, CHAIR),
    Row("name_substitute", "登记代理出席", EXPECTED, None, SECRETARY),
    Row("delegate_chair", "委托主持", COMING, None, CHAIR),
    Row("freeze_agenda", "确定议程", (M.CALLED,), M.AGENDA_FROZEN, CHAIR),
    Row("allow_ad_hoc", "同意临时动议", (M.AGENDA_FROZEN, M.OPEN), None, (*CHAIR, *VICE)),
    Row("cancel_meeting", "取消会议", (M.PLANNED, *EXPECTED), M.CANCELLED, (*SECRETARY, *CHAIR)),
    # 会议 — who is there, item by item
    Row("check_in", "签到", (M.AGENDA_FROZEN, M.OPEN), None, ANYONE),
    Row("check_out", "离会", (M.AGENDA_FROZEN, M.OPEN), None, ANYONE),
    Row("open_meeting", "宣布开会", (M.AGENDA_FROZEN,), M.OPEN, (*SECRETARY, *CHAIR, *VICE)),
    Row("open_item", "开始审议", (M.OPEN,), None, SECRETARY),
    Row("step_out", "本议题离场", (M.OPEN,), None, SECRETARY),
    Row("step_in", "本议题到场", (M.OPEN,), None, SECRETARY),
    Row("declare_recusal", "回避", (*EXPECTED, M.OPEN), None, ANYONE),
    Row("amend_item", "提出修改案", (M.OPEN,), None, SECRETARY),
    Row("open_ballot", "开始表决", (M.OPEN,), None, SECRETARY),
    Row("second_ballot", "再次表决", (M.OPEN,), None, SECRETARY),
    Row("cast_ballot", "表决", SAT, None, MEMBERS),
    Row("mark_silent", "记为未表决", (M.OPEN,), None, SECRETARY),
    Row("close_ballot", "结束表决", (M.OPEN,), None, SECRETARY),
    Row("record_counts", "登记计票", (M.OPEN,), None, SECRETARY),
    Row("record_no_objection", "一致同意（无异议）", (M.OPEN,), None, SECRETARY),
    Row("record_named", "登记记名表决", (M.OPEN,), None, SECRETARY),
    Row("conclude_item", "宣布议定结果", (M.OPEN,), None, SECRETARY),
    Row("note_item", "登记听取情况", (M.OPEN,), None, SECRETARY),
    Row("put_item_over", "顺延下次会议", (M.OPEN,), None, SECRETARY),
    Row("close_meeting", "宣布散会", (M.OPEN,), M.CLOSED, (*SECRETARY, *CHAIR, *VICE)),
    Row("record_paper_meeting", "补录会议", (M.PLANNED,), M.CLOSED, SECRETARY),
    # 书面传签 — where the rule allows it
    Row("start_circulation", "发起传签", (M.PLANNED,), M.OPEN, SECRETARY),
    Row("remind_members", "催办传签", (M.OPEN,), None, SECRETARY),
    Row("finish_circulation", "传签结束", (M.OPEN,), M.CLOSED, SECRETARY),
    Row("demand_meeting", "要求开会审议", (M.OPEN,), M.CANCELLED, MEMBERS),
    Row("lapse_circulation", "转会议审议", (M.OPEN,), M.CANCELLED, SECRETARY),
    # 纪要 — drawn from the record, signed, corrected only by number
    Row("draft_minutes", "起草纪要", (M.CLOSED,), M.MINUTES_DRAFT, SECRETARY),
    Row("edit_wording", "修改文字", (M.MINUTES_DRAFT,), None, SECRETARY),
    Row("circulate_minutes", "送核对", (M.MINUTES_DRAFT,), M.CIRCULATED, SECRETARY),
    Row("comment_minutes", "核对意见", (M.CIRCULATED,), None, MEMBERS),
    Row("rework_minutes", "退回修改", (M.CIRCULATED,), M.MINUTES_DRAFT, (*SECRETARY, *CHAIR, *VICE)),
    Row("sign_minutes", "签发纪要", (M.CIRCULATED,), M.SIGNED, (*CHAIR, *VICE)),
    Row("propose_correction", "拟定更正", (M.SIGNED,), None, (*SECRETARY, *CHAIR, *VICE)),
    Row("correct_minutes", "签发更正", (M.SIGNED,), None, (*CHAIR, *VICE)),
    Row("decline_correction", "不予更正", (M.SIGNED,), None, (*CHAIR, *VICE)),
)

# Each form of meeting has steps of its own; what is in neither set is taken in both.
SITTING_ONLY = frozenset({
    "put_ratifications", "invite_attendee", "call_meeting", "give_receipt", "ask_leave", "allow_short_notice",
    "name_substitute", "delegate_chair", "freeze_agenda", "allow_ad_hoc", "check_in", "check_out", "open_meeting",
    "open_item", "step_out", "step_in", "amend_item", "open_ballot", "second_ballot", "mark_silent", "close_ballot",
    "record_counts", "record_no_objection", "record_named", "conclude_item", "note_item", "put_item_over",
    "close_meeting", "record_paper_meeting",
})  # fmt: skip
CIRCULATION_ONLY = frozenset({
    "start_circulation", "remind_members", "finish_circulation", "demand_meeting", "lapse_circulation",
})  # fmt: skip
