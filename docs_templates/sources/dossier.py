"""The dossier of a case at a step: everything its papers are told, each part read at most once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docs_templates.facts.downward import Notice
from docs_templates.facts.frozen import from_canonical
from docs_templates.facts.parts import ChangeLine, Remark
from docs_templates.models import FrozenPaper
from docs_templates.sources import record
from docs_templates.sources.issuer import FOUNDING, Issuer
from docs_templates.sources.lines import adjustments, sentences
from proposals.case import kinds
from proposals.case.lifecycle import CaseStep
from proposals.case.snapshots import CaseReading
from proposals.case.values import titles
from proposals.models import BodyVersion, Upload
from proposals.plan.loading import concerned
from proposals.vocabulary import Origin

if TYPE_CHECKING:
    from proposals.models import AgendaItem, Meeting, Proposal
    from proposals.procedure.act import Act

PURPOSES: Mapping[str, str] = dict(Upload.Purpose.choices)


@dataclass(frozen=True)
class Dossier:
    """One case as it stands while a step is taken."""

    case: Proposal
    act: Act

    @cached_property
    def past(self) -> tuple[record.Happening, ...]:
        """What the chain says so far, without the step being taken."""
        return record.of_chain(self.read.of(record.CHAIN, subject=self.case.uuid))

    @cached_property
    def matter(self) -> str:
        """What the case is about as it stands now, without 关于 and the kind of paper."""
        known = None if self.case.agreed is False else self.held  # what was refused keeps its title
        return titles.matter(titles.printable(self.case, known))

    @cached_property
    def held(self) -> titles.Held:
        """What typed texts are held to."""
        return titles.held(self.case, self.read.of(titles.ROUNDS, case=self.case))

    def told(self, text: str) -> str:
        """A typed text of the case as it may be quoted: its numbers of posts are those in force."""
        return self.held.told(text)

    @cached_property
    def spoken(self) -> sentences.Spoken:
        """The change lines as one sentence."""
        return sentences.spoken(self.changes)

    @property
    def sheet(self) -> str:
        """What the table of before and after is called, where the sentence leaves something to it."""
        return "" if self.spoken.whole else sentences.sheet_title(self.changes)

    def plan(self, *annexes: str) -> dict[str, Any]:
        """Return what an official paper is told of the plan: the sentence, and the table as its first annex."""
        listed = tuple(one for one in (self.sheet, *annexes) if one)
        total = sentences.total(self.changes)
        return {"plan": self.spoken.text, "sheet": self.sheet, "total": total, "annexes": listed}

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting that decided the case."""
        return record.meeting_of(self.past)

    @cached_property
    def item(self) -> AgendaItem | None:
        """The item of that meeting."""
        return self.meeting.items.filter(proposal=self.case).first() if self.meeting else None

    @cached_property
    def adjustments(self) -> adjustments.Adjustments:
        """What the case would change as of the day of the step."""
        return adjustments.of_case(case=self.case, on=self.act.happened_on, reading=self.read)

    @cached_property
    def changes(self) -> tuple[ChangeLine, ...]:
        """The change lines; what was already issued ahead is told as its founding paper told it."""
        if self.case.effective and self.act.step not in (CaseStep.ISSUE_DOWNWARD, CaseStep.ISSUE_AHEAD):
            issued = FrozenPaper.objects.filter(subject_uuid=self.case.uuid, slug__in=FOUNDING).last()
            if issued is not None:
                return from_canonical(Notice, issued.facts).changes
        return self.adjustments.changes

    @cached_property
    def read(self) -> CaseReading:
        """What the step read of this case already, or what is read of it now."""
        reading = self.act.reading
        known = isinstance(reading, CaseReading) and reading.case is self.case
        return reading if known else CaseReading(self.case)

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """The files of the case that count."""
        return self.read.uploads

    @cached_property
    def bodies(self) -> tuple[BodyVersion, ...]:
        """What is true on the day of the bodies that the lines name, in their order."""
        versions = concerned(self.read, on=self.act.happened_on).standing
        return tuple(versions[body.pk] for body in adjustments.affected(self.case) if body.pk in versions)

    @cached_property
    def parents(self) -> Mapping[int, str]:
        """The names of the superior bodies, by key."""
        ids = {version.parent_id for version in self.bodies} - {None}
        rows = BodyVersion.objects.standing(on=self.act.happened_on).filter(body__in=ids)
        return {row.body_id: row.name for row in rows}

    @property
    def kind(self) -> str:
        """The kind of proposal in words."""
        return kinds.BY_CODE[self.case.kind].label

    @property
    def request(self) -> str:
        """The unit's paper that a reply quotes; nothing where the district raised the matter and no unit asked."""
        asked = [one for one in self.uploads if one.purpose == Upload.Purpose.UNIT_REQUEST]
        if asked:
            title = asked[-1].name.rpartition(".")[0] or asked[-1].name
        elif self.case.origin == Origin.UNIT:
            title = f"关于{titles.matter(self.case.title)}的请示"
        else:
            return ""
        return f"你单位《{title.strip('《》')}》"

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """The marks that every later paper carries."""
        return record.remarks(self.case, self.past, self.act, self.read)

    def has(self, purpose: str) -> bool:
        """Whether a file of the purpose is attached."""
        return any(one.purpose == purpose for one in self.uploads)

    def purposes(self, *but: str) -> tuple[str, ...]:
        """Return the kinds of attached files, each once, except those named."""
        return tuple(dict.fromkeys(PURPOSES[one.purpose] for one in self.uploads if one.purpose not in but))

    def base(self, *, issuer: Issuer, title: str, times: int) -> dict[str, Any]:
        """Return what every paper of the case is told."""
        return {
            "case_number": self.number,
            "organ": issuer.name,
            "dated": self.act.happened_on.isoformat(),
            "title": title,
            "round": times,
            "chain_head": self.case.head_hash,
            "remarks": self.remarks,
        }

    @property
    def number(self) -> str:
        """The case's number; a small matter that was never entered in the incoming register has only its identity."""
        return self.case.number or f"简易{self.case.uuid.hex[:8].upper()}"
