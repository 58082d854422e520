"""The whole law in a fixed order, and the one way to ask it: every finding about a case at a step on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from proposals.case.models import Proposal
from proposals.case.snapshots import CaseReading
from proposals.case.values.in_force import Values
from proposals.plan.trial import Plan
from proposals.rules.base import Finding, Rule
from proposals.rules.clauses import (
    basis,
    bodies,
    duties,
    endings,
    names,
    procedure,
    quotas,
    registers,
    streets,
    uses,
    vacancies,
)
from proposals.rules.view import CaseView
from proposals.vocabulary import Severity

RULES: tuple[Rule, ...] = (
    procedure.LinesGiven(),
    procedure.SomebodyDecides(),
    procedure.NoLinesWithoutNumber(),
    registers.LinesComplete(),
    basis.PartyGroupMinutes(),
    basis.AttachmentsComplete(),
    basis.BasisGiven(),
    basis.MinistryAloneIsNoBasis(),
    basis.MinistryBesideOthers(),
    basis.NoVerticalInterference(),
    basis.ArgumentComplete(),
    basis.CityConsultedFirst(),
    basis.OpinionsOfTheseLines(),
    names.NameUnused(),
    names.InnerNameUnused(),
    names.NameAskedElsewhere(),
    bodies.InnerRankBelow(),
    bodies.PlateBringsNoPosts(),
    bodies.PlateOnce(),
    bodies.PlatesLimited(),
    bodies.CoordinationWithoutPosts(),
    bodies.CoordinationEnds(),
    bodies.StableWithinTerm(),
    endings.ClosesEmpty(),
    endings.NotUnderItself(),
    endings.PeopleAllPlaced(),
    endings.LeadersProvidedFor(),
    duties.DutyMovesFromItsOwner(),
    duties.DutyHeldOnce(),
    duties.NoDutyLost(),
    duties.PoolComesBack(),
    uses.LentForANamedUse(),
    duties.ReportedToTheCongress(),
    quotas.TransferConserves(),
    quotas.TypesDoNotMix(),
    quotas.AcrossLevels(),
    quotas.TotalOnlyFalls(),
    quotas.WithinGivenCap(),
    vacancies.OrganCap(),
    vacancies.QuotaTotal(),
    vacancies.LeaderCap(),
    vacancies.TalentPoolHasThem(),
    vacancies.UseWithinVacancy(),
    duties.PlanWithinVacancies(),
    uses.CarriedFromWhatWasLeft(),
    uses.UseWithinPlan(),
    uses.UseSaysHow(),
    vacancies.TransferFromVacancy(),
    vacancies.HeadcountWithinApproved(),
    vacancies.LeaderPostsFree(),
    vacancies.PeopleWithPosts(),
    vacancies.ExcessOnlyShrinks(),
    vacancies.IntendedByOthers(),
    streets.PatternKept(),
    streets.PatternFilled(),
    streets.PatternPlates(),
    streets.PostsOfPattern(),
    streets.PostsBySchedule(),
    procedure.NotSplit(),
    procedure.ProblemsSettledFirst(),
    registers.ProblemOverInTruth(),
    procedure.BorrowedReturnFirst(),
    registers.BorrowedWithinStaff(),
    registers.BorrowedFromPlaces(),
    procedure.FundsFollowDuties(),
    registers.ClaimRateReached(),
    registers.PledgeFounded(),
)
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
GRAVITY: Mapping[Severity, int] = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


def findings(
    *, case: Proposal, step: str = "", on: date, values: Values | None = None, reading: CaseReading | None = None
) -> tuple[Finding, ...]:
    """Return everything the law has to say of a case at a step, gravest first, then in the order of the law.

    An empty step asks every rule (the plan page); `values` tries other numbers; `reading` is what the
    judging of a step read of the case already. A step that no rule names costs no query.
    """
    return seen(CaseView(case=case, step=step, on=on, values=values, reading=reading))


def seen(view: CaseView) -> tuple[Finding, ...]:
    """Return what the law has to say of a case as it is seen; the view keeps what was read for it."""
    rules = asked(step=view.step, on=view.on)
    found = [finding for rule in rules for finding in rule.check(view)]
    return tuple(sorted(found, key=lambda finding: GRAVITY[Severity(finding.severity)]))


def asked(*, step: str, on: date) -> list[Rule]:
    """Return the rules that are asked at a step on a day, in the order of the law."""
    return [rule for rule in RULES if applies(rule, step) and rule.in_force(on=on)]


def applies(rule: Rule, step: str) -> bool:
    """Return whether a rule is asked at a step."""
    return not step or step in rule.steps or step in rule.warns


def beside(*, plan: Plan, found: tuple[Finding, ...]) -> Plan:
    """Return the plan with every finding beside the line that causes it."""
    lines = (
        replace(line, findings=tuple(finding for finding in found if finding.line == line.line)) for line in plan.lines
    )
    return replace(plan, lines=tuple(lines))
