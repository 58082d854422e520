"""How minutes are drawn from the record: facts as they were kept, wording only where no fact stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from proposals.case import snapshots
from proposals.committee import counting
from proposals.committee.meetings import Form
from proposals.committee.minutes import places
from proposals.committee.roll import Receipt
from proposals.procedure import chronicle
from proposals.vocabulary import BallotValue, Motion, Outcome

if TYPE_CHECKING:
    from proposals.committee.ballots import BallotRound
    from proposals.committee.meetings import AgendaItem, Meeting
    from proposals.committee.reading.matters import Matter
    from proposals.committee.reading.whole import Reading
    from proposals.committee.roll import RollEntry

ITEM_WORDING = ("discussion", "resolution", "conditions")


def sections(read: Reading, wording: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the minutes as primitives: the record of the meeting, with this wording (or the usual one) beside it."""
    given = wording or {}
    items = [(_item(matter), _decided_on(matter)) for matter in read.agenda]
    texts = given.get("items", {})
    return chronicle.primitive(
        {
            **record(read),
            "items": [
                {**one, "wording": {**usual_wording(one, matter), **texts.get(one["item"], {})}}
                for one, matter in items
            ],
            "wording": {"opening": given.get("opening", _opening(read)), "closing": given.get("closing", "")},
        }
    )


def record(read: Reading) -> dict[str, Any]:
    """Return who met, when, where, under whom: nothing here can be worded."""
    meeting, roll, names, there = read.meeting, read.roll, read.names, read.stays
    away = [one for one in roll if not _there(one, there, meeting)]
    excused = {one.pk: reason for one in away if (reason := _leave(read.receipts[one.pk]))}
    return {
        "meeting": {
            "uuid": meeting.uuid, "title": meeting.title, "year": meeting.year, "seq": meeting.seq,
            "held_on": meeting.held_on, "place": meeting.place, "on_paper": meeting.on_paper, "form": meeting.form,
            "presiding": _named(read.presiding), "delegation": meeting.delegation,
            "short_notice": meeting.short_notice, "head": meeting.head_hash,
        },
        "due": len(roll),
        "present": [{**_shown(one, names), **_stay(there[one.pk], meeting)} for one in roll if one not in away],
        "leave": [{**_shown(one, names), "reason": excused[one.pk]} for one in away if one.pk in excused],
        "absent": [_shown(one, names) for one in away if one.pk not in excused],
    }  # fmt: skip


def _decided_on(matter: Matter) -> str:
    """Return what a meeting decides on, in marks of a title."""
    bare = matter.item.proposal is None and matter.called.startswith("《")
    return matter.called if bare else f"《{matter.called}》"


def usual_wording(item: Mapping[str, Any], matter: str) -> dict[str, str]:
    """Return the wording a draft begins with; the outcome itself is a fact and stands before it."""
    if item.get("withdrawn"):
        return {"discussion": "", "resolution": f"《{item['title']}》已撤回，会议未审议。", "conditions": ""}
    resolution = {
        Outcome.APPROVED: "会议同意{title}。",
        Outcome.AMENDED: "会议原则同意{title}，按会议提出的修改意见办理。",
        Outcome.DEFERRED: "会议决定暂缓审议{title}，待条件成熟后再议。",
        Outcome.RETURNED: "会议决定将{title}退回，进一步论证。",
        Outcome.REJECTED: "会议不同意{title}。",
        Outcome.PUT_OVER: "{title}顺延至下次会议。",
    }.get(item["outcome"], "会议听取了{title}。")
    return {"discussion": "", "resolution": resolution.format(title=matter), "conditions": ""}


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the digest by which signed minutes are frozen."""
    return chronicle.digest(content)


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return every text of the minutes that a person worded, by its place."""
    found = {places.WORDING[name]: text for name, text in content["wording"].items()}
    for one in content["items"]:
        found |= {places.of_item(one["position"], name): one["wording"][name] for name in ITEM_WORDING}
    return {place: text for place, text in found.items() if text}


def _item(matter: Matter) -> dict[str, Any]:
    item, names = matter.item, matter.read.names
    written, aside = matter.written, matter.recusals
    return {
        "item": str(item.uuid), "position": item.position, "type": item.get_type_display(), "title": item.title,
        "reporter": item.reporter, "ad_hoc": item.ad_hoc, "major": item.major, "decides": item.decides,
        "case": item.proposal.uuid if item.proposal else None,
        "attending": [f"{one.name}（{one.unit}）" for one in matter.attendees],
        "present": [names[one] for one in counting.took_part(matter)],
        "involved": [names[one] for one in item.involved],
        "recused": [{"name": names[str(one.member.member)], "reason": one.reason} for one in aside],
        "written": [{"name": names[str(one.member.member)], "text": one.text} for one in written],
        "rounds": [_round(matter, one) for one in matter.rounds],
        "motion": item.motion, "verdict": item.verdict, "outcome": item.outcome, "tally": item.tally,
        "outcome_label": item.get_outcome_display() if item.outcome else "", "note": item.note,
        "amendment": item.amendment if item.outcome == Outcome.AMENDED else "",
        "plan": _plan(item), "plan_digest": item.plan_digest,
        **({"withdrawn": True} if item.status == item.Status.WITHDRAWN else {}),
    }  # fmt: skip


def _round(matter: Matter, one: BallotRound) -> dict[str, Any]:
    names = matter.read.names
    said = {member: ballot.value for member, ballot in matter.newest(one).items()}
    named = {**said, **matter.dissent(one)}
    against = {value: [names[m] for m in names if named.get(m) == value] for value in BallotValue.values}
    return {
        "n": one.n, "motion": Motion(one.motion).label, "method": one.get_method_display(), "reason": one.reason,
        "named": against, "sentence": one.tally.get("sentence", ""), "verdict": one.verdict, "tally": one.tally,
    }  # fmt: skip


def _plan(item: AgendaItem) -> list[dict[str, Any]]:
    if item.proposal is None:
        return []
    values = item.values if item.motion == Motion.AS_AMENDED else {}
    return [
        {
            "line": line["line"],
            "op": line["op"],
            "body": line["body_name"],
            "unit": line["unit"],
            "requested": line["requested"],
            "decided": values.get(line["line"], line["requested"]),
        }
        for line in snapshots.lines_of(item.proposal)
    ]


def _opening(read: Reading) -> str:
    meeting, chair = read.meeting, read.presiding
    day = meeting.held_on
    when = f"{day.year}年{day.month}月{day.day}日" if day else ""
    if _circulated(meeting):
        return f"经书面传签，截至{when}，全体委员签署了意见。"
    lead = f"{chair.post}{chair.name}" if chair else ""
    return f"{when}，{lead}主持召开{meeting.title}。"


def _circulated(meeting: Meeting) -> bool:
    return meeting.form == Form.CIRCULATION


def _there(one: RollEntry, stays: Mapping[int, list[Any]], meeting: Meeting) -> bool:
    return bool(stays[one.pk]) or _circulated(meeting)


def _leave(receipts: Sequence[Receipt]) -> str:
    last = receipts[-1] if receipts else None
    return last.reason if last and last.answer == Receipt.Answer.LEAVE else ""


def _named(one: RollEntry | None) -> dict[str, str]:
    return {"member": str(one.member), "name": one.name, "post": one.post} if one else {}


def _shown(one: RollEntry, names: Mapping[str, str]) -> dict[str, str]:
    return {**_named(one), "name": names[str(one.member)]}


def _stay(stays: list[Any], meeting: Meeting) -> dict[str, Any]:
    arrived, left = (stays[0].arrived_at, stays[-1].left_at) if stays else (None, None)
    late = bool(arrived and meeting.opened_at and arrived > meeting.opened_at)
    early = bool(left and meeting.closed_at and left < meeting.closed_at)
    return {
        "late": f"{_clock(arrived)}到会" if late else "",
        "early": f"{_clock(left)}离会" if early else "",
    }


def _clock(at: Any) -> str:
    return f"{at.astimezone(timezone.get_default_timezone()):%H:%M}"
