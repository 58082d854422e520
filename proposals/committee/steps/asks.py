"""What each step of a meeting asks of the person who takes it; structured facts (names, results) have guards."""

from __future__ import annotations

from collections.abc import Mapping

from proposals.committee.meetings import AgendaItem
from proposals.committee.voting_rule import Method
from proposals.procedure.asks import CHOICE, COUNT, DAY, LINE, PERSON, TEXT, VALUES, YES, Ask
from proposals.vocabulary import BallotValue, Motion

ITEM = Ask("item", "议题", PERSON)
CORRECTION = Ask("correction", "所拟更正", PERSON)
MEMBER = Ask("member", "委员", PERSON)
MYSELF = Ask("member", "委员", PERSON, required=False, help="由他人代为登记时填写")
REASON = Ask("reason", "理由", LINE)
MOTION = Ask("motion", "表决动议", CHOICE, required=False, choices=tuple(Motion.choices))
METHOD = Ask("method", "表决方式", CHOICE, required=False, choices=tuple(Method.choices))
NUMBER = Ask("seq", "第几次会议", COUNT)
# What a sitting ratifies comes on its agenda by a step of its own.
WRITTEN = tuple(one for one in AgendaItem.Type.choices if one[0] != AgendaItem.Type.RATIFY)
MATTER = (
    Ask("type", "议题类型", CHOICE, choices=WRITTEN),
    Ask("proposal", "动议事项", PERSON, required=False),
    Ask("title", "议题名称", LINE, required=False),
    Ask("gist", "要点", LINE, required=False),
    Ask("reporter", "汇报人", LINE, required=False),
    Ask("major", "重大事项", YES, required=False),
)

SITTING_ASKS: Mapping[str, tuple[Ask, ...]] = {
    "put_item": MATTER,
    "remove_item": (ITEM,),
    "move_item_up": (ITEM,),
    "move_item_down": (ITEM,),
    "place_item": (ITEM, Ask("position", "排到第几项", COUNT)),
    "invite_attendee": (ITEM, Ask("name", "列席人员姓名", LINE), Ask("unit", "单位及职务", LINE)),
    "call_meeting": (NUMBER,),
    "give_receipt": (MYSELF,),
    "ask_leave": (MYSELF, Ask("reason", "请假事由", LINE)),
    "write_opinion": (ITEM, MYSELF, Ask("text", "书面意见", TEXT)),
    "allow_short_notice": (REASON,),
    "name_substitute": (MEMBER, Ask("person", "代理人", PERSON), REASON),
    "delegate_chair": (Ask("person", "主持会议的副主任", PERSON), Ask("reason", "委托说明", LINE)),
    "allow_ad_hoc": (*MATTER, Ask("reason", "紧急理由（写入纪要）", LINE)),
    "cancel_meeting": (REASON,),
    "check_in": (MYSELF,),
    "check_out": (MYSELF, Ask("reason", "离会事由", LINE, required=False)),
    "open_item": (ITEM,),
    "step_out": (ITEM, MEMBER),
    "step_in": (ITEM, MEMBER),
    "declare_recusal": (ITEM, MYSELF, Ask("reason", "回避理由", LINE)),
    "amend_item": (
        ITEM,
        Ask("amendment", "修改意见", TEXT),
        Ask("values", "修改后的数额", VALUES, required=False),
    ),
    "open_ballot": (ITEM, MOTION, METHOD),
    "second_ballot": (ITEM, MOTION, METHOD, Ask("reason", "再次表决的理由", LINE)),
    "cast_ballot": (ITEM, Ask("value", "表决意见", CHOICE, required=False, choices=tuple(BallotValue.choices))),
    "mark_silent": (ITEM, MEMBER),
    "close_ballot": (ITEM,),
    "record_counts": (ITEM, MOTION, METHOD),
    "record_no_objection": (ITEM, MOTION),
    "record_named": (ITEM, MOTION),
    "conclude_item": (ITEM, Ask("note", "有关要求", LINE, required=False)),
    "note_item": (ITEM, Ask("note", "听取（传达）情况", LINE, required=False)),
    "put_item_over": (ITEM, REASON),
    "record_paper_meeting": (NUMBER,),
    "start_circulation": (NUMBER, Ask("window_until", "传签截止日期", DAY)),
    "demand_meeting": (REASON,),
    "lapse_circulation": (REASON,),
    "comment_minutes": (Ask("text", "核对意见", TEXT, required=False, help="无误请留空"),),
    "rework_minutes": (REASON,),
    "correct_minutes": (CORRECTION,),
    "decline_correction": (CORRECTION, REASON),
    "propose_correction": (
        Ask("place", "更正处", LINE),
        Ask("before", "原文", LINE),
        Ask("after", "更正为", LINE),
        REASON,
    ),
}
