"""What minutes say beside their items: shortened notice, items added on the spot, circulation, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docs_templates.facts.parts import Remark, RemarkKind
from docs_templates.sources import record
from docs_templates.sources.wording import sentence
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.minutes import places
from proposals.committee.reading.whole import CORRECTIONS

if TYPE_CHECKING:
    from proposals.committee.minutes.models import Correction
    from proposals.committee.reading.matters import Matter
    from proposals.committee.reading.whole import Reading

# Remarks that minutes print as they are; what was entered afterwards stands in the record alone.
SAID = frozenset({RemarkKind.CIRCULATION, RemarkKind.CORRECTION})


@dataclass(frozen=True)
class Notes:
    """What stands beside and behind the items; `only` names the case whose excerpt it is."""

    read: Reading
    only: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs behind the items."""
        said = [f"{sentence(one.text)}。" for one in self.remarks if one.kind in SAID]
        return (*self._consents(), *said)

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """What must be seen: 补录, shortened notice, items added on the spot, circulation, corrections."""
        found, meeting = [*record.backfilled(self._past)], self.read.meeting
        if meeting.short_notice:
            found.append(Remark(kind=RemarkKind.SHORT_NOTICE, text=meeting.short_notice))
        found += [Remark(kind=RemarkKind.AD_HOC, text=f"{one.called}：{one.item.ad_hoc}") for one in self._added]
        if meeting.by_circulation:
            after = "，所议事项提请下次会议追认" if self.read.rule.circulation_ratified else ""
            found.append(Remark(kind=RemarkKind.CIRCULATION, text=f"本次为书面传签{after}。"))
        found += [_corrected(one) for one in self._corrections()]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _past(self) -> tuple[record.Happening, ...]:
        return record.of_chain(self.read.rows(record.CHAIN, subject=self.read.meeting.uuid))

    def _consents(self) -> Iterator[str]:
        """Say who allowed the shorter notice and each item added on the spot; an excerpt tells of its own item."""
        meeting = self.read.meeting
        if meeting.short_notice:
            by = self._who(record.last(self._past, MeetingStep.ALLOW_SHORT_NOTICE))
            yield f"经{by}书面同意，本次会议材料送达时间缩短：{sentence(meeting.short_notice)}。"
        allowed = [one for one in self._past if one.step == MeetingStep.ALLOW_AD_HOC]
        for matter in self._added:
            item = matter.item
            mine = [one for one in allowed if one.facts.get("item") == str(item.uuid)]
            by = self._who(record.last(mine, MeetingStep.ALLOW_AD_HOC))
            yield f"经{by}同意，本次会议临时增加议题“{matter.called}”：{sentence(item.ad_hoc)}。"

    @property
    def _matters(self) -> list[Matter]:
        """The items of the agenda, or that of one case alone."""
        cases = [(one, one.item.proposal) for one in self.read.agenda]
        return [one for one, case in cases if not self.only or case and str(case.uuid) == self.only]

    @property
    def _added(self) -> list[Matter]:
        """The items added on the spot."""
        return [one for one in self._matters if one.item.ad_hoc]

    def _corrections(self) -> list[Correction]:
        """Return the corrections, or those of one case: its own item, and what stands before and behind all."""
        if self.read.minutes.signed_on is None:
            return []  # only what was signed is corrected
        corrections = self.read.rows(CORRECTIONS)
        mine = (None, *(one.item.position for one in self._matters))
        return [one for one in corrections if not self.only or places.position_in(one.place) in mine]

    def _who(self, one: record.Happening | None) -> str:
        """Return who allowed it: whoever presided by that duty, another by post and name."""
        named, chair = one.on_behalf_of or one.actor if one else "", self.read.presiding
        if not one or (chair and named == chair.name):
            return "会议主持人"
        return named if one.on_behalf_of else f"{one.post}{one.signed}"


def _corrected(one: Correction) -> Remark:
    hands = f"，{one.proposed_by}拟定、{one.by}签发" if one.proposed_by else ""
    text = f"更正第{one.n}号：{places.in_words(one.place)}原为“{one.before}”，更正为“{one.after}”，理由：{one.reason}{hands}"
    return Remark(kind=RemarkKind.CORRECTION, text=text)
