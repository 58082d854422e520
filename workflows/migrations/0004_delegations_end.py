"""Delegations know since when and where they count, and end; what may not be lent, or stood twice, is ended here."""

import json
from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

CITY = ("CITY_RECEIVER", "CITY_REVIEWER")
LENDABLE = ("OFFICE_CLERK", "OFFICE_REVIEWER", "OFFICE_DIRECTOR", "COMPLIANCE", "SEAL_KEEPER", "ARCHIVIST", *CITY)
LONGEST = timedelta(days=30)


def complete_what_stands(apps, schema_editor):
    """Say since when and where every row counts; shorten what was lent for years; end what may not stand."""
    delegations, entries = apps.get_model("workflows", "Delegation"), apps.get_model("proposals", "Entry")
    seen = set()
    for row in delegations.objects.select_related("proposal__territory__parent", "person", "lender").order_by("-pk"):
        since = _since(entries, row) or row.until
        territory = row.proposal.territory
        city = row.duty in CITY and territory.parent
        twice = (row.proposal_id, row.person_id, row.duty)
        ends = row.duty not in LENDABLE or twice in seen or row.person_id == row.lender_id
        seen.add(twice)
        delegations.objects.filter(pk=row.pk).update(
            since=since, until=max(since, min(row.until, since + LONGEST)),
            path=territory.parent.path if city else territory.path, ended_at=timezone.now() if ends else None,
        )  # fmt: skip


def _since(entries, row):
    for entry in entries.objects.filter(subject_id=row.proposal.uuid, step="delegate", actor=row.lender_id).order_by("seq"):
        facts = json.loads(entry.body)["facts"]
        if (facts.get("person"), facts.get("until")) == (str(row.person.uuid), row.until.isoformat()):
            return timezone.localdate(entry.at)
    return None


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0017_appointments_have_a_place"),
        ("workflows", "0003_uncounted_last_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "delegation", "ended_at", models.DateTimeField(blank=True, null=True, verbose_name="收回时间")
        ),
        migrations.AddField(
            "delegation",
            "ended_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "delegation", "path", models.CharField(default="", max_length=120, verbose_name="组织路径"),
            preserve_default=False,
        ),
        migrations.AddField(
            "delegation", "since", models.DateField(default="2000-01-01", verbose_name="委托自"),
            preserve_default=False,
        ),
        migrations.RunPython(complete_what_stands, migrations.RunPython.noop),
        migrations.AddConstraint(
            "delegation",
            models.UniqueConstraint(
                condition=Q(ended_at=None), fields=("proposal", "person", "duty"), name="a_duty_lent_once"
            ),
        ),
        migrations.AddConstraint(
            "delegation",
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | ~Q(person=F("lender")), name="lent_to_another"
            ),
        ),
        migrations.AddConstraint(
            "delegation",
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(duty__in=LENDABLE), name="only_a_desk_is_lent"
            ),
        ),
        migrations.AddConstraint(
            "delegation",
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(until__gte=F("since")), name="lent_until_after_since"
            ),
        ),
    ]  # fmt: skip
