"""THE KINDS: every kind of proposal with its usual change lines, track, attachments and further questions.

A kind never limits what lines a case may carry; `filed` is False only for the use of an approved quota
and for corrections, which are no 动议. Attachments beyond those of every case are purposes of uploads; a rulebook
setting ATTACHMENT of the kind's code replaces the list. Questions are codes of proposals.questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from proposals.case.lines import ChangeOp as O
from proposals.vocabulary import Track

SHORT, FULL = Track.SHORT, Track.FULL
ORGAN = (O.CREATE, O.CREATE_INNER, O.QUOTA_ADD, O.QUOTA_TRANSFER, O.LEADER_ADD, O.CHARTER)
CLOSING = (O.ABOLISH, O.QUOTA_TRANSFER, O.QUOTA_CUT, O.LEADER_CUT, O.DUTY_MOVE)
STREET = (O.CREATE, O.ABOLISH, O.ADD_PLATE, O.QUOTA_TRANSFER, O.QUOTA_ADD, O.LEADER_ADD, O.CHARTER, O.DUTY_MOVE)


class Kind(NamedTuple):
    """One line of the table; `attachments` come on top of EVERY_CASE for the full track."""

    code: str
    label: str
    ops: tuple[str, ...]
    track: str = FULL
    filed: bool = True
    attachments: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


EVERY_CASE = ("UNIT_REQUEST", "PARTY_GROUP_MINUTES", "POLICY_BASIS")
# What a line asks for under whatever kind it comes: attachments of a mixed case are the union.
ATTACHED_TO: Mapping[str, tuple[str, ...]] = {
    O.CREATE: ("PLAN",), O.SPLIT: ("PLAN",), O.MERGE: ("PEOPLE",), O.ABOLISH: ("PEOPLE",), O.LEVEL_UP: ("PEOPLE",),
    O.RECTIFY: ("OTHER",),
}  # fmt: skip

# fmt: off
KINDS: tuple[Kind, ...] = (
    Kind("ORG_SETUP", "设立机构", ORGAN, attachments=("PLAN", "DUTIES"), questions=("NAME_FIT", "DUTY_SPLIT")),
    Kind("ORG_ABOLISH", "撤销机构", CLOSING, attachments=("DUTIES", "PEOPLE"),
         questions=("DUTY_TO", "PEOPLE", "ASSETS")),
    Kind("ORG_MERGE", "合并机构", (O.MERGE, *CLOSING), attachments=("PLAN", "DUTIES", "PEOPLE"),
         questions=("DUTY_TO", "PEOPLE")),
    Kind("ORG_SPLIT", "分设机构", (O.SPLIT, *ORGAN), attachments=("PLAN", "DUTIES", "PEOPLE"),
         questions=("DUTY_SPLIT", "PEOPLE")),
    Kind("ORG_RENAME", "机构更名", (O.RENAME,), questions=("NAME_FIT",)),
    Kind("ORG_RANK", "调整机构规格", (O.RERANK, O.LEADER_ADD, O.LEADER_CUT), questions=("RANK_BASIS",)),
    Kind("ORG_PLATE", "加挂（摘除）牌子", (O.ADD_PLATE, O.REMOVE_PLATE), questions=("PLATE_LIST",)),
    Kind("ORG_AFFIL", "调整隶属关系", (O.REAFFILIATE,), attachments=("OPINION",), questions=("BOTH_SIDES",)),
    Kind("INTERNAL_SETUP", "设立内设机构", (O.CREATE_INNER, O.LEADER_ADD), attachments=("DUTIES",),
         questions=("DUTY_SPLIT",)),
    Kind("INTERNAL_ABOLISH", "撤销内设机构", (O.ABOLISH_INNER,), attachments=("DUTIES",),
         questions=("DUTY_TO", "PEOPLE")),
    Kind("INTERNAL_RENAME", "内设机构更名", (O.RENAME_INNER,), SHORT),
    Kind("INTERNAL_MERGE", "合并内设机构", (O.MERGE_INNER,), attachments=("DUTIES",), questions=("DUTY_TO",)),
    Kind("DUTY_ADJUST", "职责调整（划转）", (O.DUTY_MOVE, O.DUTY_ADD, O.DUTY_DROP, O.QUOTA_TRANSFER),
         attachments=("DUTIES",), questions=("DUTY_SPLIT", "HAND_OVER")),
    Kind("DUTY_ADMISSION", "职责（事权）准入", (O.DUTY_ADD, O.DUTY_CLAIM, O.DUTY_LIST, O.QUOTA_TRANSFER, O.PLEDGE_KEEP),
         attachments=("DUTIES", "FISCAL", "OPINION"), questions=("CAPACITY", "FUNDS_FOLLOW", "NEW_PLEDGE")),
    Kind("STAFF_INCREASE", "核增编制", (O.QUOTA_ADD,), attachments=("FISCAL",), questions=("WORKLOAD", "ANNUAL_COST")),
    Kind("STAFF_DECREASE", "核减编制", (O.QUOTA_CUT,), questions=("WORKLOAD", "PEOPLE")),
    Kind("STAFF_TRANSFER", "调剂编制", (O.QUOTA_TRANSFER,), attachments=("OPINION",),
         questions=("BOTH_SIDES", "WORKLOAD")),
    Kind("STAFF_STRUCTURE", "调整编制结构（经费形式）", (O.QUOTA_CONVERT,), attachments=("FISCAL",),
         questions=("STRUCTURE",)),
    Kind("LEADER_POSTS", "核定领导职数", (O.LEADER_ADD, O.LEADER_CUT, O.LEADER_TRANSFER, O.LEADER_CONVERT),
         questions=("POST_BASIS",)),
    Kind("COORD_BODY_SETUP", "设立议事协调机构", (O.COORD_CREATE,), questions=("END_CONDITION",)),
    Kind("COORD_BODY_ABOLISH", "撤销议事协调机构", (O.COORD_ABOLISH,)),
    Kind("STAFF_USE", "用编申请", (O.USE,), SHORT, filed=False),
    Kind("STAFF_USE_PLAN", "年度用编计划", (O.USE_PLAN,), questions=("PLAN_TABLE",)),
    Kind("TALENT_POOL", "人才编制周转池", (O.POOL_GROW, O.POOL_SHRINK, O.POOL_USE, O.POOL_RETURN),
         questions=("TALENT", "RETURN_DAY")),
    Kind("SANDING_REVISE", "制定（修订）“三定”规定", (O.CHARTER, O.DUTY_MOVE, O.CREATE_INNER), attachments=("PLAN",),
         questions=("CHARTER_COMPARED",)),
    Kind("PSU_CLASSIFY", "事业单位分类（经费形式）", (O.RECLASSIFY, O.QUOTA_CONVERT), attachments=("FISCAL",),
         questions=("CLASS_BASIS",)),
    Kind("PSU_SETUP", "设立事业单位", (O.CREATE, O.QUOTA_ADD, O.QUOTA_TRANSFER, O.LEADER_ADD, O.ADD_PLATE),
         attachments=("PLAN", "FISCAL"), questions=("NAME_FIT", "FUNDING_SOURCE", "PUBLIC_INTEREST")),
    Kind("PSU_MERGE", "合并事业单位", (O.MERGE, *CLOSING), attachments=("PLAN", "PEOPLE"),
         questions=("DUTY_TO", "PEOPLE")),
    Kind("PSU_ABOLISH", "撤销事业单位", CLOSING, attachments=("DUTIES", "PEOPLE"),
         questions=("DUTY_TO", "PEOPLE", "ASSETS")),
    Kind("STREET_ADJUST", "乡镇街道机构编制调整", STREET, attachments=("PLAN",), questions=("PATTERN_FIT",)),
    Kind("LEVEL_TRANSFER", "上划（下放）", (O.LEVEL_UP, O.LEVEL_DOWN, O.ABOLISH), attachments=("PLAN", "PEOPLE"),
         questions=("PEOPLE", "HAND_OVER")),
    Kind("PROBLEM_RECTIFY", "问题整改（消化）", (O.RECTIFY, O.LEADER_ADD, O.QUOTA_CUT, O.PLEDGE_CANCEL, O.BORROW_END),
         questions=("MEASURE",)),
    Kind("CORRECTION", "登记信息更正", (O.CORRECT,), SHORT, filed=False),
    Kind("OTHER", "其他事项", (O.OTHER, O.PLEDGE_KEEP, O.PLEDGE_CANCEL, O.BORROW, O.BORROW_END)),
)
# fmt: on
BY_CODE: Mapping[str, Kind] = {kind.code: kind for kind in KINDS}
