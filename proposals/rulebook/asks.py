"""What several steps of a rulebook ask alike."""

from __future__ import annotations

from proposals.procedure.asks import COUNT, DAY, LINE, TEXT, Ask

ROLES = (("COMMITTEE", "编委发文"), ("OFFICE", "编办发文"), ("LETTER", "编办函"), ("PERMIT", "用编核准单"))
USES = (("PAPER", "线下已用"), ("VOID", "作废不用"))

WORD = Ask("word", "发文代字", LINE, help="只填代字，如：海编发")
YEAR = Ask("year", "年份", COUNT)
CHANGE = Ask("change", "变更编号", LINE)
WHY = Ask("reason", "理由和依据", TEXT)
CITATION = Ask("citation", "依据（文件、条款）", LINE)
SINCE, UNTIL = Ask("since", "施行日期", DAY), Ask("until", "截止日期", DAY)
