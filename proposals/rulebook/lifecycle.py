"""The table of steps of a rulebook: law, duties, calendar and committee change by two people."""

from __future__ import annotations

from proposals.law.changes import RulebookStep
from proposals.procedure.table import Row
from proposals.vocabulary import Duty as D

LAW = (D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR)


PEOPLE = (D.SYSADMIN, D.OFFICE_DIRECTOR, D.OFFICE_CLERK)


SETTLING = (D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.SECADMIN)


RULEBOOK_STEPS: tuple[Row, ...] = (
    Row(RulebookStep.ADOPT_PROFILE, "拟定启用办事规则", ("",), None, LAW),
    Row(RulebookStep.TAKE_OVER_LAW, "拟定承接现行规则", ("",), None, LAW),
    Row(RulebookStep.CHANGE_RULE, "拟定权限规则", ("",), None, LAW),
    Row(RulebookStep.CHANGE_CAP, "拟定限额", ("",), None, LAW),
    Row(RulebookStep.CHANGE_SETTING, "拟定办事设置", ("",), None, LAW),
    Row(RulebookStep.CHANGE_MEETING_RULE, "拟定议事规则", ("",), None, LAW),
    Row(RulebookStep.CHANGE_CALENDAR, "拟定节假日安排", ("",), None, LAW),
    Row(RulebookStep.OPEN_SERIES, "拟定启用发文字号", ("",), None, LAW),
    Row(RulebookStep.ENTER_NUMBERS, "拟定登记线下（作废）文号", ("",), None, LAW),
    Row(RulebookStep.END_PROVISION, "拟定废止", ("",), None, LAW),
    Row(RulebookStep.OPEN_TERM, "拟定编委换届", ("",), None, PEOPLE),
    Row(RulebookStep.SEAT_MEMBER, "拟定编委组成人员", ("",), None, PEOPLE),
    Row(RulebookStep.END_SEAT, "拟定编委人员免职", ("",), None, PEOPLE),
    Row(RulebookStep.APPOINT, "拟定任职", ("",), None, PEOPLE),
    Row(RulebookStep.END_APPOINTMENT, "拟定免职", ("",), None, PEOPLE),
    Row(RulebookStep.CONFIRM_CHANGE, "复核生效", ("",), None, SETTLING),
    Row(RulebookStep.DECLINE_CHANGE, "复核不通过", ("",), None, SETTLING),
)
