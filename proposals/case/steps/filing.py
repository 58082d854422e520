"""What the steps of filing write down: paperwork, sealing, the package and the answer of the city."""

from __future__ import annotations

from proposals.case import snapshots
from proposals.case.models import Proposal
from proposals.case.steps.writes import keep_round, numbered
from proposals.case.values import in_force, titles
from proposals.procedure.act import Act


def prepare_filing(case: Proposal, act: Act) -> None:
    """Begin the paperwork for the city."""


def allot_number(case: Proposal, act: Act) -> None:
    """Give a paper its number; the paper is final from here and is made from the facts of this moment."""
    titles.set_anew(case, act)
    case.numbers = {**case.numbers, act.facts["paper"]: act.facts["number"]}
    numbered(case, act.facts["paper"])


def record_external_number(case: Proposal, act: Act) -> None:
    """Enter a number given by another office, outside our own series."""
    titles.set_anew(case, act)
    case.numbers = {**case.numbers, act.facts["paper"]: act.facts["number"]}
    numbered(case, act.facts["paper"])


def register_sealing(case: Proposal, act: Act) -> None:
    """Enter that a paper was sealed: which, how many copies, by whom approved."""
    sealing = {"paper": act.facts["paper"], "copies": act.facts["copies"], "on": act.happened_on.isoformat()}
    case.sealings = [*case.sealings, sealing]


def attach_signed_scan(case: Proposal, act: Act) -> None:
    """Attach the signed and sealed scan of a paper; it is the issued copy."""
    case.scans = {**case.scans, act.facts["paper"]: {"upload": act.facts["upload"], "sha256": act.facts["sha256"]}}


def seal_package(case: Proposal, act: Act) -> None:
    """Seal the filing package: which papers, in which order, with the chronicle up to this entry."""


def reopen_dispatch(case: Proposal, act: Act) -> None:
    """Take a sealed package back to paperwork before it went up."""


def record_package(case: Proposal, act: Act) -> None:
    """Enter the hash of the package that was made for the sealing entry."""
    package = {name: act.facts[name] for name in ("package", "sha256", "size", "kind", "round")}
    case.packages = [*case.packages, package]


def file_upward(case: Proposal, act: Act) -> None:
    """Send the package up; from now on the city office has the case."""
    case.filed_on = act.happened_on


def sign_for(case: Proposal, act: Act) -> None:
    """The city office signs for the package."""


def city_accept(case: Proposal, act: Act) -> None:
    """The city office accepts the case for handling."""


def supplement(case: Proposal, act: Act) -> None:
    """Hand in a further paper within the same round."""


def city_return(case: Proposal, act: Act) -> None:
    """The city returns the case with reasons from its six checks."""
    _enter_reply(case, act, "退回")


def city_approve(case: Proposal, act: Act) -> None:
    """The city approves, in whole or in part: a granted value on every line."""
    _enter_reply(case, act, "批复同意")
    snapshots.set_granted(case, in_force.said(act.facts) or in_force.AS_LAID)


def city_record(case: Proposal, act: Act) -> None:
    """The city takes the matter on record."""
    _enter_reply(case, act, "备案")
    snapshots.set_granted(case, in_force.AS_LAID)


def city_reject(case: Proposal, act: Act) -> None:
    """The city does not agree."""
    _enter_reply(case, act, "不予同意")
    case.agreed = False
    snapshots.set_granted(case, None)


def refile(case: Proposal, act: Act) -> None:
    """Correct papers and file again with unchanged lines, as the next round; a wish to withdraw is over."""
    case.round += 1
    case.withdrawal = dict[str, str]()
    keep_round(case, act)


def _enter_reply(case: Proposal, act: Act, result: str) -> None:
    case.city_reply = {
        "result": result,
        "number": act.facts.get("number", ""),
        "on": act.happened_on.isoformat(),
        "text": act.facts.get("reason", "") or act.facts.get("opinion", ""),
        "on_paper": bool(act.on_behalf_of),
    }
