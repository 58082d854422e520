"""Mark the appointments that have no place, and let no new one come without."""

from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.functions import Length, Replace
from django.db.models.lookups import Exact, GreaterThanOrEqual

from proposals.organisation.duty_places import placed

SLASHES = Length("path") - Length(Replace("path", Value("/"), Value("")))
OF_A_DISTRICT = (
    "OFFICE_CLERK", "OFFICE_REVIEWER", "OFFICE_DIRECTOR", "COMPLIANCE", "COMMITTEE_CHAIR", "COMMITTEE_VICE",
    "COMMITTEE_MEMBER", "ATTENDEE", "RECORDER", "SEAL_KEEPER", "ARCHIVIST", "INSPECTOR",
)  # fmt: skip
IN_PLACE = Q(path__startswith="/", path__endswith="/") & (
    Q(duty__in=("UNIT_DRAFTER", "UNIT_HEAD")) & Q(GreaterThanOrEqual(SLASHES, 4))
    | Q(duty__in=("CITY_RECEIVER", "CITY_REVIEWER")) & Q(Exact(SLASHES, 2))
    | Q(duty__in=("SYSADMIN", "SECADMIN", "AUDITOR")) & (Q(Exact(SLASHES, 2)) | Q(Exact(SLASHES, 3)))
    | Q(duty__in=OF_A_DISTRICT) & Q(Exact(SLASHES, 3))
)


def mark_what_has_no_place(apps, schema_editor):
    appointments = apps.get_model("proposals", "Appointment")
    for row in appointments.objects.all():
        if not placed(duty=row.duty, path=row.path):
            appointments.objects.filter(pk=row.pk).update(unplaced=True)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0016_no_body_is_its_own_superior")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="unplaced",
            field=models.BooleanField(default=False, verbose_name="职责与所在单位不符"),
        ),
        migrations.RunPython(mark_what_has_no_place, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=Q(unplaced=True) | IN_PLACE, name="appointment_has_its_place"
            ),
        ),
    ]
