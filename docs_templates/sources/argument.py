"""The facts of the 论证报告, and what other papers tell of the argument."""

from __future__ import annotations

from docs_templates.facts.argument import ArgumentReport, BasisLine, OpinionLine, UnitStatus
from docs_templates.facts.parts import Section
from docs_templates.sources import record
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.issuer import office
from docs_templates.sources.wording import paragraphs, sentence
from docs_templates.wording import day
from proposals import consents
from proposals.models import BodyVersion
from proposals.plan import PlanRow
from proposals.questions import asked
from proposals.states import BodyCategory, LeaderLevel, Rank, Severity

# The sections of the report (domain 10.2) and the questions each answers; what a kind asks besides comes last.
GROUPS = (
    ("必要性", ("A16_1", "NEED_CAUSE", "A16_3", "NEED_DUTY")),
    ("合规性", ("A16_2",)),
    ("合理性与替代方案", ("A16_4",)),
    ("风险与应对", ("A16_5",)),
)
OTHER = "其他论证事项"


def report(dossier: Dossier) -> ArgumentReport:
    """Tell the report that closes the argument."""
    case = dossier.case
    return ArgumentReport(
        **dossier.base(
            issuer=office(case.territory), title=f"关于{dossier.matter}的论证报告", times=record.sends(dossier.past)
        ),
        proposer=case.proposer,
        overview=paragraphs(case.summary, case.reason),
        units=units(dossier),
        basis=tuple(
            BasisLine(level=one.get_level_display(), document=str(one), clause=sentence(one.clause))
            for one in case.basis.all()
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
            for one in case.opinions.filter(superseded=False)
        ),
        changes=dossier.changes,
        findings=findings(dossier),
        conclusion=_conclusion(dossier),
        annexes=dossier.purposes("SIGNED_SCAN", "CITY_REPLY", "TASK", "MEETING_SCAN"),
    )


def _conclusion(dossier: Dossier) -> str:
    """Return how the argument ends: the desk's conclusion, or the opinion of the compliance desk that closed it."""
    if dossier.act.step == "pass_compliance":
        return f"经合法合规审查：{dossier.act.facts['opinion']}"
    return str(dossier.act.facts.get("conclusion", ""))


def answers(dossier: Dossier) -> dict[str, str]:
    """Return the answers of the argument by question: the text, and where an uploaded report says it."""
    found = {}
    for one in dossier.case.answers.all():
        pointer = f"（详见所附论证报告{one.pointer}）" if one.pointer else ""
        if text := sentence(one.text) or (pointer and "见附件"):
            found[one.question] = f"{text}{pointer}。"
    return found


def told(dossier: Dossier) -> tuple[str, ...]:
    """Return the argument as paragraphs, question by question, for papers that have no room for a report."""
    given = answers(dossier)
    questions = asked(kind=dossier.case.kind)
    return tuple(f"{one.label}。{given[one.code]}" for one in questions if one.code in given)


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
    """Say in one sentence how the bodies concerned stand on the day of the paper."""
    if dossier.case.effective:
        return ""
    by_type: dict[str, list[str]] = {}
    for row in dossier.adjustments.plan.rows:
        if row.unit not in BodyCategory and row.approved[0]:
            by_type.setdefault(row.label, []).append(_standing(row))
    on = day(dossier.act.happened_on.isoformat())
    said = [f"{label}情况为：{'；'.join(rows)}" for label, rows in by_type.items()]
    return f"截至{on}，有关单位{'。'.join(said)}。" if said else ""


def _standing(row: PlanRow) -> str:
    if row.unit in LeaderLevel:
        return f"{row.name}核定{row.approved[0]}名、实配{row.actual[0]}名"
    room = f"空编{row.vacant[0]}名" if row.vacant[0] >= 0 else f"超编{-row.vacant[0]}名"
    return f"{row.name}核定{row.approved[0]}名、实有{row.actual[0]}人、{room}"


def findings(dossier: Dossier) -> tuple[str, ...]:
    """Tell how the figures were checked: totals and headroom, and what the law warned of at the newest check."""
    newest: list[dict[str, str]] = next(
        (one.frozen["findings"] for one in reversed(dossier.past) if one.frozen.get("findings")), []
    )
    warned = [
        f"{sentence(one['message'])}（{one['citation']}）。" for one in newest if one["severity"] != Severity.BLOCK
    ]
    return (*(() if dossier.case.effective else dossier.adjustments.checked), *dict.fromkeys(warned))
