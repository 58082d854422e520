"""The facts of the 论证报告, and what other papers tell of the argument."""

from __future__ import annotations

import re

from docs_templates.facts.argument import ArgumentReport, BasisLine, OpinionLine, UnitStatus
from docs_templates.facts.parts import Section
from docs_templates.printing.wording import day, ordinal
from docs_templates.sources import record
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.issuer import office
from docs_templates.sources.lines import sentences
from docs_templates.sources.wording import paragraphs, sentence
from proposals.case.consents import consents
from proposals.case.lifecycle import CaseStep
from proposals.case.questions import asked
from proposals.models import BodyVersion
from proposals.plan.trial import PlanRow
from proposals.vocabulary import BodyCategory, LeaderLevel, Rank, Severity

# The five questions of article 16 in their order, the three needs under the third; what a kind asks besides comes last.
GROUPS = (
    ("坚持和加强党的全面领导", ("A16_1",)),
    ("合规性", ("A16_2",)),
    ("必要性", ("NEED_CAUSE", "A16_3", "NEED_DUTY")),
    ("合理性与替代方案", ("A16_4",)),
    ("风险与应对", ("A16_5",)),
)
OTHER = "其他论证事项"
# What a profile notes beside a citation for those who keep the rules is no text of a paper.
ASIDE = re.compile("（[^（）]*(?:示例|推断|原文|待核实)[^（）]*）")
MOST_NAMED = 3  # bodies whose figures are told one by one; the table shows the others


def report(dossier: Dossier) -> ArgumentReport:
    """Tell the report that closes the argument."""
    case = dossier.case
    return ArgumentReport(
        **dossier.base(
            issuer=office(case.territory), title=f"关于{dossier.matter}的论证报告", times=record.sends(dossier.past)
        ),
        proposer=case.proposer,
        overview=paragraphs(dossier.told(case.summary), dossier.told(case.reason)),
        units=units(dossier),
        basis=tuple(
            BasisLine(level=one.get_level_display(), document=str(one), clause=sentence(one.clause))
            for one in dossier.read.basis
        ),
        sections=_sections(dossier),
        opinions=tuple(
            OpinionLine(
                unit=one.unit,
                result=one.get_result_display() or "尚未答复",
                text=sentence(one.text),
                adopted=one.adopted,
                seen="" if consents.stands(one, case) else consents.words(one, case),
            )
            for one in consents.opinions(case, dossier.read)
            if not one.superseded
        ),
        changes=dossier.changes,
        total=sentences.total(dossier.changes),
        findings=findings(dossier),
        conclusion=_conclusion(dossier),
        annexes=dossier.purposes("SIGNED_SCAN", "CITY_REPLY", "TASK", "MEETING_SCAN"),
    )


def _conclusion(dossier: Dossier) -> str:
    """Return how the argument ends: the desk's conclusion, or the opinion of the compliance desk that closed it."""
    if dossier.act.step == CaseStep.PASS_COMPLIANCE:
        return f"经合法合规审查：{dossier.act.facts['opinion']}"
    return str(dossier.act.facts.get("conclusion", ""))


def answers(dossier: Dossier) -> dict[str, str]:
    """Return the answers of the argument by question: the text, and where an uploaded report says it."""
    found = {}
    for one in dossier.read.answers:
        pointer = f"（详见所附论证报告{one.pointer}）" if one.pointer else ""
        if text := sentence(one.text) or (pointer and "见附件"):
            found[one.question] = f"{sentence(dossier.told(text))}{pointer}。"
    return found


def told(dossier: Dossier) -> tuple[str, ...]:
    """Return the argument as numbered paragraphs in the order of the report, for papers that have no room for one."""
    said = [(section.title, "".join(section.paragraphs)) for section in _sections(dossier)]
    return tuple(f"（{ordinal(n)}）{title}。{text}" for n, (title, text) in enumerate(said, start=1))


def _sections(dossier: Dossier) -> tuple[Section, ...]:
    given = answers(dossier)
    questions = {one.code: one for one in asked(kind=dossier.case.kind)}
    grouped = {code for _, codes in GROUPS for code in codes}
    groups = (*GROUPS, (OTHER, tuple(code for code in questions if code not in grouped)))
    found = []
    for title, codes in groups:
        asked_here = [code for code in codes if code in questions and code in given]
        alone = len(asked_here) == 1 and (len(codes) == 1 or title == OTHER)
        said = [given[code] if alone else f"{questions[code].label}。{given[code]}" for code in asked_here]
        if alone and title == OTHER:
            title = questions[asked_here[0]].label
        if said:
            found.append(Section(title=title, paragraphs=tuple(line for text in said for line in text.splitlines())))
    return tuple(found)


def units(dossier: Dossier) -> tuple[UnitStatus, ...]:
    """Tell how the bodies concerned stand before the change, one line a type of posts."""
    versions = {version.body.uuid: version for version in dossier.bodies}
    rows = [row for row in dossier.adjustments.plan.rows if row.unit not in BodyCategory and row.body in versions]
    return tuple(_unit(row, versions[row.body], dossier) for row in rows)


def _unit(row: PlanRow, version: BodyVersion, dossier: Dossier) -> UnitStatus:
    vacant = row.vacant[0]
    nature = version.get_welfare_class_display() if version.welfare_class else version.get_nature_display()
    return UnitStatus(
        name=row.name,
        nature=nature,
        rank=dict(Rank.choices)[version.rank],
        parent=dossier.parents.get(version.parent_id or 0) or dossier.case.territory.name,
        quota_type=row.label,
        approved=row.approved[0],
        actual=row.actual[0],
        vacancy=str(vacant) if vacant >= 0 else f"超编{-vacant}",
    )


def stock(dossier: Dossier) -> str:
    """Say in one sentence how the bodies concerned stand on the day of the paper; many of them, in sum."""
    if dossier.case.effective:
        return ""
    by_type: dict[str, list[PlanRow]] = {}
    for row in dossier.adjustments.plan.rows:
        if row.unit not in BodyCategory and row.approved[0]:
            by_type.setdefault(row.label, []).append(row)
    on = day(dossier.act.happened_on.isoformat())
    said = [f"{label}情况为：{_standing(rows)}" for label, rows in by_type.items()]
    return f"截至{on}，有关单位{'。'.join(said)}。" if said else ""


def _standing(rows: list[PlanRow]) -> str:
    if len(rows) <= MOST_NAMED:
        return "；".join(f"{row.name}{_figures([row])}" for row in rows)
    return f"{rows[0].name}等{len(rows)}个单位共{_figures(rows)}"


def _figures(rows: list[PlanRow]) -> str:
    approved, actual, vacant = (
        sum(side) for side in zip(*((row.approved[0], row.actual[0], row.vacant[0]) for row in rows), strict=True)
    )
    if rows[0].unit in LeaderLevel:
        return f"核定{approved}名、实配{actual}名"
    return f"核定{approved}名、实有{actual}人、" + (f"空编{vacant}名" if vacant >= 0 else f"超编{-vacant}名")


def findings(dossier: Dossier) -> tuple[str, ...]:
    """Tell how the figures were checked: totals and headroom, and what the law warned of at the newest check."""
    newest: list[dict[str, str]] = next(
        (one.frozen["findings"] for one in reversed(dossier.past) if one.frozen.get("findings")), []
    )
    warned = [
        f"{sentence(one['message'])}（{ASIDE.sub('', one['citation'])}）。" for one in newest
        if one["severity"] != Severity.BLOCK
    ]  # fmt: skip
    return (*(() if dossier.case.effective else dossier.adjustments.checked), *dict.fromkeys(warned))
