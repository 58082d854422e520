"""Lent duties become guardian's rights on one case: the row and the permission that stood beside it are one."""

import json

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

LENT = "LENT"


def take_permissions_in(apps, schema_editor):
    """Give every lent duty the permission of its duty and the reason of its entry; what stood without one ends.

    A duty lent without its permission counted for nothing, and so did a permission without a lent duty: neither may
    begin to count now.
    """
    grants = apps.get_model("workflows", "CaseGrant")
    stray = apps.get_model("guardian", "UserObjectPermission").objects.filter(content_type__in=_cases(apps))
    held = set(stray.values_list("object_pk", "user_id", "permission__codename"))
    for row in grants.objects.select_related("content_object", "user").order_by("pk"):
        codename = f"hold_{row.duty.lower()}"
        row.permission, row.reason = _permission(apps, codename, row.duty), _reason(apps, row)
        if row.ended_at is None and (str(row.content_object_id), row.user_id, codename) not in held:
            row.ended_at = timezone.now()
        row.save(update_fields=["permission", "reason", "ended_at"])
    stray.delete()


def put_permissions_beside(apps, schema_editor):
    """Set a permission beside every duty that is still lent; what older releases do not know goes."""
    grants = apps.get_model("workflows", "CaseGrant")
    beside = apps.get_model("guardian", "UserObjectPermission").objects
    grants.objects.exclude(kind=LENT).delete()
    for row in grants.objects.filter(ended_at=None).order_by("pk"):
        beside.get_or_create(
            user_id=row.user_id, permission_id=row.permission_id, content_type=_cases(apps).get(),
            object_pk=str(row.content_object_id),
        )  # fmt: skip


def _cases(apps):
    return apps.get_model("contenttypes", "ContentType").objects.filter(app_label="proposals", model="proposal")


def _permission(apps, codename, duty):
    of_cases = apps.get_model("auth", "Permission").objects
    return of_cases.get_or_create(codename=codename, content_type=_cases(apps).get(), defaults={"name": duty})[0]


def _reason(apps, row):
    """Return the reason of the entry by which the duty was lent: older entries do not name the row they made."""
    entries = apps.get_model("proposals", "Entry").objects
    for body in entries.filter(subject_id=row.content_object.uuid, step="delegate").values_list("body", flat=True):
        facts = json.loads(body)["facts"]
        told = (facts.get("person"), facts.get("until"), facts.get("duty", row.duty))
        if facts.get("delegation") == str(row.uuid) or (
            "delegation" not in facts and told == (str(row.user.uuid), row.until.isoformat(), row.duty)
        ):
            return facts.get("reason", "")
    return ""


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("proposals", "0030_lists_along_indexes"),
        ("workflows", "0007_worklist_in_its_own_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("delegation", "a_duty_lent_once"),
        migrations.RemoveConstraint("delegation", "lent_to_another"),
        migrations.RemoveConstraint("delegation", "only_a_desk_is_lent"),
        migrations.RenameModel("Delegation", "CaseGrant"),
        migrations.RenameField("casegrant", "proposal", "content_object"),
        migrations.RenameField("casegrant", "person", "user"),
        migrations.AddField(
            "casegrant", "kind",
            models.CharField(
                choices=[("LENT", "委托代办"), ("BORROWED", "借阅"), ("AUDITED", "审计调阅"), ("CIRCULATED", "传阅")],
                default=LENT, max_length=12, verbose_name="类别",
            ),
        ),
        migrations.AddField("casegrant", "reason", models.TextField(blank=True, verbose_name="理由")),
        migrations.AddField(
            "casegrant", "permission",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="auth.permission"),
        ),
        migrations.RunPython(take_permissions_in, put_permissions_beside),
    ]  # fmt: skip
