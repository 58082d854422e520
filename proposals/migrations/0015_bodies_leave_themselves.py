"""A body that was entered as its own superior comes back under the one it had before, or under none."""

from django.db import migrations
from django.db.models import F


def come_back(apps, schema_editor):
    """Give every such version the superior of the version before it."""
    versions = apps.get_model("proposals", "BodyVersion").objects
    for version in versions.filter(parent=F("body")).order_by("body", "valid_from", "id"):
        earlier = versions.filter(body=version.body_id, id__lt=version.pk).exclude(parent=F("body"))
        before = earlier.order_by("valid_from", "id").last()
        versions.filter(pk=version.pk).update(parent=before.parent_id if before else None)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0014_manuscripts")]

    operations = [migrations.RunPython(come_back, migrations.RunPython.noop)]
