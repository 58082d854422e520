"""What the system adds to a meeting's step: roll, rule, presence, round, tally; what it computes nobody can type in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from proposals.case import snapshots
from proposals.case.models import Proposal
from proposals.committee import concerned, counting, planning, terms
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.minutes import drawing
from proposals.committee.models import MeetingRule
from proposals.committee.reading.whole import reading
from proposals.committee.voting_rule import VotingRule
from proposals.procedure import chronicle
from proposals.procedure.act import Act
from proposals.vocabulary import Motion

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting

OWN = (
    MeetingStep.GIVE_RECEIPT, MeetingStep.ASK_LEAVE, MeetingStep.WRITE_OPINION, MeetingStep.CHECK_IN,
    MeetingStep.CHECK_OUT, MeetingStep.DECLARE_RECUSAL, MeetingStep.CAST_BALLOT,
    MeetingStep.COMMENT_MINUTES,
)  # fmt: skip


def computed(meeting: Meeting, act: Act) -> dict[str, Any]:
    """Return the facts that the system adds to the step, over anything of the same name that was sent."""
    facts = _FACTS[act.step](meeting, act) if act.step in _FACTS else {}
    if act.step in OWN:
        facts = {"member": member_of(act), **facts}
    return chronicle.primitive(facts)


def member_of(act: Act) -> str:
    """Return whom the act is about: the named member, else the person who acts."""
    return str(act.facts.get("member") or act.actor.uuid)


def rule_on(meeting: Meeting, on: date) -> VotingRule | None:
    """Return the rule of meeting that stands on that day, or None when the rulebook has none."""
    row = MeetingRule.objects.in_force(territory=meeting.territory, on=on).order_by("since").last()
    return row.rule if row else None


def plan_of(case: Proposal | None, values: Mapping[str, int] | None = None) -> str:
    """Return the digest of what is voted on: the lines of the case and the changed numbers; nothing without a case."""
    return chronicle.digest({"lines": snapshots.lines_of(case), "values": values or {}}) if case else ""


def _new_item(meeting: Meeting, act: Act) -> dict[str, Any]:
    case = Proposal.objects.filter(uuid=act.facts["proposal"]).first() if act.facts.get("proposal") else None
    return {
        "item": uuid5(meeting.uuid, f"item {meeting.head_seq + 1}"),
        "title": act.facts.get("title") or (case.title if case else ""),
        "gist": act.facts.get("gist") or (case.summary[:300] if case else ""),
        "plan_digest": plan_of(case),
        **({"case_round": case.round} if case else {}),
    }


def _ratifications(meeting: Meeting, act: Act) -> dict[str, Any]:
    return {
        "ratify": [
            {
                "item": uuid5(meeting.uuid, f"ratify {item.uuid} {meeting.head_seq + 1}"), "of": item.uuid,
                "title": f"追认传签议定事项：{item.title}"[:200],
                "gist": f"{item.meeting.title}议定：{item.get_outcome_display()}。{item.tally.get('sentence', '')}"[:500],
            }
            for item in planning.to_ratify(meeting)
        ]
    }  # fmt: skip


def _called(meeting: Meeting, act: Act) -> dict[str, Any]:
    rule = rule_on(meeting, act.happened_on)
    roll = terms.seated(territory=meeting.territory, on=act.happened_on)
    return {"rule": rule.to_data() if rule else {}, "roll": [one.to_data() for one in roll]}


def _opened_item(meeting: Meeting, act: Act) -> dict[str, Any]:
    read = reading(meeting, act)
    case = read.on_agenda(act.facts["item"]).item.proposal
    roll = [(str(entry.member), entry.unit) for entry in read.roll]
    involved = concerned.members(case, roll=roll, on=act.happened_on)
    aside = involved if read.rule.unit_recusal else []
    return {"present": read.there, "involved": involved, "aside": aside, "plan_digest": plan_of(case)}


def _amended(meeting: Meeting, act: Act) -> dict[str, Any]:
    case = reading(meeting, act).on_agenda(act.facts["item"]).item.proposal
    return {"plan_digest": plan_of(case, act.facts.get("values"))}


def _round(meeting: Meeting, act: Act) -> dict[str, Any]:
    item = reading(meeting, act).on_agenda(act.facts["item"]).item
    motion = act.facts.get("motion") or item.motion
    values = item.values if motion == Motion.AS_AMENDED else None
    return {
        "round": item.round + 1,
        "motion": motion,
        "method": act.facts.get("method") or "NAMED",
        "plan_digest": plan_of(item.proposal, values),
    }


def _counted(meeting: Meeting, act: Act) -> dict[str, Any]:
    matter = reading(meeting, act).on_agenda(act.facts["item"])
    opened = _round(meeting, act)
    if act.step == MeetingStep.RECORD_NO_OBJECTION:
        opened["method"] = "NO_OBJECTION"
    result = counting.in_room(matter, act.facts, motion=opened["motion"], method=opened["method"])
    return {**opened, "tally": result.to_data()}


def _closed(meeting: Meeting, act: Act) -> dict[str, Any]:
    matter = reading(meeting, act).on_agenda(act.facts["item"])
    current = matter.rounds[-1]
    result, ballots = counting.of_ballots(matter, current)
    counted = {"round": matter.item.round, "tally": result.to_data()}
    cast = {"slips": matter.slips(current)} if current.is_secret else {"ballots": ballots}
    return {**counted, **cast}


def _cast(meeting: Meeting, act: Act) -> dict[str, Any]:
    item = reading(meeting, act).on_agenda(act.facts["item"]).item
    return {"round": item.round, "member": str(act.actor.uuid)}


def _concluded(meeting: Meeting, act: Act) -> dict[str, Any]:
    return {"tally": reading(meeting, act).on_agenda(act.facts["item"]).rounds[-1].tally}


def _circulated(meeting: Meeting, act: Act) -> dict[str, Any]:
    called, rounds = _called(meeting, act), []
    roll = [(one["member"], one["unit"]) for one in called["roll"]]
    for item in reading(meeting, act).items:
        involved = concerned.members(item.proposal, roll=roll, on=act.happened_on)
        aside = involved if called["rule"].get("unit_recusal") else []
        known = {"item": item.uuid, "motion": Motion.AS_PROPOSED, "plan_digest": plan_of(item.proposal)}
        rounds.append({**known, "involved": involved, "aside": aside})
    return {**called, "rounds": rounds}


def _collected(meeting: Meeting, act: Act) -> dict[str, Any]:
    agenda = reading(meeting, act).agenda
    counted = [(matter.item, *counting.of_ballots(matter, matter.rounds[-1])) for matter in agenda]
    return {
        "tallies": [{"item": item.uuid, "tally": tally.to_data(), "ballots": cast} for item, tally, cast in counted]
    }


def _on_paper(meeting: Meeting, act: Act) -> dict[str, Any]:
    frozen = _called(meeting, act)
    rule, due = VotingRule.from_data(frozen["rule"]), len(frozen["roll"])
    read, results = reading(meeting, act), []
    for one in act.facts["results"]:
        item = read.on_agenda(one["item"]).item
        present = one.get("present") or act.facts["present"]
        motion = one.get("motion") or Motion.AS_PROPOSED
        known = {**one, "present": present, "motion": motion, "plan_digest": plan_of(item.proposal, one.get("values"))}
        if item.decides:
            room = counting.attendance_of(due, present, list(one.get("recused", {})))
            counted = counting.counted(one, room, rule, motion=motion, major=item.major)
            known |= {"round": 1, "tally": counted.to_data(), "method": str(counted.method)}
        results.append(known)
    return {**frozen, "results": results, "withdrawn": _gone(meeting, act)}


def _gone(meeting: Meeting, act: Act) -> list[str]:
    """Return the items whose case left the agenda before it was reached."""
    return [str(item.uuid) for item in reading(meeting, act).items if item.gone]


def _ended(meeting: Meeting, act: Act) -> dict[str, Any]:
    return {"withdrawn": _gone(meeting, act)}


def _minuted(meeting: Meeting, act: Act) -> dict[str, Any]:
    content = drawing.sections(reading(meeting, act), act.facts.get("wording"))
    last = meeting.minutes.last()
    return {
        "version": last.version + 1 if last else 1,
        "sections": content,
        "digest": drawing.digest_of(content),
    }


def _signed(meeting: Meeting, act: Act) -> dict[str, Any]:
    newest = reading(meeting, act).minutes
    return {"version": newest.version, "digest": newest.digest}


def _proposed(meeting: Meeting, act: Act) -> dict[str, Any]:
    by = act.on_behalf_of or f"{act.actor.name}（{act.actor.post}）"
    return {"correction": uuid5(meeting.uuid, f"correction {meeting.head_seq + 1}"), "proposed_by": by}


def _corrected(meeting: Meeting, act: Act) -> dict[str, Any]:
    draft = meeting.correction_drafts.get(uuid=act.facts["correction"])
    words = {name: getattr(draft, name) for name in ("place", "before", "after", "reason")}
    return {"n": meeting.corrections.count() + 1, "proposed_by": draft.drawn_name, **words}


_FACTS: Mapping[str, Callable[[Meeting, Act], dict[str, Any]]] = {
    MeetingStep.PUT_ITEM: _new_item,
    MeetingStep.PUT_RATIFICATIONS: _ratifications,
    MeetingStep.ALLOW_AD_HOC: _new_item,
    MeetingStep.ALLOW_SHORT_NOTICE: lambda meeting, act: {"agenda": meeting.agenda_shown},
    MeetingStep.CALL_MEETING: _called,
    MeetingStep.OPEN_ITEM: _opened_item,
    MeetingStep.AMEND_ITEM: _amended,
    MeetingStep.OPEN_BALLOT: _round,
    MeetingStep.SECOND_BALLOT: _round,
    MeetingStep.CAST_BALLOT: _cast,
    MeetingStep.CLOSE_BALLOT: _closed,
    MeetingStep.RECORD_COUNTS: _counted,
    MeetingStep.RECORD_NO_OBJECTION: _counted,
    MeetingStep.RECORD_NAMED: _counted,
    MeetingStep.CONCLUDE_ITEM: _concluded,
    MeetingStep.CLOSE_MEETING: _ended,
    MeetingStep.START_CIRCULATION: _circulated,
    MeetingStep.FINISH_CIRCULATION: _collected,
    MeetingStep.RECORD_PAPER_MEETING: _on_paper,
    MeetingStep.DRAFT_MINUTES: _minuted,
    MeetingStep.EDIT_WORDING: _minuted,
    MeetingStep.SIGN_MINUTES: _signed,
    MeetingStep.PROPOSE_CORRECTION: _proposed,
    MeetingStep.CORRECT_MINUTES: _corrected,
}
