"""A case names the day whose law says who decides it; running cases get the day of their acceptance."""

from django.db import migrations, models
from django.db.models import F


def name_the_day(apps, schema_editor):
    """Take the day of acceptance, or for small matters that of the entry which sent them."""
    cases = apps.get_model("proposals", "Proposal").objects.exclude(route=[])
    cases.exclude(accepted_on=None).update(routed_on=F("accepted_on"))
    entries = apps.get_model("proposals", "Entry").objects.filter(subject_kind="case", step="send_small")
    for case in cases.filter(routed_on=None):
        sent = entries.filter(subject_id=case.uuid).order_by("seq").last()
        if sent is not None:
            cases.filter(pk=case.pk).update(routed_on=sent.happened_on)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0009_calendar_notices")]

    operations = [
        migrations.AddField("proposal", "routed_on", models.DateField("适用规定日期", null=True, blank=True)),
        migrations.RunPython(name_the_day, migrations.RunPython.noop),
    ]
