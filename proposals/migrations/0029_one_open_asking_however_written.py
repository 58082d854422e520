"""A unit has one open asking of a case, however its name is written."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0028_askings_keep_the_key_of_their_unit"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="opinion", name="one_open_asking_a_unit"),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("body", None), ("replied_on", None), ("superseded", False)),
                fields=("proposal", "unit_key"),
                name="one_open_asking_a_unit",
            ),
        ),
    ]
