"""The table of steps of a rulebook: law, duties, calendar and committee change by two people."""

from __future__ import annotations

from proposals.procedure.table import Row
from proposals.vocabulary import Duty as D

LAW = (D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR)


PEOPLE = (D.SYSADMIN, D.OFFICE_DIRECTOR, D.OFFICE_CLERK)


SETTLING = (D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.SECADMIN)


RULEBOOK_STEPS: tuple[Row, ...] = (
    Row("adopt_profile", "拟定启用办事规则", ("",), None, LAW),
    Row("change_rule", "拟定权限规则", ("",), None, LAW),
    Row("change_cap", "拟定限额", ("",), None, LAW),
    Row("change_setting", "拟定办事设置", ("",), None, LAW),
    Row("change_meeting_rule", "拟定议事规则", ("",), None, LAW),
    Row("change_calendar", "拟定节假日安排", ("",), None, LAW),
    Row("open_series", "拟定启用发文字号", ("",), None, LAW),
    Row("enter_numbers", "拟定登记线下（作废）文号", ("",), None, LAW),
    Row("end_provision", "拟定废止", ("",), None, LAW),
    Row("open_term", "拟定编委换届", ("",), None, PEOPLE),
    Row("seat_member", "拟定编委组成人员", ("",), None, PEOPLE),
    Row("end_seat", "拟定编委人员免职", ("",), None, PEOPLE),
    Row("appoint", "拟定任职", ("",), None, PEOPLE),
    Row("end_appointment", "拟定免职", ("",), None, PEOPLE),
    Row("confirm_change", "复核生效", ("",), None, SETTLING),
    Row("decline_change", "复核不通过", ("",), None, SETTLING),
)
