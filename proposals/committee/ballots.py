"""Ballots: rounds of voting on an item, what each member said, counts taken in the room, opinions sent in writing."""

from __future__ import annotations

import uuid

from django.db import models

from proposals.committee.voting_rule import Method
from proposals.vocabulary import BallotValue, Motion, Outcome, Verdict


class BallotRound(models.Model):
    """One vote on an item; a second vote is another round, and the first stays."""

    item = models.ForeignKey("proposals.AgendaItem", models.CASCADE, related_name="rounds")
    n = models.PositiveSmallIntegerField("第几次")
    motion = models.CharField("表决动议", max_length=12, choices=Motion)
    method = models.CharField("表决方式", max_length=14, choices=Method)
    plan_digest = models.CharField("方案校验值", max_length=64, blank=True)
    reason = models.CharField("再次表决的理由", max_length=300, blank=True)
    opened_at = models.DateTimeField("开始时间")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    silent = models.JSONField("未表决", default=list, blank=True)
    verdict = models.CharField("表决结果", max_length=12, choices=Verdict, blank=True)
    outcome = models.CharField("议定结果", max_length=10, choices=Outcome, blank=True)
    tally = models.JSONField("计票", default=dict, blank=True)
    published = models.JSONField("无记名票清单", default=list, blank=True, help_text="[receipt code, value], by code")

    class Meta:
        ordering = ["item_id", "n"]
        constraints = [models.UniqueConstraint(name="ballot_round_once", fields=["item", "n"])]

    def __str__(self) -> str:
        return f"{self.item} 第{self.n}次表决"

    @property
    def is_open(self) -> bool:
        """Whether members may still vote."""
        return self.closed_at is None

    @property
    def is_secret(self) -> bool:
        """Whether nobody may learn what a member said."""
        return self.method == Method.SECRET

    @property
    def slips_said(self) -> list[tuple[str, str]]:
        """The published list of a closed secret round in words: receipt code and what its slip says."""
        return [(code, BallotValue(value).label) for code, value in self.published]


class Ballot(models.Model):
    """What a member said in a round; a change of mind before closing is another row, the newest counts.

    In a secret round the value is empty: the row says that the member voted, and the slip lies in the box.
    """

    round = models.ForeignKey(BallotRound, models.CASCADE, related_name="ballots")
    member = models.ForeignKey("proposals.RollEntry", models.CASCADE, related_name="ballots")
    value = models.CharField("表决意见", max_length=8, choices=BallotValue, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.member.name}{self.get_value_display()}"


class Slip(models.Model):
    """A secret ballot in the box of an open round: no member, no time, no order; closing the round empties the box."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(BallotRound, models.CASCADE, related_name="slips")
    code = models.CharField("回执码", max_length=14, unique=True)
    value = models.CharField("表决意见", max_length=8, choices=BallotValue)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class RecordedCount(models.Model):
    """A count the secretary took in the room: by voice, by hands, or nobody objecting; dissent is by name."""

    round = models.ForeignKey(BallotRound, models.CASCADE, related_name="counts")
    in_favour = models.PositiveSmallIntegerField("赞成")
    against = models.PositiveSmallIntegerField("反对")
    abstained = models.PositiveSmallIntegerField("弃权")
    dissent = models.JSONField("具名意见", default=dict, blank=True, help_text="member uuid to AGAINST or ABSTAIN")
    recorded_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_count_a_round", fields=["round"])]

    def __str__(self) -> str:
        return f"赞成{self.in_favour} 反对{self.against} 弃权{self.abstained}"


class WrittenOpinion(models.Model):
    """The opinion of a member who cannot come: shown and recorded, never counted."""

    item = models.ForeignKey("proposals.AgendaItem", models.CASCADE, related_name="written_opinions")
    member = models.ForeignKey("proposals.RollEntry", models.CASCADE, related_name="written_opinions")
    text = models.TextField("书面意见")
    plan_digest = models.CharField("所针对方案校验值", max_length=64, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.member.name}对{self.item}"
