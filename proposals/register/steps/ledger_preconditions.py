"""What must be in order before a step of the register is taken: people, permits, opening balances, closed periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from proposals.effect import founding_papers
from proposals.effect.taking_back import bodies_may_go_back
from proposals.ledger import balances, periods
from proposals.ledger.models import Account, Compartment, Permit, Posting
from proposals.opening import faults
from proposals.organisation.bodies import Body
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.register.lifecycle import RegisterStep
from proposals.use_of_posts import pool
from proposals.vocabulary import UNIT_LABELS, LeaderLevel

if TYPE_CHECKING:
    from proposals.procedure.subjects import Register

SHOWN_FAULTS = 200


def opening_sound(register: Register, act: Act) -> Iterator[Reason]:
    """An opening balance is entered only when nothing is wrong with it."""
    if {"totals", "bodies", "quotas", "problems"} - set(act.facts):
        yield Reason("OPENING_INCOMPLETE", "期初数据不完整，应包括总量、机构、编制、问题四张表，请使用模板填写。")
        return
    for fault in faults.faults(facts=act.facts, territory=register.territory)[:SHOWN_FAULTS]:
        yield Reason("OPENING_FAULT", str(fault))


def body_stands(register: Register, act: Act) -> Iterator[Reason]:
    """People come to and leave bodies that stand on that day."""
    if _body(register, act) is None:
        day = act.happened_on.isoformat()
        yield Reason("NO_SUCH_BODY", f"没有找到这一单位，或单位在{day}尚未设立、已经撤销，请核对单位和业务日期。")


def may_enrol(register: Register, act: Act) -> Iterator[Reason]:
    """People take up posts on a permit that is in force and not used up; leaders take up vacant leader posts."""
    body, facts = _body(register, act), act.facts
    if body is None:
        return
    if facts["unit"] in LeaderLevel.values and not facts.get("permit"):
        vacant = _balance(body, facts["unit"], Compartment.VACANT)
        if vacant < facts["count"]:
            yield Reason(
                "NO_VACANCY", f"{UNIT_LABELS[facts['unit']]}空缺{max(0, vacant)}，少于{facts['count']}，不得配备。"
            )
        return
    permit = _permit(register, facts.get("permit"))
    if permit is None:
        yield Reason("NO_PERMIT", "先用编核准、后办理入编：请选择用编核准单。", "用编审批制度")
        return
    account = permit.account
    if (account.body_id, account.unit) != (body.pk, facts["unit"]):
        yield Reason("OTHER_PERMIT", "所选用编核准单不是该单位、该类型的，请重新选择。")
    elif act.happened_on < permit.issued_on:
        issued = permit.issued_on.isoformat()
        yield Reason("PERMIT_LATER", f"用编核准单{issued}才核准，先核准后入编，请核对业务日期。", "用编审批制度")
    elif permit.expires_on < act.happened_on:
        yield Reason("PERMIT_EXPIRED", f"用编核准单已于{permit.expires_on.isoformat()}到期，请重新申请用编。")
    elif account.balance < facts["count"]:
        lapsed = permit.expires_on < timezone.localdate(act.at)
        advice = "到期未用的已经释放，请重新申请用编" if lapsed else "请核对人数"
        yield Reason("PERMIT_USED", f"用编核准单剩余{account.balance}名，少于{facts['count']}名，{advice}。")


def may_leave(register: Register, act: Act) -> Iterator[Reason]:
    """Nobody leaves who is not there."""
    body, facts = _body(register, act), act.facts
    if body is None:
        return
    people = body.accounts.filter(unit=facts["unit"], compartment__in=(Compartment.OCCUPIED, Compartment.PLEDGED))
    actual, day = balances.lowest(accounts=people, since=act.happened_on)
    if actual < facts["count"]:
        told = f"{UNIT_LABELS[facts['unit']]}{day.isoformat()}实有{actual}，减员{facts['count']}超出实有数"
        yield Reason("TOO_MANY", f"{told}，请核对人数和业务日期。")


def permit_has_them(register: Register, act: Act) -> Iterator[Reason]:
    """Only what is left of a permit is handed back, and not before it was given."""
    permit, count = _permit(register, act.facts["permit"]), act.facts["count"]
    if permit is None:
        yield Reason("NO_SUCH_PERMIT", "没有找到这一用编核准单，请从列表中选择。")
    elif act.happened_on < permit.issued_on:
        issued = permit.issued_on.isoformat()
        yield Reason("PERMIT_LATER", f"用编核准单{issued}才核准，请核对业务日期。")
    elif permit.account.balance < count:
        left = permit.account.balance
        yield Reason("PERMIT_USED", f"用编核准单剩余{left}名，少于退回的{count}名，请核对退回数。")


def permit_lapsed(register: Register, act: Act) -> Iterator[Reason]:
    """Only a permit whose day has passed lapses."""
    permit = _permit(register, act.facts["permit"])
    if permit is None:
        yield Reason("NO_SUCH_PERMIT", "没有找到这一用编核准单，请从列表中选择。")
    elif permit.expires_on >= act.happened_on:
        yield Reason("PERMIT_IN_FORCE", f"用编核准单有效期至{permit.expires_on.isoformat()}，尚未到期。")
    elif permit.account.balance == 0:
        yield Reason("PERMIT_EMPTY", "用编核准单已全部使用或释放，无需再办理。")


def counts_readable(register: Register, act: Act) -> Iterator[Reason]:
    """A reconciliation names bodies of the district and whole numbers."""
    bodies = {str(uuid) for uuid in register.territory.bodies.values_list("uuid", flat=True)}
    for position, count in enumerate(act.facts.get("counts") or [{}], start=1):
        if count.get("body") not in bodies or count.get("unit") not in UNIT_LABELS:
            yield Reason("COUNT_UNREADABLE", f"第{position}行的单位或类型有误，请核对。")
        elif not isinstance(count.get("count"), int) or count["count"] < 0:
            yield Reason("COUNT_UNREADABLE", f"第{position}行的人数应为不小于0的整数。")


def posting_correctable(register: Register, act: Act) -> Iterator[Reason]:
    """A posting is corrected once, and a reservation is freed by its case instead."""
    posting = Posting.objects.filter(uuid=uuid_in(act.facts["posting"]), territory=register.territory).first()
    if posting is None:
        if founding_papers.find(territory=register.territory, named=act.facts["posting"]) is None:
            yield Reason("NO_SUCH_POSTING", "没有找到这一台账变动，请从台账中选择。")
    elif posting.kind in (Posting.Kind.HOLD, Posting.Kind.RELEASE, Posting.Kind.REVERSAL):
        yield Reason("NOT_CORRECTABLE", "占用、释放和更正本身不能更正，请通过事项办理。")
    elif not hasattr(posting, "reversed_by") and pool.returned_since(posting=posting):
        yield Reason("RETURNED_SINCE", "本次借出的人才周转池编制已经归还，请先更正归还的文件，再更正本件。")
    elif hasattr(posting, "reversed_by"):
        yield Reason("ALREADY_CORRECTED", "这一台账变动已经更正过。")


def _body(register: Register, act: Act) -> Body | None:
    rows = register.territory.bodies.filter(uuid=uuid_in(act.facts["body"]))
    return next((body for body in rows if body.version(on=act.happened_on)), None)


def _permit(register: Register, uuid: Any) -> Permit | None:
    rows = Permit.objects.select_related("account").filter(territory=register.territory)
    return rows.filter(uuid=uuid_in(uuid)).first() if uuid else None


def _balance(body: Body, unit: str, *compartments: str) -> int:
    rows = Account.objects.filter(body=body, unit=unit, compartment__in=compartments)
    return sum(rows.values_list("balance", flat=True))


def not_in_future(register: Register, act: Act) -> Iterator[Reason]:
    """People come and go on days that have come."""
    if act.happened_on > timezone.localdate(act.at):
        yield Reason("FUTURE", "业务日期不能晚于今天，请核对。")


def not_before_opening(register: Register, act: Act) -> Iterator[Reason]:
    """What was granted before the ledger was opened stands in its opening balance already."""
    opened = Posting.objects.filter(territory=register.territory, kind=Posting.Kind.OPENING)
    first = opened.order_by("effective_on").values_list("effective_on", flat=True).first()
    if first and act.happened_on < first:
        yield Reason("BEFORE_OPENING", f"台账自{first.isoformat()}期初登记，此前的下达数已在期初数内，请核对业务日期。")


def day_open(register: Register, act: Act) -> Iterator[Reason]:
    """What is entered between cases happened after the last closed day."""
    if said := periods.objection(territory_id=register.territory_id, day=act.happened_on, what="业务日期"):
        yield Reason("CLOSED", said)


def opening_day_open(register: Register, act: Act) -> Iterator[Reason]:
    """An opening balance begins after the last closed day."""
    on = date.fromisoformat(act.facts["on"])
    if said := periods.objection(territory_id=register.territory_id, day=on, what="期初日期"):
        yield Reason("CLOSED", said)


def closable(register: Register, act: Act) -> Iterator[Reason]:
    """A period that is closed has an opening balance, has passed, and lies after the one closed before."""
    through, today = date.fromisoformat(act.facts["through"]), min(act.happened_on, timezone.localdate(act.at))
    closed = periods.last_closed(territory_id=register.territory_id)
    openings = Posting.objects.filter(territory=register.territory, kind=Posting.Kind.OPENING)
    opened = openings.order_by("effective_on").first()
    if opened is None:
        yield Reason("NO_OPENING", "台账还没有期初登记，无从封存，请先办理「期初登记」。")
    elif through < opened.effective_on:
        text = f"台账的期初日期为{opened.effective_on.isoformat()}，封存日期不能早于期初日期，请改正。"
        yield Reason("BEFORE_OPENING", text)
    if through >= today:
        yield Reason("NOT_PAST", f"只能封存已经过去的日期，请改为{today.isoformat()}以前的日期。")
    if closed is not None and through <= closed:
        yield Reason("CLOSED_BEFORE", f"台账已封存至{closed.isoformat()}，封存不能撤回，请改为此后的日期。")


REGISTER_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        RegisterStep.IMPORT_OPENING: (opening_sound, opening_day_open),
        RegisterStep.ENTER_GRANT: (not_in_future, not_before_opening, day_open),
        RegisterStep.ENROL: (body_stands, not_in_future, day_open, may_enrol),
        RegisterStep.LEAVE: (body_stands, not_in_future, day_open, may_leave),
        RegisterStep.EXPIRE_PERMIT: (day_open, permit_lapsed),
        RegisterStep.HAND_BACK_PERMIT: (not_in_future, day_open, permit_has_them),
        RegisterStep.RECONCILE: (counts_readable,),
        RegisterStep.CORRECT_POSTING: (posting_correctable, bodies_may_go_back),
        RegisterStep.CLOSE_PERIOD: (closable,),
    }
)
