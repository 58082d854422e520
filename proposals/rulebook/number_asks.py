"""What is asked of two people who open a year's series of document numbers or enter numbers used on paper."""

from __future__ import annotations

from proposals.procedure.asks import CHOICE, COUNT, LINE, Ask

ROLES = (("COMMITTEE", "编委发文"), ("OFFICE", "编办发文"), ("LETTER", "编办函"), ("PERMIT", "用编核准单"))
USES = (("PAPER", "线下已用"), ("VOID", "作废不用"))

WORD = Ask("word", "发文代字", LINE, help="只填代字，如：海编发")
YEAR = Ask("year", "年份", COUNT)
SERIES_ASKS = (
    Ask("role", "用于", CHOICE, choices=ROLES), WORD, YEAR,
    Ask("first", "起始号", COUNT, help="系统从这个号开始编；此前的号视为线下已用"),
)  # fmt: skip
RUN_ASKS = (
    WORD, YEAR, Ask("first", "起号", COUNT), Ask("last", "止号", COUNT), Ask("use", "情形", CHOICE, choices=USES),
)  # fmt: skip
