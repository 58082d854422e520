"""What the steps of filing write down: paperwork, sealing, the package and the answer of the city."""

from __future__ import annotations

from datetime import date
from typing import Any

from proposals.case import snapshots
from proposals.case.asks import CHECKS, CITY_NUMBER, OPINION, OTHERWISE, PAPER_ASK, REASON, TITLE
from proposals.case.models import Proposal
from proposals.case.steps.writes import keep_round, numbered
from proposals.case.values import in_force, titles
from proposals.procedure.act import Act
from proposals.procedure.asks import INSTEAD, UPLOAD, VALUES
from proposals.procedure.facts import asked, count, day, facts, line, one_of
from proposals.procedure.traits import Trait, having


def prepare_filing(case: Proposal, act: Act) -> None:
    """Begin the paperwork for the city."""


@facts
class AllotNumber:
    """What 「编文号」 asks."""

    paper: str = asked(PAPER_ASK)
    number: str = line("文号", required=False, help="留空由系统按顺序编号")
    effective_on: date | None = day("生效日期", required=False, help="拟稿时已写明的不再填；不填即为成文日期")
    title: str = asked(TITLE)


def allot_number(case: Proposal, act: Act, told: AllotNumber) -> None:
    """Give a paper its number; the paper is final from here and is made from the facts of this moment."""
    titles.set_anew(case, act)
    case.numbers = {**case.numbers, told.paper: told.number}
    numbered(case, told.paper)


@facts
class RecordExternalNumber:
    """What 「登记区委文号」 asks."""

    paper: str = asked(PAPER_ASK)
    number: str = line("区委办给出的文号")
    title: str = asked(TITLE)


def record_external_number(case: Proposal, act: Act, told: RecordExternalNumber) -> None:
    """Enter a number given by another office, outside our own series."""
    titles.set_anew(case, act)
    case.numbers = {**case.numbers, told.paper: told.number}
    numbered(case, told.paper)


@facts
class RegisterSealing:
    """What 「用印登记」 asks."""

    paper: str = asked(PAPER_ASK)
    copies: int = count("用印份数")


def register_sealing(case: Proposal, act: Act, told: RegisterSealing) -> None:
    """Enter that a paper was sealed: which, how many copies, by whom approved."""
    sealing = {"paper": told.paper, "copies": told.copies, "on": act.happened_on.isoformat()}
    case.sealings = [*case.sealings, sealing]


@facts
class AttachSignedScan:
    """What 「上传签章件」 asks."""

    paper: str = asked(PAPER_ASK)
    upload: str = one_of(UPLOAD, "签章扫描件")


def attach_signed_scan(case: Proposal, act: Act, told: AttachSignedScan) -> None:
    """Attach the signed and sealed scan of a paper; it is the issued copy."""
    case.scans = {**case.scans, told.paper: {"upload": told.upload, "sha256": act.facts["sha256"]}}


def seal_package(case: Proposal, act: Act) -> None:
    """Seal the filing package: which papers, in which order, with the chronicle up to this entry."""


@facts
class ReopenDispatch:
    """What 「退回行文」 asks."""

    reason: str = asked(REASON)


def reopen_dispatch(case: Proposal, act: Act, told: ReopenDispatch) -> None:
    """Take a sealed package back to paperwork before it went up."""


@having(Trait.QUIET)
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


@facts
class Supplement:
    """What 「补充材料」 asks."""

    upload: str = one_of(UPLOAD, "补充材料")
    note: str = line("说明", required=False)


def supplement(case: Proposal, act: Act, told: Supplement) -> None:
    """Hand in a further paper within the same round."""


@facts
class CityReturn:
    """What 「市级退回」 asks."""

    checks: list[str] = asked(CHECKS)
    reason: str = asked(REASON)


@having(Trait.GRAVE)
def city_return(case: Proposal, act: Act, told: CityReturn) -> None:
    """The city returns the case with reasons from its six checks."""
    _enter_reply(case, act, "退回")


@facts
class CityApprove:
    """What 「市级批复」 asks."""

    number: str = asked(CITY_NUMBER)
    granted: dict[str, int] = one_of(VALUES, "批准数额", required=False, help="不填即按报送数额批准")
    instead: dict[str, Any] = one_of(INSTEAD, "另批其他类型", required=False)
    wording: str = line("批准内容与报送不同的原文", required=False, help=OTHERWISE)
    opinion: str = asked(OPINION)


@having(Trait.ADJUST)
def city_approve(case: Proposal, act: Act, told: CityApprove) -> None:
    """The city approves, in whole or in part: a granted value on every line."""
    _enter_reply(case, act, "批复同意")
    snapshots.set_granted(case, in_force.said(act.facts) or in_force.AS_LAID)


@facts
class CityRecord:
    """What 「市级备案」 asks."""

    number: str = asked(CITY_NUMBER)
    opinion: str = asked(OPINION)


def city_record(case: Proposal, act: Act, told: CityRecord) -> None:
    """The city takes the matter on record."""
    _enter_reply(case, act, "备案")
    snapshots.set_granted(case, in_force.AS_LAID)


@facts
class CityReject:
    """What 「市级不予同意」 asks."""

    number: str = asked(CITY_NUMBER)
    reason: str = asked(REASON)


@having(Trait.RELEASE, Trait.GRAVE)
def city_reject(case: Proposal, act: Act, told: CityReject) -> None:
    """The city does not agree."""
    _enter_reply(case, act, "不予同意")
    case.agreed = False
    snapshots.set_granted(case, None)


@having(Trait.KEEPS_ROUND)
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
