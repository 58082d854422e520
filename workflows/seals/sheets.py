"""Which rows and columns of a subject every entry of its chain seals, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import F, Field, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, StrIndex

from docs_templates.models import AllocatedNumber, FrozenPaper, Package
from proposals.case import drafts
from proposals.models import (
    AgendaItem,
    Answer,
    Appointment,
    Attendee,
    Ballot,
    BallotRound,
    BasisDocument,
    ChangeLine,
    CommitteeTerm,
    Consent,
    Correction,
    CorrectionDraft,
    Manuscript,
    Meeting,
    Membership,
    Minutes,
    MinutesComment,
    Opinion,
    Presence,
    Proposal,
    Receipt,
    RecordedCount,
    Recusal,
    RollEntry,
    Round,
    Rulebook,
    RuleChange,
    SubjectKind,
    Task,
    Territory,
    Upload,
    WrittenException,
    WrittenOpinion,
)

# What tells where a subject's chain ends, and so cannot stand in its last entry.
HEADS = ("head_seq", "head_hash")
# What the drafter writes between two steps, each time under a new revision.
DRAFTED = (*drafts.FIELDS, "track", "revision")
# What the worker adds to a paper after the entry that froze it; the facts stand in their own digest.
PRINTED = ("facts", "rendered_sha256", "pages", "fault")
# What two people write into the register of numbers when a case leaves a number unused; its changes tell of it.
VOIDED = ("use", "reason", "change")
# What the worker adds to a file when it has looked into its bytes, which have a digest.
EXAMINED = ("pages",)
# What is said of a file while its case is in hand, and settled by the step that sends it on.
STANDING = ("dropped", "digest")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, or part of its columns, as far as it belongs to one subject.

    `through` leads from a row to the key of its subject, `by_uuid` to its identity; neither is the subject's own row.
    `rows` finds them where no column leads there. `drafted` may be written between two steps while the subject is
    editable; `grows` may gain rows at any time.
    """

    name: str
    label: str
    model: type[Model]
    through: str = ""
    by_uuid: bool = False
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    drafted: bool = False
    grows: bool = False
    rows: Callable[[Any], QuerySet[Any]] | None = None

    @property
    def own(self) -> bool:
        """Whether it is of the subject's own row."""
        return not self.through and self.rows is None

    def of(self, key: Any) -> QuerySet[Any]:
        """Return the rows that belong to the subject of a key, or of an identity."""
        found = self.rows(key) if self.rows else self.model._default_manager.filter(**{self.through: key})
        return found.order_by()

    @property
    def fields(self) -> tuple[Field[Any, Any], ...]:
        """The columns that are sealed, the key of the row apart."""
        named = [
            one for one in self.model._meta.concrete_fields if not one.primary_key and one.name not in self.without
        ]
        return tuple(one for one in named if not self.only or one.name in self.only)


def _appointed(rulebook: Any) -> QuerySet[Appointment]:
    """Return the appointments at the place of a rulebook and below it, as far as no other territory lies nearer."""
    around = Territory.objects.annotate(at=StrIndex(OuterRef("path"), F("path"))).filter(at=1)
    nearest = around.order_by(Length("path").desc()).values("rulebooks__pk")[:1]
    return Appointment.objects.annotate(home=Subquery(nearest)).filter(home=rulebook)


CASE = (
    Sheet("case", "事项", Proposal, without=(*HEADS, *DRAFTED)),
    Sheet("draft", "事项填报内容", Proposal, only=DRAFTED, drafted=True),
    Sheet("lines", "调整事项", ChangeLine, "proposal", drafted=True),
    Sheet("answers", "论证回答", Answer, "proposal", drafted=True),
    Sheet("basis", "政策依据", BasisDocument, "proposal", drafted=True),
    Sheet("consents", "审查和沟通意见", Consent, "proposal"),
    Sheet("opinions", "征求意见", Opinion, "proposal"),
    Sheet("exceptions", "特批说明", WrittenException, "proposal"),
    Sheet("tasks", "落实任务", Task, "proposal"),
    Sheet("rounds", "报送内容", Round, "proposal", without=("snapshot",)),
    Sheet("manuscripts", "文稿", Manuscript, "proposal"),
    Sheet("uploads", "材料", Upload, "proposal", without=(*STANDING, *EXAMINED), grows=True),
    Sheet("standing", "材料的使用情况", Upload, "proposal", only=STANDING, drafted=True, grows=True),
    Sheet("papers", "文书", FrozenPaper, "subject_uuid", by_uuid=True, without=PRINTED),
    Sheet("numbers", "文号", AllocatedNumber, "subject_uuid", by_uuid=True, without=VOIDED),
    Sheet("packages", "数据包", Package, "subject_uuid", by_uuid=True, grows=True),
)
MEETING = (
    Sheet("meeting", "会议", Meeting, without=HEADS),
    Sheet("items", "议题", AgendaItem, "meeting"),
    Sheet("roll", "应到名单", RollEntry, "meeting"),
    Sheet("receipts", "回执", Receipt, "member__meeting"),
    Sheet("presence", "到会情况", Presence, "member__meeting"),
    Sheet("recusals", "回避", Recusal, "item__meeting"),
    Sheet("attendees", "列席", Attendee, "item__meeting"),
    Sheet("opinions", "书面意见", WrittenOpinion, "item__meeting"),
    Sheet("rounds", "表决", BallotRound, "item__meeting"),
    Sheet("ballots", "表决票", Ballot, "round__item__meeting"),
    Sheet("counts", "现场计票", RecordedCount, "round__item__meeting"),
    Sheet("minutes", "纪要", Minutes, "meeting"),
    Sheet("comments", "纪要核对意见", MinutesComment, "minutes__meeting"),
    Sheet("drafts", "拟更正内容", CorrectionDraft, "meeting"),
    Sheet("corrections", "纪要更正", Correction, "meeting"),
    Sheet("papers", "文书", FrozenPaper, "subject_uuid", by_uuid=True, without=PRINTED),
    Sheet("numbers", "文号", AllocatedNumber, "subject_uuid", by_uuid=True, without=VOIDED),
)
# Rows of the law are held one by one against the changes that made them, and so is what a change says.
RULEBOOK = (
    Sheet("rulebook", "办事规则", Rulebook, without=HEADS),
    Sheet("changes", "办事规则变更", RuleChange, "territory__rulebooks", without=("content",)),
    Sheet("appointments", "任职", Appointment, rows=_appointed),
    Sheet("terms", "编委届次", CommitteeTerm, "territory__rulebooks"),
    Sheet("seats", "编委席位", Membership, "term__territory__rulebooks"),
)
SHEETS: Mapping[str, tuple[Sheet, ...]] = MappingProxyType(
    {SubjectKind.CASE: CASE, SubjectKind.MEETING: MEETING, SubjectKind.RULEBOOK: RULEBOOK}
)
