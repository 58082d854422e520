"""What minutes say beside their items: shortened notice, items added on the spot, circulation, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docs_templates.facts.parts import Remark, RemarkKind
from docs_templates.sources import record
from docs_templates.sources.wording import sentence
from proposals.case.values import titles
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.minutes import places
from proposals.models import Form

if TYPE_CHECKING:
    from proposals.committee.minutes.models import Correction
    from proposals.models import AgendaItem, Meeting

# Remarks that minutes print as they are; what was entered afterwards stands in the record alone.
SAID = frozenset({RemarkKind.CIRCULATION, RemarkKind.CORRECTION})


def notes(meeting: Meeting, only: str) -> tuple[str, ...]:
    """Return the paragraphs behind the items; `only` names the case whose excerpt they stand in."""
    said = [f"{sentence(one.text)}。" for one in remarks(meeting, only) if one.kind in SAID]
    return (*_consents(meeting, only), *said)


def remarks(meeting: Meeting, only: str) -> tuple[Remark, ...]:
    """Return what must be seen: 补录, shortened notice, items added on the spot, circulation, corrections."""
    past = record.happenings(meeting.uuid)
    found = [*record.backfilled(past)]
    if meeting.short_notice:
        found.append(Remark(kind=RemarkKind.SHORT_NOTICE, text=meeting.short_notice))
    found += [Remark(kind=RemarkKind.AD_HOC, text=f"{called(item)}：{item.ad_hoc}") for item in _added(meeting, only)]
    if meeting.form == Form.CIRCULATION:
        after = "，所议事项提请下次会议追认" if meeting.frozen_rule.circulation_ratified else ""
        found.append(Remark(kind=RemarkKind.CIRCULATION, text=f"本次为书面传签{after}。"))
    found += [_corrected(one) for one in _corrections(meeting, only)]
    return tuple(dict.fromkeys(found))


def _consents(meeting: Meeting, only: str) -> Iterator[str]:
    """Say who allowed the shorter notice and each item added on the spot; an excerpt tells of its own item alone."""
    past = record.happenings(meeting.uuid)
    if meeting.short_notice:
        by = _who(meeting, record.last(past, MeetingStep.ALLOW_SHORT_NOTICE))
        yield f"经{by}书面同意，本次会议材料送达时间缩短：{sentence(meeting.short_notice)}。"
    for item in _added(meeting, only):
        allowed = [
            one for one in past if one.step == MeetingStep.ALLOW_AD_HOC and one.facts.get("item") == str(item.uuid)
        ]
        by = _who(meeting, record.last(allowed, MeetingStep.ALLOW_AD_HOC))
        yield f"经{by}同意，本次会议临时增加议题“{called(item)}”：{sentence(item.ad_hoc)}。"


def _added(meeting: Meeting, only: str) -> list[AgendaItem]:
    """Return the items added on the spot, or that of one case alone."""
    added = meeting.items.exclude(ad_hoc="").select_related("proposal").order_by("position")
    return list(added.filter(proposal__uuid=only) if only else added)


def _corrections(meeting: Meeting, only: str) -> list[Correction]:
    """Return the corrections, or those that concern one case: its own item, and what stands before and behind all."""
    corrections = list(meeting.corrections.all())
    if not only:
        return corrections
    mine = (None, *meeting.items.filter(proposal__uuid=only).values_list("position", flat=True))
    return [one for one in corrections if places.position_in(one.place) in mine]


def _who(meeting: Meeting, one: record.Happening | None) -> str:
    """Return who allowed it: whoever presided by that duty, another by post and name."""
    named = one.on_behalf_of or one.actor if one else ""
    if not one or (meeting.presiding and named == meeting.presiding.name):
        return "会议主持人"
    return named if one.on_behalf_of else f"{one.post}{one.signed}"


def called(item: AgendaItem) -> str:
    """Return what an item is called in minutes: a case by its plan as it stands, everything else by itself."""
    return titles.plan_of(titles.printable(item.proposal)) if item.proposal else item.title


def _corrected(one: Correction) -> Remark:
    hands = f"，{one.proposed_by}拟定、{one.by}签发" if one.proposed_by else ""
    text = f"更正第{one.n}号：{places.in_words(one.place)}原为“{one.before}”，更正为“{one.after}”，理由：{one.reason}{hands}"
    return Remark(kind=RemarkKind.CORRECTION, text=text)
