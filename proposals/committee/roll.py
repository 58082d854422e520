"""Who stands on the frozen roll of a meeting, what each answered, when each was there, who stands aside or sits in."""

from __future__ import annotations

from django.db import models

from proposals.committee.models import Role


class RollEntry(models.Model):
    """A member as the roll was frozen: name, post, order and role do not change with the person's later career."""

    meeting = models.ForeignKey("proposals.Meeting", models.CASCADE, related_name="roll")
    person = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    member = models.UUIDField("人员标识")
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=80)
    unit = models.CharField("所在单位", max_length=100, blank=True)
    role = models.CharField("身份", max_length=8, choices=Role)
    order = models.PositiveSmallIntegerField("职务排序")

    class Meta:
        ordering = ["meeting_id", "order"]
        constraints = [models.UniqueConstraint(name="once_on_the_roll", fields=["meeting", "member"])]

    def __str__(self) -> str:
        return f"{self.name}（{self.post}）"

    @property
    def shown(self) -> str:
        """What stands where only names stand: the name, with the post where another member bears the same."""
        return self.meeting.names.get(str(self.member), self.name)


class Receipt(models.Model):
    """A member's answer to the notice: will attend, or asks leave with a reason; the newest counts."""

    class Answer(models.TextChoices):
        """Whether the member comes or asks leave."""

        ATTEND = "ATTEND", "参加"
        LEAVE = "LEAVE", "请假"

    member = models.ForeignKey(RollEntry, models.CASCADE, related_name="receipts")
    answer = models.CharField("回执", max_length=8, choices=Answer)
    reason = models.CharField("请假事由", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.member.name}{self.get_answer_display()}"


class Presence(models.Model):
    """A stay of a member in the room, from arrival to leaving."""

    member = models.ForeignKey(RollEntry, models.CASCADE, related_name="stays")
    arrived_at = models.DateTimeField("到会时间")
    left_at = models.DateTimeField("离会时间", null=True, blank=True)
    reason = models.CharField("离会事由", max_length=300, blank=True)

    class Meta:
        ordering = ["arrived_at", "id"]

    def __str__(self) -> str:
        return f"{self.member.name} {self.arrived_at:%H:%M}"


class Recusal(models.Model):
    """A member who stands aside on an item, with the reason."""

    item = models.ForeignKey("proposals.AgendaItem", models.CASCADE, related_name="recusals")
    member = models.ForeignKey(RollEntry, models.CASCADE, related_name="recusals")
    reason = models.CharField("回避理由", max_length=300)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["item_id", "member__order"]
        constraints = [models.UniqueConstraint(name="recused_once", fields=["item", "member"])]

    def __str__(self) -> str:
        return f"{self.member.name}：{self.reason}"


class Attendee(models.Model):
    """Somebody who sits in on an item without a vote (列席)."""

    item = models.ForeignKey("proposals.AgendaItem", models.CASCADE, related_name="attendees")
    name = models.CharField("姓名", max_length=40)
    unit = models.CharField("单位及职务", max_length=100)
    person = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["item_id", "id"]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"
