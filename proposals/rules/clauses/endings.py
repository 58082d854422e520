"""The law of bodies that close, merge or come under another: everybody placed, nothing left below, no circle."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case.lines import ChangeOp
from proposals.effect.founding_papers import CLOSING
from proposals.ledger.places import OCCUPIED, PLEDGED
from proposals.rules.base import ALL_ALONG, DECIDING, ISSUED, PROPOSED, SENT, TAKEN_IN, Finding, Rule
from proposals.rules.view import CaseView
from proposals.vocabulary import LeaderLevel, QuotaType


class ClosesEmpty(Rule):
    """{message}"""

    code, citation = "MERGE-12", "国务院行政机构设置和编制管理条例第九条：撤并须安排编制调整和人员分流"
    remedy = "撤并前人员、职责和所属机构须全部安置。"
    steps = (*ALL_ALONG, *ISSUED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A body closes at zero: everybody placed, nothing reserved, nothing below it."""
        for short in case.plan.shortfalls:
            if short.code in ("PEOPLE", "BUSY", "OPEN"):
                yield self.finding(case, line=short.line, message=short.message)


class NotUnderItself(Rule):
    """{message}"""

    code, citation = "TREE-01", "机构隶属关系：不得隶属于（并入）本机构或其下属机构"
    remedy = "请改正后再办理。"
    steps = (*ALL_ALONG, *ISSUED)
    adjustable = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """No body comes under itself or under what is below it, and none is used after it is gone."""
        for short in case.plan.shortfalls:
            if short.code in ("CIRCLE", "GONE"):
                yield self.finding(case, line=short.line, message=short.message)


class LeadersProvidedFor(Rule):
    """{body}撤并时有领导职数{posts}名（现任{people}人），没有写明去向。"""

    code, citation = "MERGE-15", "国务院行政机构设置和编制管理条例第九条：撤并须安排编制调整和人员分流"
    remedy = "请在该项填写「领导职数及现任人员去向」。"
    steps = (*SENT, *TAKEN_IN, *PROPOSED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Whoever closes a body with leader posts says what becomes of them and of those who hold them."""
        lines = {line.uuid: line for line in case.lines if line.op in CLOSING}
        for done in case.plan.lines:
            line = lines.get(done.line)
            if line is None or line.says.leaders:
                continue
            moved = [move for move in done.moves if move.source.unit in LeaderLevel and move.source.body == line.named]
            people = sum(move.n for move in moved if move.source.compartment in (OCCUPIED, PLEDGED))
            if moved:
                yield self.finding(
                    case, line=line.uuid, body=case.name(line.named), posts=sum(move.n for move in moved), people=people
                )


class PeopleAllPlaced(Rule):
    """{body}撤并前实有{before}人，安置{placed}人，尚差{missing}人。"""

    code, citation = "MERGE-13", "国务院行政机构设置和编制管理条例第九条"
    remedy = "请补充人员分流（转隶）去向，安置人数合计应等于原实有人数。"
    steps = DECIDING

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Of every body that closes, as many people are placed as were there."""
        closing = [line for line in case.lines if line.op in (ChangeOp.ABOLISH, ChangeOp.MERGE, ChangeOp.ABOLISH_INNER)]
        for line in closing:
            rows = [r for (b, u), r in case.rows.items() if b == line.target and u in QuotaType.values]
            before, after = sum(row.actual[0] for row in rows), sum(row.actual[1] for row in rows)
            if after > 0:
                yield self.finding(
                    case,
                    line=line.uuid,
                    body=case.name(line.target),
                    before=before,
                    placed=before - after,
                    missing=after,
                )
