"""The law of bodies: ranks, plates, coordination bodies, stability within a term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db.models import Q

from proposals.case.lines import ChangeOp
from proposals.effect.founding_papers import unwound
from proposals.organisation.bodies import BodyVersion
from proposals.rules.base import Finding, Rule
from proposals.rules.view import CaseView
from proposals.text import alike
from proposals.vocabulary import UNIT_LABELS, BodyCategory, Rank, Severity

STRUCTURAL = (
    ChangeOp.CREATE, ChangeOp.ABOLISH, ChangeOp.MERGE, ChangeOp.SPLIT, ChangeOp.RENAME, ChangeOp.RERANK,
    ChangeOp.REAFFILIATE, ChangeOp.RECLASSIFY,
)  # fmt: skip
WITH_POSTS = (ChangeOp.QUOTA_ADD, ChangeOp.QUOTA_TRANSFER, ChangeOp.POOL_USE, ChangeOp.LEADER_ADD, ChangeOp.LEVEL_DOWN)


class InnerRankBelow(Rule):
    """内设机构「{name}」拟定规格{rank}不低于所在机构{body}的规格{own}。"""

    code, citation = "RANK-06", "内设机构规格低于所在机构规格"
    remedy = "请改为较低规格。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """The rank of an inner body is below that of its body."""
        for line in case.lines:
            owner = case.versions.get(line.body.uuid) if line.op == ChangeOp.CREATE_INNER and line.body else None
            rank = line.rank if line.rank is not None else Rank.NONE
            if owner and owner.rank and rank >= owner.rank:
                yield self.finding(
                    case, line=line.uuid, name=case.new_name(line), rank=Rank(rank).label, body=owner.name,
                    own=Rank(owner.rank).label,
                )  # fmt: skip


class PlateBringsNoPosts(Rule):
    """加挂「{plate}」牌子填写了编制或职数{amount}名。"""

    code, citation = "D486-PL", "加挂牌子不增加编制和领导职数"
    remedy = "牌子不带编制，请清空数额；需要编制的另列调整事项。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A plate has no posts."""
        for line in case.lines:
            if line.op == ChangeOp.ADD_PLATE and (line.unit or (line.requested or 1) > 1):
                yield self.finding(case, line=line.uuid, plate=line.says.plate, amount=line.amount)


class PlateOnce(Rule):
    """{body}已挂「{plate}」牌子。"""

    code, citation = "PLATE-01", "牌子清单管理"
    remedy = "请核对牌子清单，不要重复加挂。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A plate hangs once, however its name is written and whoever else hangs it in the same case."""
        hanging: dict[UUID, set[str]] = {}
        for line in case.lines:
            version = case.versions.get(line.body.uuid) if line.body else None
            if line.op != ChangeOp.ADD_PLATE or not version:
                continue
            plate, there = line.says.plate, hanging.setdefault(version.body.uuid, set())
            if not there:
                there.update(map(alike.key, version.plates))
            if alike.key(plate) in there:
                yield self.finding(case, line=line.uuid, body=version.name, plate=plate)
            there.add(alike.key(plate))


class PlatesLimited(Rule):
    """{body}加挂后共有牌子{count}块，超过{most}块。"""

    code, citation = "PLATE-02", "严格控制加挂牌子"
    remedy = "请摘除不再需要的牌子，或说明理由。"
    severity = Severity.WARN
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Where the rulebook limits plates, a body has no more."""
        most = case.lawbook.switch("plates_at_most")
        added: dict[UUID, int] = {}
        for line in case.lines:
            if line.op == ChangeOp.ADD_PLATE and line.body and most:
                added[line.body.uuid] = added.get(line.body.uuid, 0) + 1
        for body, n in added.items():
            version = case.versions[body]
            if len(version.plates) + n > most:
                yield self.finding(case, body=version.name, count=len(version.plates) + n, most=most)


class CoordinationWithoutPosts(Rule):
    """议事协调机构「{body}」不单独核定{unit}（{amount}名）。"""

    code, citation = "D486-12", "地方各级人民政府机构设置和编制管理条例第十二条、第十九条"
    remedy = "议事协调机构不设实体办事机构、不核编制，请取消该项。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A coordination body has no office and no posts of its own."""
        created = {line.uuid for line in case.lines if line.op == ChangeOp.COORD_CREATE}
        for line in case.lines:
            receiver = line.other if line.op == ChangeOp.QUOTA_TRANSFER else line.target
            if line.op not in WITH_POSTS:
                continue
            if receiver in created or case.category(receiver) == BodyCategory.COORDINATION:
                yield self.finding(
                    case, line=line.uuid, body=case.name(receiver), unit=UNIT_LABELS.get(line.unit, "编制"),
                    amount=line.amount,
                )  # fmt: skip


class CoordinationEnds(Rule):
    """议事协调机构「{body}」没有写明撤销条件和期限。"""

    code, citation = "D486-11", "地方各级人民政府机构设置和编制管理条例第十一条"
    remedy = "请填写撤销条件和存续期限。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A coordination body says when and on what condition it ends."""
        for line in case.lines:
            if line.op == ChangeOp.COORD_CREATE and not (line.says.ends_on and line.says.end_condition):
                yield self.finding(case, line=line.uuid, body=case.new_name(line))


class StableWithinTerm(Rule):
    """{body}本届政府任期内（{began}以来）已于{on}调整过一次（{how}）。"""

    code, citation = "D486-08", "地方各级人民政府机构设置和编制管理条例第八条"
    remedy = "工作部门在一届政府任期内应保持相对稳定，请说明再次调整的理由。"
    severity = Severity.WARN

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A working department changes its structure once in a term of government."""
        began = case.lawbook.switch("term_began_on")
        touched = {line.body.uuid: line for line in case.lines if line.op in STRUCTURAL and line.body} if began else {}
        organs = [b for b in touched if case.category(b) == BodyCategory.GOVERNMENT_ORGAN]
        if not organs:
            return
        since = date.fromisoformat(began)
        # Plates, duties and posts are no change of structure: only a new name, rank, parent or category counts.
        rows = BodyVersion.objects.filter(Q(valid_from__lte=case.on), body__uuid__in=organs).order_by(
            "valid_from", "id"
        )
        histories: dict[UUID, list[BodyVersion]] = {}
        for row in rows.select_related("body"):
            histories.setdefault(row.body.uuid, []).append(row)
        for body, history in histories.items():
            for earlier, row in pairwise(unwound(history)):
                if row.valid_from >= since and _structure(earlier) != _structure(row):
                    yield self.finding(
                        case, line=touched[body].uuid, body=case.name(body), began=began,
                        on=row.valid_from.isoformat(), how=row.paper,
                    )  # fmt: skip


def _structure(version: BodyVersion) -> tuple[object, ...]:
    return version.name, version.rank, version.parent_id, version.category
