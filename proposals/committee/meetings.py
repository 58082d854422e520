"""A meeting of the committee and the items of its agenda."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from proposals.committee.lifecycle import MeetingStep
from proposals.committee.minutes.models import Minutes
from proposals.committee.roll import RollEntry
from proposals.committee.voting_rule import VotingRule
from proposals.procedure.act import Act
from proposals.procedure.entries import SubjectKind
from proposals.procedure.subjects import Subject
from proposals.procedure.table import StateField
from proposals.text.namesakes import told_apart
from proposals.vocabulary import MeetingState, Motion, Outcome, State, Verdict

# What a later sitting may answer to a decision by circulation; deferred or put over, it is asked again.
SETTLING = (Outcome.APPROVED, Outcome.AMENDED, Outcome.REJECTED, Outcome.RETURNED)


class Form(models.TextChoices):
    """How the members meet."""

    SITTING = "SITTING", "会议"
    CIRCULATION = "CIRCULATION", "书面传签"


class Meeting(Subject):
    """One meeting, numbered by year; roll and rule are frozen when it is called."""

    subject_kind = SubjectKind.MEETING

    term = models.ForeignKey("proposals.CommitteeTerm", models.PROTECT, related_name="meetings")
    form = models.CharField("形式", max_length=12, choices=Form, default=Form.SITTING)
    year = models.PositiveSmallIntegerField("年度")
    seq = models.PositiveSmallIntegerField("次数", null=True, blank=True)
    starts_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=100, blank=True)
    state = StateField("状态", choices=MeetingState, default=MeetingState.PLANNED)
    rule = models.JSONField("议事规则", default=dict, blank=True)
    presiding = models.ForeignKey("proposals.RollEntry", models.PROTECT, null=True, blank=True, related_name="+")
    delegation = models.CharField("委托主持说明", max_length=300, blank=True)
    short_notice = models.CharField("缩短材料送达时间的说明", max_length=300, blank=True)
    short_notice_for = models.JSONField("缩短材料送达时间所针对的议题", default=list, blank=True)
    materials_on = models.DateField("材料送达日期", null=True, blank=True)
    called_on = models.DateField("通知日期", null=True, blank=True)
    opened_at = models.DateTimeField("开会时间", null=True, blank=True)
    closed_at = models.DateTimeField("散会时间", null=True, blank=True)
    held_on = models.DateField("会议日期", null=True, blank=True)
    window_until = models.DateField("传签截止日期", null=True, blank=True)
    reminded_at = models.DateTimeField("催办时间", null=True, blank=True)
    on_paper = models.BooleanField("补录", default=False)
    cancelled = models.CharField("取消（转会议）原因", max_length=300, blank=True)
    planned_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("建立时间")

    class Meta:
        ordering = ["-year", "-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_number_once",
                fields=["territory", "form", "year", "seq"],
                condition=~Q(state=MeetingState.CANCELLED) & ~Q(seq=None),
            ),
            models.CheckConstraint(name="meeting_state_known", condition=Q(state__in=MeetingState.values)),
            models.CheckConstraint(
                name="meeting_state_needs_a_chain", condition=Q(state=MeetingState.PLANNED) | Q(head_seq__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name of the meeting, e.g. 区委机构编制委员会2026年第3次会议."""
        number = f"第{self.seq}次" if self.seq else "（次数待定）"
        return f"{self.territory.committee_name}{self.year}年{number}{self.get_form_display()}"

    @property
    def by_circulation(self) -> bool:
        """Whether the members answer in writing."""
        return self.form == Form.CIRCULATION

    @property
    def names(self) -> dict[str, str]:
        """What to print for each member of the roll by identity, namesakes told apart."""
        rows = self.roll.order_by("order", "pk").values_list("member", "name", "post")
        return told_apart((str(member), name, post) for member, name, post in rows)

    @property
    def frozen_rule(self) -> VotingRule:
        """The rule as it stood when the meeting was called."""
        return VotingRule.from_data(self.rule)

    @property
    def agenda_shown(self) -> list[list[str]]:
        """What stands on the agenda, item by item with its plan; an ad-hoc item has the chair's own consent."""
        rows = self.items.filter(ad_hoc="").order_by("position")
        return [[str(uuid), plan] for uuid, plan in rows.values_list("uuid", "plan_digest")]

    def concern_of(self, act: Act) -> str:
        """Return what a page had to show for this step: the open ballot, or the revision; own acts collide with nobody.

        A ballot concerns the item, the round and the plan that was voted on, so that fifteen members never collide.
        """
        if act.step == MeetingStep.CAST_BALLOT:
            matter = act.reading.matter(act.facts.get("item"))
            return matter.item.ballot_concern if matter else ""
        if act.step in (
            MeetingStep.GIVE_RECEIPT,
            MeetingStep.ASK_LEAVE,
            MeetingStep.CHECK_IN,
            MeetingStep.CHECK_OUT,
            MeetingStep.WRITE_OPINION,
            MeetingStep.COMMENT_MINUTES,
        ):
            return "own"
        return self.concern

    def item(self, uuid: str) -> AgendaItem:
        """Return an item of this meeting; raises AgendaItem.DoesNotExist."""
        return self.items.get(uuid=uuid)

    def seat(self, member: str) -> RollEntry:
        """Return a member of the frozen roll by the person's uuid; raises RollEntry.DoesNotExist."""
        return self.roll.get(member=member)

    @property
    def newest_minutes(self) -> Minutes:
        """The newest version of the minutes; raises Minutes.DoesNotExist when there is none."""
        return self.minutes.latest("version")

    @property
    def standing_items(self) -> list[AgendaItem]:
        """The items that can be taken up: those whose case has not left the agenda."""
        return [item for item in self.items.select_related("proposal") if not item.gone]

    def item_named(self, name: object) -> AgendaItem | None:
        """Return the item of that uuid on this agenda, or None for whatever else somebody sent."""
        try:
            return self.items.filter(uuid=uuid.UUID(str(name))).select_related("proposal").first()
        except ValueError:
            return None


class AgendaItem(models.Model):
    """One item of the agenda; what it decides is computed, never written."""

    class Type(models.TextChoices):
        """What the committee does with an item: decide, hear, study or ratify."""

        CASE = "CASE", "审议事项"
        REGULATION = "REGULATION", "审议制度"
        HEARING = "HEARING", "听取汇报"
        STUDY = "STUDY", "传达学习"
        NOTICE = "NOTICE", "通报"
        RATIFY = "RATIFY", "追认"

    class Status(models.TextChoices):
        """How far an item has come on the day of the meeting."""

        WAITING = "WAITING", "待审议"
        OPEN = "OPEN", "审议中"
        BALLOT = "BALLOT", "表决中"
        COUNTED = "COUNTED", "已表决"
        CONCLUDED = "CONCLUDED", "已议定"
        PUT_OVER = "PUT_OVER", "顺延"
        WITHDRAWN = "WITHDRAWN", "已撤回"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("顺序")
    type = models.CharField("议题类型", max_length=12, choices=Type, default=Type.CASE)
    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    ratifies = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ratifications")
    title = models.CharField("议题", max_length=200)
    gist = models.CharField("要点", max_length=500, blank=True)
    reporter = models.CharField("汇报人", max_length=80, blank=True)
    motion = models.CharField("表决动议", max_length=12, choices=Motion, default=Motion.AS_PROPOSED)
    major = models.BooleanField("重大事项", default=False)
    ad_hoc = models.CharField("临时动议说明", max_length=300, blank=True)
    status = models.CharField("进度", max_length=12, choices=Status, default=Status.WAITING)
    plan_digest = models.CharField("方案校验值", max_length=64, blank=True)
    case_round = models.PositiveSmallIntegerField("针对第几次报送", null=True, blank=True)
    values = models.JSONField("修改后的数额", default=dict, blank=True)
    amendment = models.TextField("修改意见", blank=True)
    involved = models.JSONField("涉及单位的委员", default=list, blank=True)
    present = models.JSONField("在场委员", default=list, blank=True)
    round = models.PositiveSmallIntegerField("第几次表决", default=0)
    verdict = models.CharField("表决结果", max_length=12, choices=Verdict, blank=True)
    outcome = models.CharField("议定结果", max_length=10, choices=Outcome, blank=True)
    tally = models.JSONField("计票", default=dict, blank=True)
    note = models.CharField("顺延（办理）说明", max_length=300, blank=True)

    class Meta:
        ordering = ["meeting_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                name="case_once_in_a_meeting", fields=["meeting", "proposal"], condition=~Q(proposal=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}.{self.title}"

    @property
    def ballot_concern(self) -> str:
        """What a member's ballot page shows: the item, the round of the ballot, the plan."""
        return f"{self.uuid}:{self.round}:{self.plan_digest}"

    @property
    def decides(self) -> bool:
        """Whether the committee votes on it; hearing, study and notice are only noted."""
        return self.type in (self.Type.CASE, self.Type.REGULATION, self.Type.RATIFY)

    @property
    def gone(self) -> str:
        """Why a waiting item will not be taken up: what became of its case meanwhile; nothing while it stands ready."""
        case = self.proposal
        if case is None or self.status != self.Status.WAITING or case.state == State.SCHEDULED:
            return ""
        return f"事项{'已撤回' if case.state == State.WITHDRAWN else f'现处于「{case.get_state_display()}」环节'}"

    @property
    def stands(self) -> str:
        """How far the item is, as its agenda shows it."""
        return str(self.Status.WITHDRAWN.label if self.gone else self.get_status_display())

    @property
    def ratification(self) -> str:
        """What a decision by circulation waits for or was given: nothing, 待追认, 已追认, 未获追认."""
        meeting = self.meeting
        by_circulation = meeting.by_circulation and self.status == self.Status.CONCLUDED
        if not by_circulation or not meeting.frozen_rule.circulation_ratified:
            return ""
        answers = sorted((one for one in self.ratifications.all() if one.outcome in SETTLING), key=lambda one: one.pk)
        if not answers:
            return "待追认"
        return "已追认" if answers[-1].outcome in (Outcome.APPROVED, Outcome.AMENDED) else "未获追认"
