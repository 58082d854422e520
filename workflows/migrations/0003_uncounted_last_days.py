"""A last day that reaches into a year whose holidays are not known is unknown, no longer counted by the week."""

from django.db import migrations, models


def forget(apps, schema_editor):
    """Take the day off open work that was counted beyond the years of the calendar."""
    known = set(apps.get_model("proposals", "CalendarNotice").objects.values_list("year", flat=True))
    items = apps.get_model("workflows", "WorkItem").objects.filter(open=True).exclude(due_on=None)
    items.exclude(due_on__year__in=known).update(due_on=None, uncounted=True)


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0009_calendar_notices"),
        ("workflows", "0002_opening_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="uncounted",
            field=models.BooleanField(default=False, help_text="a limit reaches beyond the known years", verbose_name="日历未登记"),
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
