"""What the steps that draw up a change of duties or of the committee write down."""

from __future__ import annotations

from datetime import date

from proposals.committee.models import Role
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, choice, count, facts, line
from proposals.procedure.subjects import Rulebook
from proposals.rulebook.asks import SINCE, UNTIL
from proposals.rulebook.steps.drawn import Drawn, draw


@facts
class OpenTerm(Drawn):
    """What 「拟定编委换届」 asks."""

    name: str = line("届次")
    since: date | None = asked(SINCE)


def open_term(rulebook: Rulebook, act: Act, told: OpenTerm) -> None:
    """Draw up a new term of the committee with its members (换届)."""
    draw(rulebook, act)


@facts
class SeatMember(Drawn):
    """What 「拟定编委组成人员」 asks."""

    person: str = line("人员")
    role: str = choice("身份", tuple(Role.choices))
    order: int = count("职务排序")
    since: date | None = asked(SINCE)


def seat_member(rulebook: Rulebook, act: Act, told: SeatMember) -> None:
    """Draw up a seat in the committee's present term."""
    draw(rulebook, act)


@facts
class EndSeat(Drawn):
    """What 「拟定编委人员免职」 asks."""

    seat: str = line("原职务")
    until: date | None = asked(UNTIL)


def end_seat(rulebook: Rulebook, act: Act, told: EndSeat) -> None:
    """Draw up the last day of a seat."""
    draw(rulebook, act)


@facts
class Appoint(Drawn):
    """What 「拟定任职」 asks."""

    person: str = line("人员")
    duty: str = line("职责")
    since: date | None = asked(SINCE)


def appoint(rulebook: Rulebook, act: Act, told: Appoint) -> None:
    """Draw up the appointment of a person to a duty."""
    draw(rulebook, act)


@facts
class EndAppointment(Drawn):
    """What 「拟定免职」 asks."""

    appointment: str = line("原任职")
    until: date | None = asked(UNTIL)


def end_appointment(rulebook: Rulebook, act: Act, told: EndAppointment) -> None:
    """Draw up the last day of an appointment."""
    draw(rulebook, act)
