"""What the steps of arguing write down: opinions, compliance, the office meeting, consulting the city."""

from __future__ import annotations

from proposals.case import snapshots
from proposals.case.consents import consents, opinions
from proposals.case.models import Proposal
from proposals.case.steps.writes import day, decide, keep_round, numbered
from proposals.procedure.act import Act
from proposals.vocabulary import Decider


def ask_opinion(case: Proposal, act: Act) -> None:
    """Ask an affected body for its written opinion."""
    opinions.enter_asking(case, act, day(act.facts.get("due_on")))


def record_opinion(case: Proposal, act: Act) -> None:
    """Enter what the body answered and how it was adopted."""
    opinions.enter_answer(case, act)


def finish_argument(case: Proposal, act: Act) -> None:
    """Close the argument with a conclusion; the report is made from the answers."""
    consents.bind_files(case)


def send_to_compliance(case: Proposal, act: Act) -> None:
    """Hand the argued case to the compliance desk."""
    consents.bind_files(case)


def recall_to_argument(case: Proposal, act: Act) -> None:
    """Take the case back from the compliance desk before it gave its opinion."""


def pass_compliance(case: Proposal, act: Act) -> None:
    """Give the compliance opinion and pass the case on."""
    consents.enter(case, act, consents.Kind.COMPLIANCE, consents.Result.AGREE, text=act.facts["opinion"])


def object_compliance(case: Proposal, act: Act) -> None:
    """Send the case back to argument with the objection."""
    consents.enter(case, act, consents.Kind.COMPLIANCE, consents.Result.OBJECT, text=act.facts["reason"])


def reargue(case: Proposal, act: Act) -> None:
    """Argue again: after a deferral, a city return, or on the office's judgement; a wish to withdraw is over."""
    case.round += 1
    case.withdrawal = dict[str, str]()
    snapshots.undecide(case)
    keep_round(case, act)


def reopen_decision(case: Proposal, act: Act) -> None:
    """Take a decided matter back to argument: it cannot be carried out, or shall not be; no decision stands."""
    case.decided_by, case.decided_on, case.agreed, case.decided_digest = "", None, None, ""
    case.party_committee, case.city_reply = dict[str, str](), dict[str, str]()
    case.round += 1
    snapshots.undecide(case)
    keep_round(case, act)


def consult_city(case: Proposal, act: Act) -> None:
    """Send the consultation letter with the draft plan to the city office."""
    if not act.facts.get("oral"):
        numbered(case, "goutong")
    case.consents.create(
        kind=consents.Kind.CITY, asked_on=act.happened_on, asked=act.facts.get("letter", ""), **consents.shown(case)
    )


def record_city_opinion(case: Proposal, act: Act) -> None:
    """Enter the city's answer to the consultation."""
    case.consents.filter(kind=consents.Kind.CITY, answered_on=None).update(
        answered_on=act.happened_on, result=act.facts["result"], text=act.facts.get("text", ""),
        by=act.on_behalf_of or "市委编办",
    )  # fmt: skip


def decide_by_office(case: Proposal, act: Act) -> None:
    """Decide within the office's own power."""
    decide(case, act, Decider.OFFICE, agreed=True)
    snapshots.set_decided(case, {})


def refuse_by_office(case: Proposal, act: Act) -> None:
    """Refuse the matter with the reason."""
    decide(case, act, Decider.OFFICE, agreed=False)


def propose_item(case: Proposal, act: Act) -> None:
    """Ask the chair to put the matter before the committee, with the office meeting's opinion."""
    case.proposed_on = act.happened_on
    consents.enter(
        case, act, consents.Kind.OFFICE, consents.Result.AGREE, text=act.facts.get("opinion", ""),
        asked=act.facts.get("office_minutes", ""),
    )  # fmt: skip


def recall_item(case: Proposal, act: Act) -> None:
    """Take the matter back before the chair has answered."""


def reroute(case: Proposal, act: Act) -> None:
    """Route the case anew by the law of this day, with the reason; the former route stays in the chronicle."""
