"""The word by which the law of a territory is known: triggers move it, our `migrate` gives everybody the first one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0031_cases_are_found_by_their_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "scope",
                    models.PositiveBigIntegerField(
                        help_text="territory; 0 is the country's calendar", primary_key=True, serialize=False
                    ),
                ),
                ("word", models.CharField(max_length=36)),
            ],
        ),
    ]
