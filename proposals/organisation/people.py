"""Territories, the people who work there and their dated appointments."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q

from proposals.organisation.duty_places import in_place
from proposals.vocabulary import Duty, TerritoryLevel


class Territory(models.Model):
    """A city or a district: the scope of an office, its register and its chains."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    path = models.CharField("组织路径", max_length=120, unique=True, help_text="e.g. /wuhai/haibowan/")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="districts")
    level = models.CharField("层级", max_length=10, choices=TerritoryLevel)
    name = models.CharField("名称", max_length=40)
    office_name = models.CharField("编办名称", max_length=60)
    committee_name = models.CharField("编委名称", max_length=60)
    site_code = models.CharField("站点代码", max_length=12)
    profile = models.CharField("办事规则", max_length=40)
    # What papers need besides: names of the Party committee above, code words of numbers, whom to ask. Never guessed.
    party_committee_name = models.CharField("区委名称", max_length=60, blank=True)
    party_office_name = models.CharField("区委办名称", max_length=60, blank=True)
    committee_code = models.CharField("编委发文代字", max_length=20, blank=True, help_text="如：海编发")
    office_code = models.CharField("编办发文代字", max_length=20, blank=True, help_text="如：海编办发")
    letter_code = models.CharField("编办函代字", max_length=20, blank=True, help_text="如：海编办函")
    permit_code = models.CharField("用编核准单代字", max_length=20, blank=True, help_text="如：海用编")
    contact = models.CharField("联系人", max_length=40, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    fonds = models.CharField("全宗号", max_length=4, blank=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """How accounts are made; without a password nobody can sign in."""

    def create_user(self, *, username: str, name: str, post: str, password: str | None = None, **fields: Any) -> Person:
        """Create an account; a missing password leaves it locked."""
        person = self.model(username=username, name=name, post=post, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, *, username: str, name: str, post: str, password: str | None = None) -> Person:
        """Create an account for Django's own tooling; it holds no duty."""
        return self.create_user(
            username=username, name=name, post=post, password=password, is_staff=True, is_superuser=True
        )


class Person(AbstractBaseUser, PermissionsMixin):
    """An official who signs in, with the name and post that are frozen on every act.

    A superuser exists for the tooling of Django only and holds no duty.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=80)
    post_order = models.PositiveIntegerField("职务排序", default=1000)
    type_size = models.CharField(
        "字号", max_length=6, default="normal", choices=[("normal", "标准"), ("large", "大"), ("huge", "特大")]
    )
    is_active = models.BooleanField("在用", default=True)
    is_staff = models.BooleanField(default=False)

    objects = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = None
    REQUIRED_FIELDS = ["name", "post"]

    class Meta:
        ordering = ["post_order", "id"]
        constraints = [
            # An account without a key to the door: the actor of automatic steps can never sign in.
            models.CheckConstraint(name="system_never_signs_in", condition=~Q(username="system") | Q(is_active=False)),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.post}）"

    def get_full_name(self) -> str:
        """Return the Chinese name."""
        return self.name

    def get_short_name(self) -> str:
        """Return the Chinese name."""
        return self.name


class Appointment(models.Model):
    """A standing duty of a person on a path, from a day to a day (both inclusive).

    A unit's duty stands at a unit, a district's at a district, a city's at a city. `unplaced` marks the rows that came
    before places were asked for and have none: they reach nothing, and no new one can be made.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    duty = models.CharField("职责", max_length=20, choices=Duty)
    path = models.CharField("组织路径", max_length=120)
    unit = models.CharField("所在单位", max_length=60, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    unplaced = models.BooleanField("职责与所在单位不符", default=False)

    class Meta:
        indexes = [models.Index(fields=["person", "path"]), models.Index(fields=["path", "duty"])]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(name="appointment_has_its_place", condition=Q(unplaced=True) | in_place()),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_duty_display()} {self.path}"

    def covers(self, *, on: date) -> bool:
        """Return whether the appointment stands on that day."""
        return self.since <= on and (self.until is None or on <= self.until)
