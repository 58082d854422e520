"""What the rules may look at: one case on one day, each table read at most once and only when a rule asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, Sum

from proposals.case import kinds
from proposals.case.consents import consents
from proposals.case.lines import ChangeLine, ChangeOp
from proposals.case.models import Answer, BasisDocument, Proposal
from proposals.case.particulars.words import PledgeForm
from proposals.case.snapshots import CaseReading
from proposals.case.values.in_force import Values
from proposals.law import law_in_time as road_law
from proposals.law import routing
from proposals.law.lawbook import Lawbook
from proposals.law.routing import RouteLeg, Unrouted
from proposals.ledger.models import Account
from proposals.ledger.places import OCCUPIED, PLEDGED, VACANT, Place
from proposals.organisation.bodies import BodyVersion
from proposals.plan import intentions
from proposals.plan import trial as plan
from proposals.plan.loading import concerned, standing
from proposals.plan.trial import Plan, PlanRow
from proposals.rules import read_rows
from proposals.rules.read_rows import once
from proposals.side_registers.models import Borrowed, DutyItem, Pledge, ProblemItem
from proposals.text import alike
from proposals.vocabulary import QuotaType

if TYPE_CHECKING:
    from proposals.case.consents.models import WrittenException


@dataclass
class CaseView:
    """A case as the law sees it on a day, at a step; an empty step asks every rule (the plan page)."""

    case: Proposal
    step: str
    on: date
    values: Values | None = None
    unrouted: str = ""
    reading: CaseReading | None = None

    @cached_property
    def read(self) -> CaseReading:
        """What the judging of a step read of the case, or what is read of it now."""
        return self.reading or CaseReading(self.case)

    @cached_property
    def lawbook(self) -> Lawbook:
        """The law of the case's territory on the day."""
        return Lawbook.of(case=self.case, on=self.on)

    @property
    def kind(self) -> kinds.Kind:
        """The main kind of the case."""
        return kinds.BY_CODE[self.case.kind]

    @cached_property
    def lines(self) -> tuple[ChangeLine, ...]:
        """The change lines in order, with their bodies."""
        return self.case.change_lines

    @cached_property
    def versions(self) -> Mapping[UUID, BodyVersion]:
        """What is true today of every body the lines name, by the body's uuid."""
        return {row.body.uuid: row for row in standing(self.read, on=self.on).values()}

    @cached_property
    def plan(self) -> Plan:
        """What the lines would do to register and ledger."""
        if self.values is None:
            return self.drawn
        known = concerned(self.read, on=self.on)
        return plan.of_case(case=self.case, as_of=self.on, values=self.values, **known._asdict())

    @once
    def drawn(self) -> Plan:
        """What they would do with the values in force."""
        return plan.of_case(case=self.case, as_of=self.on, **concerned(self.read, on=self.on)._asdict())

    @cached_property
    def rows(self) -> Mapping[tuple[UUID, str], PlanRow]:
        """The rows of the plan by body and unit."""
        return {(row.body, row.unit): row for row in self.plan.rows}

    @once
    def intents(self) -> Mapping[Place, int]:
        """What other accepted and undecided cases would take from each place (拟用)."""
        return intentions.intended(territory_id=self.case.territory_id, on=self.on, exclude=self.case.uuid)

    @cached_property
    def vacancies(self) -> Mapping[tuple[UUID, str], int]:
        """The vacant posts of the concerned bodies by body and unit, as they stand now."""
        which = Q(body__uuid__in=self.concerned)
        if self.cured:
            which |= Q(body__problems__uuid__in=self.cured)
        rows = Account.objects.filter(which, compartment=VACANT)
        return {(body, unit): n for body, unit, n in rows.values_list("body__uuid", "unit", "balance")}

    def vacant(self, body: UUID, unit: str) -> int:
        """Return the vacant posts of one type at a body."""
        return self.vacancies.get((body, unit), 0)

    def approved_after(self, body: UUID) -> Mapping[str, int]:
        """Return what a body will have approved of every unit when the lines are carried out; one query."""
        accounts = Account.objects.filter(body__uuid=body).order_by().values_list("unit").annotate(n=Sum("balance"))
        return {
            **dict(accounts),
            **{unit: row.approved[1] for (owner, unit), row in self.rows.items() if owner == body},
        }

    @cached_property
    def road_law(self) -> Lawbook:
        """The law by which the case was routed: it says who decides and whom to ask, whatever is law today."""
        return road_law.lawbook(case=self.case, on=self.on, step=self.step)

    @cached_property
    def route(self) -> tuple[RouteLeg, ...]:
        """Who decides: the route frozen at acceptance, else by its law; nothing where none says (see `unrouted`)."""
        if kept := road_law.frozen(case=self.case, step=self.step):
            return kept
        try:
            known = {version.body_id: version for version in self.versions.values()}
            return routing.by(lawbook=self.road_law, case=self.case, lines=self.lines, versions=known)
        except Unrouted as error:
            self.unrouted = str(error)
            return ()

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers of the argument by question."""
        return {answer.question: answer for answer in self.read.answers}

    @cached_property
    def basis(self) -> tuple[BasisDocument, ...]:
        """The documents the case relies on."""
        return self.read.basis

    @cached_property
    def purposes(self) -> frozenset[str]:
        """The purposes for which files are attached."""
        return frozenset(upload.purpose for upload in self.read.uploads)

    def has_letter(self, purpose: str) -> bool:
        """Return whether a letter that stands for somebody's word is attached for the lines as they are."""
        wanted = ("", consents.digest(self.case))
        return any(one.purpose == purpose and one.digest in wanted for one in self.read.uploads)

    @once
    def problems(self) -> tuple[ProblemItem, ...]:
        """The problems of the case's bodies, and of those whose problems it settles, that are open on the day."""
        if not self.cured:
            return tuple(read_rows.PROBLEMS(self.concerned, territory=self.case.territory_id, on=self.on))
        which = Q(body__uuid__in=self.concerned)
        which |= Q(body__problems__uuid__in=self.cured) | Q(uuid__in=self.cured)
        return tuple(read_rows.problems(which, territory=self.case.territory_id, on=self.on))

    @cached_property
    def cured(self) -> frozenset[UUID]:
        """The problems that the lines settle."""
        return frozenset(line.row for line in self.lines if line.row and line.op == ChangeOp.RECTIFY and line.amount)

    @cached_property
    def borrowed(self) -> tuple[Borrowed, ...]:
        """Staff that the case's bodies have lent out."""
        rows = Borrowed.objects.standing(on=self.on).filter(lender__uuid__in=self.concerned)
        return tuple(rows.select_related("lender"))

    @cached_property
    def claimable(self) -> Mapping[UUID, int]:
        """The items of duty lists that the lines name, with the primary key of their list."""
        named = [line.row for line in self.lines if line.row]
        return dict(DutyItem.objects.filter(uuid__in=named).values_list("uuid", "duty_list"))

    def pledge_form(self, line: ChangeLine) -> PledgeForm:
        """Return whether a line is about a pledge or a veto."""
        known = Pledge.objects.filter(uuid=line.row).first() if line.row else None
        return PledgeForm(known.form if known else line.says.form or PledgeForm.PLEDGE)

    def actual(self, body: UUID) -> int:
        """Return how many people there are at a body now, over all types of posts."""
        rows = Account.objects.filter(body__uuid=body, unit__in=QuotaType.values, compartment__in=(OCCUPIED, PLEDGED))
        return sum(rows.values_list("balance", flat=True))

    @cached_property
    def concerned(self) -> frozenset[UUID]:
        """The bodies that exist and are named by a line or as proposer."""
        named = {line.body.uuid for line in self.lines if line.body}
        named |= {line.counterpart.uuid for line in self.lines if line.counterpart}
        return frozenset(named)

    def earlier(self, *, since: date) -> list[read_rows.EarlierLine]:
        """Return the lines of other cases that touch the same bodies, accepted or begun from a day until today."""
        bodies = {body.pk: body.uuid for line in self.lines for body in (line.body, line.counterpart) if body}
        asked = partial(read_rows.earlier, case=self.case, bodies=bodies, since=since, until=self.on)
        return self.read.once(("earlier", since, self.on), asked)

    @cached_property
    def namesakes(self) -> tuple[BodyVersion, ...]:
        """The standing bodies of the territory whose names read like a name that a line gives."""
        given = {self.new_name(line) for line in self.lines}
        given |= {line.says.fields.get("name", "") for line in self.lines}
        keys = {alike.key(name) for name in given} - {""}
        rows = BodyVersion.objects.standing(on=self.on).filter(body__territory=self.case.territory, name_key__in=keys)
        return tuple(rows.select_related("body", "parent"))

    @once
    def named_elsewhere(self) -> list[read_rows.NamedLine]:
        """The names that other cases under way would give to a body."""
        return read_rows.named_elsewhere(case=self.case)

    def name(self, body: UUID | None) -> str:
        """Return the present name of a body, or the name a line gives to a new one."""
        if body and body in self.versions:
            return self.versions[body].name
        return next((self.new_name(line) for line in self.lines if line.uuid == body), "")

    def full_name(self, body: UUID) -> str:
        """Return the present name of a body, also of one that the lines do not name themselves."""
        if known := self.name(body):
            return known
        found = BodyVersion.objects.standing(on=self.on).filter(body__uuid=body).first()
        return found.name if found else ""

    def category(self, body: UUID | None) -> str:
        """Return the category of a body, also of one that the case creates."""
        if body and body in self.versions:
            return self.versions[body].category
        return next((str(line.says.category or "") for line in self.lines if line.uuid == body), "")

    @staticmethod
    def new_name(line: ChangeLine) -> str:
        """Return the name a creating line gives."""
        return line.says.name or line.body_name

    @once
    def exceptions(self) -> tuple[WrittenException, ...]:
        """The written exceptions that were given for the lines as they are."""
        return tuple(consents.exceptions(self.case, self.read))
