"""Every movement names the local day on which it was recorded; existing movements take it from their moment."""

from datetime import date

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

LATE = Q(effective_on__lt=F("recorded_on"))
EARLY = Q(effective_on__gt=F("recorded_on"))


def fill(apps, schema_editor):
    """Name the day of every movement; the guard against changes stands again when our `migrate` ends."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS proposals_movement_no_update ON proposals_movement")
    apps.get_model("proposals", "Movement").objects.update(recorded_on=TruncDate("recorded_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0003_ratifications"),
    ]

    operations = [
        migrations.AddField(
            model_name="movement",
            name="recorded_on",
            field=models.DateField(default=date(1900, 1, 1), verbose_name="登记日期"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(fields=["source", "effective_on", "recorded_at"], condition=LATE, name="late_from"),
        ),
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(fields=["target", "effective_on", "recorded_at"], condition=LATE, name="late_to"),
        ),
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(fields=["source", "recorded_at", "effective_on"], condition=EARLY, name="early_from"),
        ),
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(fields=["target", "recorded_at", "effective_on"], condition=EARLY, name="early_to"),
        ),
    ]
