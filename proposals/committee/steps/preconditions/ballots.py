"""What must hold before a vote is opened, cast, counted or announced, and before a meeting on paper is entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from proposals.case.values.in_force import Values
from proposals.committee import counting, terms
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.meetings import AgendaItem, Form
from proposals.committee.reading.whole import reading
from proposals.committee.steps.preconditions.roll import item_known, item_of, matter_of, seat_of, status_is
from proposals.committee.steps.system_facts import rule_on
from proposals.committee.voting_rule import Method
from proposals.plan import holding
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Precondition, Preconditions
from proposals.vocabulary import BallotValue, Motion

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting
    from proposals.committee.reading.members import Members


LATE = "表决已结束，您的票未计入。"
ROOM_METHODS = ("ORAL", "HANDS", "SECRET")


def named(read: Members, members: Iterable[str]) -> str:
    """Return what to print for these members of the roll."""
    return "、".join(read.names[one] for one in members)


def votes_on_it(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Only what decides something is voted on, by a method the rule allows, with its quorum."""
    matter = matter_of(meeting, act)
    if matter is None:
        return
    item, rule = matter.item, matter.read.rule
    if not item.decides:
        yield Reason("NO_VOTE", f"{item.get_type_display()}不需表决，请办理「登记听取情况」。")
    method = act.facts.get("method")
    if method and method not in rule.methods:
        yield Reason("METHOD", "现行议事规则没有这种表决方式，请另选一种。", rule.citation)
    if act.facts.get("motion") == Motion.AS_AMENDED and not item.amendment:
        yield Reason("NO_AMENDMENT", "还没有修改案，请先办理「提出修改案」。")
    found = counting.quorum_of(matter)
    if item.decides and not found.met:
        yield Reason("NO_QUORUM", f"{found.sentence}。请办理「顺延下次会议」。", rule.citation)


def has_not_voted_yet(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A first vote is open or counted once; voting again needs its reason."""
    item = item_of(meeting, act)
    if item is None:
        return
    if item.status == AgendaItem.Status.COUNTED and not act.facts.get("reason"):
        yield Reason("VOTED", "本议题已经表决；确需再次表决的，请办理「再次表决」并说明理由。")
    elif item.status not in (AgendaItem.Status.OPEN, AgendaItem.Status.COUNTED):
        yield Reason("ITEM_STATUS", f"议题「{item.title}」{item.get_status_display()}，现在不能表决。")


def is_pressed(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What members press themselves is by name, or secret where the rule allows it."""
    if act.facts.get("method") not in (None, "", Method.NAMED, Method.SECRET):
        yield Reason("METHOD", "委员自行表决的只有记名和无记名两种；口头、举手的请办理「登记计票」。")


def says_it_where_it_belongs(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A named value stands in the record, a secret one never does, and it is said once."""
    matter = matter_of(meeting, act)
    current = matter.last if matter else None
    if matter is None or current is None or not current.is_open:
        return
    value = act.sealed.get("value") if current.is_secret else act.facts.get("value")
    if value not in BallotValue.values or (current.is_secret and ("value" in act.facts or not act.sealed.get("code"))):
        yield Reason("NO_VALUE", "请选择赞成、反对或弃权，再确认一次。")
    if current.is_secret and str(act.actor.uuid) in matter.voted:
        yield Reason("VOTED_SECRETLY", "您已表决，无记名表决不能更改。")


def nobody_votes_after_the_chair(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Who presides speaks last (末位表态): afterwards no vote is changed, and in a sitting none is added either."""
    matter = matter_of(meeting, act)
    if matter is None or not counting.chair_has_spoken(matter):
        return
    voted = str(act.actor.uuid) in matter.voted
    if voted or meeting.form == Form.SITTING:
        told = "您的表决不能再更改" if voted else "本次表决不再接受新的意见"
        after = "；确需改变的，请在结束表决后由会议记录员办理「再次表决」" if meeting.form == Form.SITTING else ""
        yield Reason("CHAIR_SPOKE", f"主持人已末位表态，{told}{after}。", matter.read.rule.citation)


def amendment_fits(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Changed numbers belong to lines of the case."""
    item = item_of(meeting, act)
    values: Mapping[str, Any] = act.facts.get("values") or {}
    if item is None or not values:
        return
    strange = list(_amended(item, values))
    yield from strange or _stands(item, values, act)


def _amended(item: AgendaItem, values: Mapping[str, int]) -> Iterator[Reason]:
    lines = item.proposal.lines.values_list("uuid", flat=True) if item.proposal else ()
    if not set(values) <= {str(line) for line in lines}:
        yield Reason("NO_SUCH_LINE", "修改的数额不属于本事项的调整内容，请刷新页面后重新填写。")


def _stands(item: AgendaItem, values: Mapping[str, int], act: Act) -> Iterator[Reason]:
    """What the committee would agree to can be carried out; it is said before it is voted on."""
    if item.proposal is not None and values:
        tried = Values(values, {})
        for text in holding.objections(case=item.proposal, on=act.happened_on, values=tried):
            yield Reason("DOES_NOT_HOLD", text)


def ballot_is_open(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A ballot counts while its round is open."""
    matter = matter_of(meeting, act)
    current = matter.last if matter else None
    if current is None:
        yield Reason("NOT_OPEN_YET", "本议题还没有开始表决，请等候主持人宣布。")
    elif not current.is_open:
        yield Reason("LATE", LATE)


def may_vote(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A member votes on what he is there for and does not stand aside from, the chair last (末位表态)."""
    matter = matter_of(meeting, act)
    if matter is None or matter.last is None or not matter.last.is_open:
        return
    seat, rule = matter.read.seat(act.actor.uuid), matter.read.rule
    if seat is None:
        yield Reason("NOT_ON_ROLL", "您不在本次会议的应到名册上，不能表决。")
        return
    member = str(seat.member)
    if member in matter.aside:
        yield Reason("RECUSED", "您已回避本议题，不能表决。")
    elif member not in matter.item.present:
        yield Reason("NOT_PRESENT", "记录显示您本议题不在场；如已到场，请告知会议记录员登记。")
    last = meeting.form == Form.SITTING and rule.chair_last and meeting.presiding_id == seat.pk
    if others := [one for one in counting.unheard(matter) if one != member] if last else []:
        text = f"主持人末位表态：{named(matter.read, others)}还没有表决，请待其表决后再表决。"
        yield Reason("CHAIR_LAST", text, rule.citation)


def has_not_spoken(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Only a member who is there and has not voted can be marked 未表决."""
    matter, seat = matter_of(meeting, act), seat_of(meeting, act)
    if (
        matter
        and matter.item.status == AgendaItem.Status.BALLOT
        and (seat is None or str(seat.member) not in counting.unheard(matter))
    ):
        yield Reason("HAS_SPOKEN", "该委员已经表决、不在场或回避，不能记为未表决。")


def count_fits(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Counts and names fit those who could vote."""
    matter = matter_of(meeting, act)
    if matter:
        yield from _fits(act.facts, counting.eligible(matter), act.step)


def names_a_room_method(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Numbers are counted by voice or by hands."""
    if act.facts.get("method") not in ROOM_METHODS:
        yield Reason("METHOD", "登记计票请选择口头、举手或无记名（纸质票）表决。")


def _fits(facts: Mapping[str, Any], eligible: list[str], step: str) -> Iterator[Reason]:
    numbers = [facts.get(name) or 0 for name in ("in_favour", "against", "abstained")]
    if any(type(n) is not int or n < 0 for n in numbers) or sum(numbers) > len(eligible):
        yield Reason("COUNT", f"计票有误：可以表决的委员{len(eligible)}人，三项合计不能超过此数。")
    if step == MeetingStep.RECORD_COUNTS and "in_favour" not in facts:
        yield Reason("FACT_MISSING", "请填写「赞成」票数。")
    named = {**(facts.get("ballots") or {}), **(facts.get("dissent") or {})}
    if step == MeetingStep.RECORD_NAMED and not facts.get("ballots"):
        yield Reason("FACT_MISSING", "请填写各委员的表决意见。")
    if not set(named) <= set(eligible) or not set(named.values()) <= set(BallotValue.values):
        yield Reason("NAMES", "具名意见有误：所列人员不在场、已回避或意见不明，请核对。")


def no_verdict_yet(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What the committee has voted on is announced, not put over."""
    item = item_of(meeting, act)
    if item and item.status == AgendaItem.Status.COUNTED:
        yield Reason("VOTED", "本议题已经表决，请办理「宣布议定结果」。")


def everybody_answered(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A circulation is complete when every member has answered on every item."""
    for matter in reading(meeting, act).agenda:
        if missing := counting.unheard(matter):
            names, title = named(matter.read, missing), matter.item.title
            yield Reason("UNANSWERED", f"议题「{title}」还有{names}未签署意见，请催办；逾期的办理「转会议审议」。")


def paper_meeting_fits(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What is entered of a meeting on paper adds up, and a second person has confirmed it."""
    if not act.confirmed_by:
        yield Reason("CONFIRM", "补录会议须由另一人复核确认后生效，请通过「代录」办理。")
        return
    rule = rule_on(meeting, act.happened_on)
    members = [seat.member for seat in terms.seated(territory=meeting.territory, on=act.happened_on)]
    present = list(act.facts.get("present") or [])
    if not set(present) <= set(members):
        yield Reason("NOT_ON_ROLL", "到会人员中有人不在应到名册上，请核对。")
    results = {one.get("item"): one for one in act.facts.get("results") or []}
    for item in (one for one in reading(meeting, act).items if not one.gone):
        one = results.get(str(item.uuid))
        if one is None:
            yield Reason("NO_RESULT", f"议题「{item.title}」还没有填写结果。")
        elif item.decides and rule:
            there = set(one.get("present") or present) - set(one.get("recused") or {})
            yield from _fits(one, sorted(there), MeetingStep.RECORD_NAMED if one.get("method") == Method.NAMED else "")
            yield from _amended(item, one.get("values") or {})
            yield from _stands(item, one.get("values") or {}, act)


DECIDING: tuple[Precondition, ...] = (item_known, has_not_voted_yet, votes_on_it)
BALLOT_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        MeetingStep.AMEND_ITEM: (item_known, status_is("OPEN", "COUNTED"), amendment_fits),
        MeetingStep.OPEN_BALLOT: (item_known, status_is("OPEN"), is_pressed, votes_on_it),
        MeetingStep.SECOND_BALLOT: (item_known, status_is("COUNTED"), is_pressed, votes_on_it),
        MeetingStep.CAST_BALLOT: (
            item_known,
            ballot_is_open,
            may_vote,
            nobody_votes_after_the_chair,
            says_it_where_it_belongs,
        ),
        MeetingStep.MARK_SILENT: (item_known, status_is("BALLOT"), has_not_spoken),
        MeetingStep.CLOSE_BALLOT: (item_known, status_is("BALLOT")),
        MeetingStep.RECORD_COUNTS: (*DECIDING, names_a_room_method, count_fits),
        MeetingStep.RECORD_NO_OBJECTION: (*DECIDING, count_fits),
        MeetingStep.RECORD_NAMED: (*DECIDING, count_fits),
        MeetingStep.CONCLUDE_ITEM: (item_known, status_is("COUNTED")),
        MeetingStep.PUT_ITEM_OVER: (item_known, no_verdict_yet, status_is("OPEN", "BALLOT")),
        MeetingStep.FINISH_CIRCULATION: (everybody_answered,),
        MeetingStep.RECORD_PAPER_MEETING: (paper_meeting_fits,),
    }
)
