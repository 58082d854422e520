"""The committee: its terms, its members in the order of their posts, and its dated rules of meeting."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from proposals.committee.voting_rule import VotingRule
from proposals.law.models import Provision


class Role(models.TextChoices):
    """What a member is in the committee."""

    CHAIR = "CHAIR", "主任"
    VICE = "VICE", "副主任"
    MEMBER = "MEMBER", "委员"


class CommitteeTerm(models.Model):
    """One term (届) of a territory's committee."""

    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="committee_terms")
    name = models.CharField("届次", max_length=40)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["territory_id", "since"]
        constraints = [
            models.UniqueConstraint(name="one_term_of_a_name", fields=["territory", "name"]),
            models.CheckConstraint(
                name="term_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory.committee_name}{self.name}"

    def members_on(self, on: date) -> models.QuerySet[Membership]:
        """Return the members of that day in the order of their posts."""
        return self.members.filter(Q(until=None) | Q(until__gte=on), since__lte=on).select_related("person")


class Membership(models.Model):
    """A seat in a term, from a day to a day (both inclusive); members are ordered by post, never by name."""

    term = models.ForeignKey(CommitteeTerm, models.PROTECT, related_name="members")
    person = models.ForeignKey("proposals.Person", models.PROTECT, related_name="memberships")
    role = models.CharField("身份", max_length=8, choices=Role, default=Role.MEMBER)
    order = models.PositiveSmallIntegerField("职务排序")
    unit = models.CharField("所在单位", max_length=100, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["term_id", "order"]
        constraints = [
            models.UniqueConstraint(name="one_seat_in_a_term", fields=["term", "person", "since"]),
            models.CheckConstraint(
                name="seat_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}（{self.get_role_display()}）"


class MeetingRule(Provision):
    """How the committee meets and decides, from a day on: one row replaces the one before."""

    value = models.JSONField("内容", default=dict, help_text="fields of VotingRule; a missing one takes the default")

    class Meta:
        ordering = ["since"]
        constraints = [models.UniqueConstraint(name="one_meeting_rule_from_a_day", fields=["territory", "since"])]

    def __str__(self) -> str:
        return f"{self.since}起施行的议事规则"

    @property
    def rule(self) -> VotingRule:
        """The rule as the counting takes it."""
        return VotingRule.from_data({**self.value, "citation": self.citation})
