"""Every asking keeps the key of its unit; of two open askings of one unit under two spellings the newer stays open."""

from django.db import migrations

import proposals.text.name_column
from proposals.text import alike


def fill(apps, schema_editor):
    """Write the keys, and close what was asked anew without its older asking being found."""
    opinions = apps.get_model("proposals", "Opinion").objects
    seen = set()
    rows = opinions.order_by("-pk").values_list("pk", "proposal", "unit", "body", "replied_on", "superseded")
    for pk, proposal, unit, body, replied_on, superseded in list(rows):
        key = alike.key(unit)[: proposals.text.name_column.LONGEST]
        is_open = body is None and replied_on is None and not superseded
        opinions.filter(pk=pk).update(unit_key=key, superseded=superseded or (is_open and (proposal, key) in seen))
        if is_open:
            seen.add((proposal, key))


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0027_labels_wear_full_width_marks"),
    ]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="unit_key",
            field=proposals.text.name_column.NameKeyField(
                db_index=True, default="", editable=False, max_length=300, of="unit"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
