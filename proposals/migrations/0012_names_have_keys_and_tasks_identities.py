"""Versions of bodies keep the key of their name; tasks get an identity of their own."""

import uuid

from django.db import migrations, models

import proposals.text.name_column
from proposals.text import alike


def fill(apps, schema_editor):
    """Give every version the key of its name and every task a uuid of its own."""
    versions = apps.get_model("proposals", "BodyVersion").objects
    for pk, name in versions.values_list("pk", "name").iterator(chunk_size=2000):
        versions.filter(pk=pk).update(name_key=alike.key(name)[: proposals.text.name_column.LONGEST])
    tasks = apps.get_model("proposals", "Task").objects
    for pk in tasks.values_list("pk", flat=True):
        tasks.filter(pk=pk).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0011_permits_of_every_use"),
    ]

    operations = [
        migrations.AddField(
            model_name="bodyversion",
            name="name_key",
            field=proposals.text.name_column.NameKeyField(db_index=True, default="", editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="task",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
