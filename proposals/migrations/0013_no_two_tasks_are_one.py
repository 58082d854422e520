"""A task's identity is its own."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0012_names_have_keys_and_tasks_identities"),
    ]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
