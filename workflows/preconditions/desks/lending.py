"""Order of 委托代办: who may lend which duty to whom and how long, who may take it back, who is no second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from django.utils import timezone

from proposals.law.changes import RulebookStep
from proposals.models import Person, Proposal, Rulebook, RuleChange
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.vocabulary import Duty
from workflows.desks import lending

NOBODY = Reason(
    "NO_DELEGATE", "本编办没有可以受托的人员：受托人须为同一编办的在职人员，且不是动议单位的人员、起草人或管理员。"
)


def lent_in_person(case: Proposal, act: Act) -> Iterator[Reason]:
    """A duty is lent, and taken back, by whoever it concerns, here and not by a record of paper."""
    if act.confirmed_by:
        yield Reason("NOT_ON_PAPER", "委托和收回委托由本人在系统中办理，不能代录。")


def lender_holds_it(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only who holds a duty himself lends it; what was lent is not lent on."""
    own = _own(case, act)
    if not own:
        yield Reason("NOT_LENT_ON", "受托办理的职责不能再委托他人，请由原职责人办理委托。")
    elif not lending.eligible(case=case, lender_id=act.actor.id, duties=own, on=_on(act)):
        yield NOBODY
    else:
        duty = lending.meant(case=case, facts=act.facts, own=own)
        if not duty:
            names = "、".join(Duty(one).label for one in own)
            yield Reason("WHICH_DUTY", f"请选择委托的职责：{names}。")
        elif duty not in own:
            yield Reason("NOT_LENT_ON", f"您没有「{Duty(duty).label}」职责，不能委托他人办理。")


def delegate_fits(case: Proposal, act: Act) -> Iterator[Reason]:
    """A duty is lent to a colleague of the same office who may hold it, never to the applicant's side."""
    wanted = uuid_in(act.facts.get("person"))
    own = _own(case, act)
    duty = lending.meant(case=case, facts=act.facts, own=own)
    if act.confirmed_by or duty not in own:
        return
    able = lending.eligible(case=case, lender_id=act.actor.id, duties=(duty,), on=_on(act))
    person = Person.objects.filter(uuid=wanted).first()
    if person is None or not able.filter(pk=person.pk).exists():
        names = "、".join(one.name for one in able) or "无"
        yield Reason(
            "NO_DELEGATE",
            f"「{Duty(duty).label}」只能委托同一编办、本人没有这项职责的在职人员，不能委托动议单位的人员、起草人、管理员和"
            f"已免职人员。可以受托的有：{names}。",
        )
    elif lending.standing(on=_on(act)).filter(content_object=case, user=person, duty=duty).exists():
        yield Reason("LENT_ALREADY", f"{person.name}已在受托办理「{Duty(duty).label}」，请先收回原委托。")


def lent_within_limit(case: Proposal, act: Act) -> Iterator[Reason]:
    """A duty is lent until a day that is still to come, within the limit of the rulebook."""
    named = act.facts.get("until")
    if not named:
        return
    until, on = date.fromisoformat(named), _on(act)
    latest = lending.last_day(case=case, on=on)
    if until < on:
        yield Reason("UNTIL_PAST", "委托截止日期已过，请重新填写。")
    elif until > latest:
        yield Reason(
            "UNTIL_FAR", f"委托最长到{latest.year}年{latest.month}月{latest.day}日，请缩短期限，到期后可以再次委托。"
        )


def lent_by_or_to_me(case: Proposal, act: Act) -> Iterator[Reason]:
    """A delegation is taken back by the lender or given back by the one it was lent to."""
    rows = lending.concerning(case=case, person_id=act.actor.id, on=_on(act), read=act.reading)
    if not rows:
        yield Reason("NOTHING_LENT", "本事项没有您委托或者受托的职责。")
    elif (named := act.facts.get("delegation")) and not any(row.uuid == uuid_in(named) for row in rows):
        yield Reason("NOTHING_LENT", "这项委托已经结束或不存在，请刷新页面。")


def second_person(*, one: int, other: int, since: date, until: date) -> Iterator[Reason]:
    """Who does another's duty counts as both: the two are no recorder and confirmer of one thing."""
    if lending.between(one=one, other=other, since=since, until=until):
        yield Reason("SAME_PERSON", "您与办理人之间有委托代办，不能复核对方办理的事项，请由第三人复核。")


def change_by_another(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A change of the rulebook is settled by somebody who does not act for, or through, the person who drew it up."""
    change = RuleChange.objects.filter(uuid=uuid_in(act.facts.get("change"))).first()
    if change is not None and change.drawn_by_id != act.actor.id:
        drawn, on = timezone.localdate(change.drawn_at), _on(act)
        yield from second_person(one=change.drawn_by_id, other=act.actor.id, since=drawn, until=on)


def _own(case: Proposal, act: Act) -> tuple[str, ...]:
    return lending.own_duties(case=case, person_id=act.actor.id, on=_on(act), read=act.reading)


def _on(act: Act) -> date:
    return timezone.localdate(act.at)


RULEBOOK_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        RulebookStep.CONFIRM_CHANGE: (change_by_another,),
        RulebookStep.DECLINE_CHANGE: (change_by_another,),
    }
)
