"""What the steps of arguing write down: opinions, compliance, the office meeting, consulting the city."""

from __future__ import annotations

from datetime import date

from proposals.case import snapshots
from proposals.case.asks import OPINION, REASON
from proposals.case.consents import consents, opinions
from proposals.case.consents.models import Consent, Opinion
from proposals.case.models import Proposal
from proposals.case.steps.writes import decide, keep_round, numbered
from proposals.procedure.act import Act
from proposals.procedure.asks import BODY
from proposals.procedure.facts import asked, choice, day, facts, line, one_of, text, yes
from proposals.procedure.traits import Trait, having
from proposals.vocabulary import Decider


@facts
class AskOpinion:
    """What 「征求意见」 asks."""

    body: str = one_of(BODY, "在册机构", required=False, help="名称相同的机构以编码和所属区分")
    unit: str = line("征求意见单位", required=False, help="不在册的单位在此填写名称")
    due_on: date | None = day("答复期限", required=False)


def ask_opinion(case: Proposal, act: Act, told: AskOpinion) -> None:
    """Ask an affected body for its written opinion."""
    opinions.enter_asking(case, act, told.due_on)


@facts
class RecordOpinion:
    """What 「登记反馈意见」 asks."""

    unit: str = line("单位")
    result: str = choice("意见", tuple(Opinion.Result.choices))
    text: str = text("意见内容", required=False)
    adopted: str = line("采纳情况", required=False)


def record_opinion(case: Proposal, act: Act, told: RecordOpinion) -> None:
    """Enter what the body answered and how it was adopted."""
    opinions.enter_answer(case, act)


@facts
class FinishArgument:
    """What 「完成论证」 asks."""

    conclusion: str = text("论证结论与建议")


def finish_argument(case: Proposal, act: Act, told: FinishArgument) -> None:
    """Close the argument with a conclusion; the report is made from the answers."""
    consents.bind_files(case)


def send_to_compliance(case: Proposal, act: Act) -> None:
    """Hand the argued case to the compliance desk."""
    consents.bind_files(case)


def recall_to_argument(case: Proposal, act: Act) -> None:
    """Take the case back from the compliance desk before it gave its opinion."""


@facts
class PassCompliance:
    """What 「出具审查意见」 asks."""

    opinion: str = text("审查意见")


def pass_compliance(case: Proposal, act: Act, told: PassCompliance) -> None:
    """Give the compliance opinion and pass the case on."""
    consents.enter(case, act, consents.Kind.COMPLIANCE, consents.Result.AGREE, text=told.opinion)


@facts
class ObjectCompliance:
    """What 「审查退回论证」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def object_compliance(case: Proposal, act: Act, told: ObjectCompliance) -> None:
    """Send the case back to argument with the objection."""
    consents.enter(case, act, consents.Kind.COMPLIANCE, consents.Result.OBJECT, text=told.reason)


@facts
class Reargue:
    """What 「重新论证」 asks."""

    reason: str = asked(REASON)


@having(Trait.KEEPS_ROUND, Trait.RELEASE)
def reargue(case: Proposal, act: Act, told: Reargue) -> None:
    """Argue again: after a deferral, a city return, or on the office's judgement; a wish to withdraw is over."""
    case.round += 1
    case.withdrawal = dict[str, str]()
    snapshots.undecide(case)
    keep_round(case, act)


@facts
class ReopenDecision:
    """What 「退回重新研究」 asks."""

    reason: str = asked(REASON)


@having(Trait.KEEPS_ROUND, Trait.RELEASE, Trait.GRAVE)
def reopen_decision(case: Proposal, act: Act, told: ReopenDecision) -> None:
    """Take a decided matter back to argument: it cannot be carried out, or shall not be; no decision stands."""
    case.decided_by, case.decided_on, case.agreed, case.decided_digest = "", None, None, ""
    case.party_committee, case.city_reply = dict[str, str](), dict[str, str]()
    case.round += 1
    snapshots.undecide(case)
    keep_round(case, act)


@facts
class ConsultCity:
    """What 「发沟通函」 asks."""

    letter: str = text("沟通内容", required=False, help="电话沟通的写明内容；发函的以签发的沟通函为准，不填")
    oral: bool = yes("电话（口头）沟通", required=False)


def consult_city(case: Proposal, act: Act, told: ConsultCity) -> None:
    """Send the consultation letter with the draft plan to the city office."""
    if not told.oral:
        numbered(case, "goutong")
    case.consents.create(kind=consents.Kind.CITY, asked_on=act.happened_on, asked=told.letter, **consents.shown(case))


@facts
class RecordCityOpinion:
    """What 「登记市级意见」 asks."""

    result: str = choice(
        "市级意见",
        (
            (Consent.Result.AGREE, "同意提请审议"),
            (Consent.Result.CHANGE, "建议修改"),
            (Consent.Result.UNFIT, "不宜提出"),
        ),
    )
    text: str = text("意见内容", required=False)


def record_city_opinion(case: Proposal, act: Act, told: RecordCityOpinion) -> None:
    """Enter the city's answer to the consultation."""
    case.consents.filter(kind=consents.Kind.CITY, answered_on=None).update(
        answered_on=act.happened_on, result=told.result, text=told.text,
        by=act.on_behalf_of or "市委编办",
    )  # fmt: skip


@facts
class DecideByOffice:
    """What 「核准」 asks."""

    opinion: str = asked(OPINION)


@having(Trait.HOLD)
def decide_by_office(case: Proposal, act: Act, told: DecideByOffice) -> None:
    """Decide within the office's own power."""
    decide(case, act, Decider.OFFICE, agreed=True)
    snapshots.set_decided(case, {})


@facts
class RefuseByOffice:
    """What 「不予同意」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def refuse_by_office(case: Proposal, act: Act, told: RefuseByOffice) -> None:
    """Refuse the matter with the reason."""
    decide(case, act, Decider.OFFICE, agreed=False)


@facts
class ProposeItem:
    """What 「提请上会」 asks."""

    opinion: str = text("室务会意见")
    office_minutes: str = line("室务会次数、日期", required=False)


def propose_item(case: Proposal, act: Act, told: ProposeItem) -> None:
    """Ask the chair to put the matter before the committee, with the office meeting's opinion."""
    case.proposed_on = act.happened_on
    consents.enter(
        case, act, consents.Kind.OFFICE, consents.Result.AGREE, text=told.opinion,
        asked=told.office_minutes,
    )  # fmt: skip


def recall_item(case: Proposal, act: Act) -> None:
    """Take the matter back before the chair has answered."""


@facts
class Reroute:
    """What 「重新确定审批路径」 asks."""

    reason: str = asked(REASON)


def reroute(case: Proposal, act: Act, told: Reroute) -> None:
    """Route the case anew by the law of this day, with the reason; the former route stays in the chronicle."""
