"""THE OTHER TABLE: every step of a meeting, from where to where, whose duty it is, which case steps it carries along.

A resolution by circulation is a meeting of another form: the same ballots, the same count, the same minutes.
"""

from enum import StrEnum

from proposals.procedure.table import Row
from proposals.vocabulary import Duty as D
from proposals.vocabulary import MeetingState as M

SECRETARY = (D.RECORDER, D.OFFICE_CLERK)
CHAIR, VICE = (D.COMMITTEE_CHAIR,), (D.COMMITTEE_VICE,)
MEMBERS = (D.COMMITTEE_CHAIR, D.COMMITTEE_VICE, D.COMMITTEE_MEMBER)
ANYONE = (*MEMBERS, *SECRETARY)
EDITABLE = (M.PLANNED, M.CALLED)
EXPECTED = (M.CALLED, M.AGENDA_FROZEN)
COMING = (*EXPECTED, M.OPEN)
SAT = (M.OPEN, M.CLOSED, M.MINUTES_DRAFT, M.CIRCULATED, M.SIGNED)


# The steps of a meeting by name, in the order of the table.
MeetingStep = StrEnum(
    "MeetingStep",
    """
    PUT_ITEM PUT_RATIFICATIONS REMOVE_ITEM MOVE_ITEM_UP MOVE_ITEM_DOWN PLACE_ITEM INVITE_ATTENDEE CALL_MEETING
    GIVE_RECEIPT ASK_LEAVE WRITE_OPINION ALLOW_SHORT_NOTICE NAME_SUBSTITUTE DELEGATE_CHAIR FREEZE_AGENDA
    ALLOW_AD_HOC CANCEL_MEETING CHECK_IN CHECK_OUT OPEN_MEETING OPEN_ITEM STEP_OUT STEP_IN DECLARE_RECUSAL
    AMEND_ITEM OPEN_BALLOT SECOND_BALLOT CAST_BALLOT MARK_SILENT CLOSE_BALLOT RECORD_COUNTS RECORD_NO_OBJECTION
    RECORD_NAMED CONCLUDE_ITEM NOTE_ITEM PUT_ITEM_OVER CLOSE_MEETING RECORD_PAPER_MEETING START_CIRCULATION
    REMIND_MEMBERS FINISH_CIRCULATION DEMAND_MEETING LAPSE_CIRCULATION DRAFT_MINUTES EDIT_WORDING CIRCULATE_MINUTES
    COMMENT_MINUTES REWORK_MINUTES SIGN_MINUTES PROPOSE_CORRECTION CORRECT_MINUTES DECLINE_CORRECTION
    """,
)


MEETING_STEPS: tuple[Row, ...] = (
    # 筹备 — agenda and notice
    Row(MeetingStep.PUT_ITEM, "列入议程", EDITABLE, None, SECRETARY),
    Row(MeetingStep.PUT_RATIFICATIONS, "列入追认议题", EDITABLE, None, SECRETARY),
    Row(MeetingStep.REMOVE_ITEM, "撤下议题", EDITABLE, None, SECRETARY),
    Row(MeetingStep.MOVE_ITEM_UP, "上移", EDITABLE, None, SECRETARY),
    Row(MeetingStep.MOVE_ITEM_DOWN, "下移", EDITABLE, None, SECRETARY),
    Row(MeetingStep.PLACE_ITEM, "调整顺序", EDITABLE, None, SECRETARY),
    Row(MeetingStep.INVITE_ATTENDEE, "通知列席", (*EDITABLE, M.AGENDA_FROZEN, M.OPEN), None, SECRETARY),
    Row(MeetingStep.CALL_MEETING, "发会议通知", (M.PLANNED,), M.CALLED, SECRETARY),
    Row(MeetingStep.GIVE_RECEIPT, "回执", EXPECTED, None, ANYONE),
    Row(MeetingStep.ASK_LEAVE, "请假", COMING, None, ANYONE),
    Row(MeetingStep.WRITE_OPINION, "书面意见", COMING, None, ANYONE),
    Row(MeetingStep.ALLOW_SHORT_NOTICE, "同意缩短材料送达时间", EXPECTED, None, CHAIR),
    Row(MeetingStep.NAME_SUBSTITUTE, "登记代理出席", EXPECTED, None, SECRETARY),
    Row(MeetingStep.DELEGATE_CHAIR, "委托主持", COMING, None, CHAIR),
    Row(MeetingStep.FREEZE_AGENDA, "确定议程", (M.CALLED,), M.AGENDA_FROZEN, CHAIR),
    Row(MeetingStep.ALLOW_AD_HOC, "同意临时动议", (M.AGENDA_FROZEN, M.OPEN), None, (*CHAIR, *VICE)),
    Row(MeetingStep.CANCEL_MEETING, "取消会议", (M.PLANNED, *EXPECTED), M.CANCELLED, (*SECRETARY, *CHAIR)),
    # 会议 — who is there, item by item
    Row(MeetingStep.CHECK_IN, "签到", (M.AGENDA_FROZEN, M.OPEN), None, ANYONE),
    Row(MeetingStep.CHECK_OUT, "离会", (M.AGENDA_FROZEN, M.OPEN), None, ANYONE),
    Row(MeetingStep.OPEN_MEETING, "宣布开会", (M.AGENDA_FROZEN,), M.OPEN, (*SECRETARY, *CHAIR, *VICE)),
    Row(MeetingStep.OPEN_ITEM, "开始审议", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.STEP_OUT, "本议题离场", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.STEP_IN, "本议题到场", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.DECLARE_RECUSAL, "回避", (*EXPECTED, M.OPEN), None, ANYONE),
    Row(MeetingStep.AMEND_ITEM, "提出修改案", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.OPEN_BALLOT, "开始表决", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.SECOND_BALLOT, "再次表决", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.CAST_BALLOT, "表决", SAT, None, MEMBERS),
    Row(MeetingStep.MARK_SILENT, "记为未表决", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.CLOSE_BALLOT, "结束表决", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.RECORD_COUNTS, "登记计票", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.RECORD_NO_OBJECTION, "一致同意（无异议）", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.RECORD_NAMED, "登记记名表决", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.CONCLUDE_ITEM, "宣布议定结果", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.NOTE_ITEM, "登记听取情况", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.PUT_ITEM_OVER, "顺延下次会议", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.CLOSE_MEETING, "宣布散会", (M.OPEN,), M.CLOSED, (*SECRETARY, *CHAIR, *VICE)),
    Row(MeetingStep.RECORD_PAPER_MEETING, "补录会议", (M.PLANNED,), M.CLOSED, SECRETARY),
    # 书面传签 — where the rule allows it
    Row(MeetingStep.START_CIRCULATION, "发起传签", (M.PLANNED,), M.OPEN, SECRETARY),
    Row(MeetingStep.REMIND_MEMBERS, "催办传签", (M.OPEN,), None, SECRETARY),
    Row(MeetingStep.FINISH_CIRCULATION, "传签结束", (M.OPEN,), M.CLOSED, SECRETARY),
    Row(MeetingStep.DEMAND_MEETING, "要求开会审议", (M.OPEN,), M.CANCELLED, MEMBERS),
    Row(MeetingStep.LAPSE_CIRCULATION, "转会议审议", (M.OPEN,), M.CANCELLED, SECRETARY),
    # 纪要 — drawn from the record, signed, corrected only by number
    Row(MeetingStep.DRAFT_MINUTES, "起草纪要", (M.CLOSED,), M.MINUTES_DRAFT, SECRETARY),
    Row(MeetingStep.EDIT_WORDING, "修改文字", (M.MINUTES_DRAFT,), None, SECRETARY),
    Row(MeetingStep.CIRCULATE_MINUTES, "送核对", (M.MINUTES_DRAFT,), M.CIRCULATED, SECRETARY),
    Row(MeetingStep.COMMENT_MINUTES, "核对意见", (M.CIRCULATED,), None, MEMBERS),
    Row(MeetingStep.REWORK_MINUTES, "退回修改", (M.CIRCULATED,), M.MINUTES_DRAFT, (*SECRETARY, *CHAIR, *VICE)),
    Row(MeetingStep.SIGN_MINUTES, "签发纪要", (M.CIRCULATED,), M.SIGNED, (*CHAIR, *VICE)),
    Row(MeetingStep.PROPOSE_CORRECTION, "拟定更正", (M.SIGNED,), None, (*SECRETARY, *CHAIR, *VICE)),
    Row(MeetingStep.CORRECT_MINUTES, "签发更正", (M.SIGNED,), None, (*CHAIR, *VICE)),
    Row(MeetingStep.DECLINE_CORRECTION, "不予更正", (M.SIGNED,), None, (*CHAIR, *VICE)),
)

# Each form of meeting has steps of its own; what is in neither set is taken in both.
SITTING_ONLY = frozenset({
    MeetingStep.PUT_RATIFICATIONS, MeetingStep.INVITE_ATTENDEE, MeetingStep.CALL_MEETING, MeetingStep.GIVE_RECEIPT,
    MeetingStep.ASK_LEAVE, MeetingStep.ALLOW_SHORT_NOTICE,
    MeetingStep.NAME_SUBSTITUTE, MeetingStep.DELEGATE_CHAIR, MeetingStep.FREEZE_AGENDA, MeetingStep.ALLOW_AD_HOC,
    MeetingStep.CHECK_IN, MeetingStep.CHECK_OUT, MeetingStep.OPEN_MEETING,
    MeetingStep.OPEN_ITEM, MeetingStep.STEP_OUT, MeetingStep.STEP_IN, MeetingStep.AMEND_ITEM, MeetingStep.OPEN_BALLOT,
    MeetingStep.SECOND_BALLOT, MeetingStep.MARK_SILENT, MeetingStep.CLOSE_BALLOT,
    MeetingStep.RECORD_COUNTS, MeetingStep.RECORD_NO_OBJECTION, MeetingStep.RECORD_NAMED, MeetingStep.CONCLUDE_ITEM,
    MeetingStep.NOTE_ITEM, MeetingStep.PUT_ITEM_OVER,
    MeetingStep.CLOSE_MEETING, MeetingStep.RECORD_PAPER_MEETING,
})  # fmt: skip
CIRCULATION_ONLY = frozenset({
    MeetingStep.START_CIRCULATION, MeetingStep.REMIND_MEMBERS, MeetingStep.FINISH_CIRCULATION,
    MeetingStep.DEMAND_MEETING, MeetingStep.LAPSE_CIRCULATION,
})  # fmt: skip
