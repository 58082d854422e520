"""An import keeps what was read how, and the first rows as they were understood."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workflows", "0004_delegations_end"),
    ]

    operations = [
        migrations.AddField(
            model_name="openingimport",
            name="told",
            field=models.JSONField(
                blank=True, default=list, help_text="[sheet, row, column, message]; the first ones",
                verbose_name="读取说明",
            ),
        ),
        migrations.AddField(
            model_name="openingimport",
            name="told_count",
            field=models.PositiveIntegerField(default=0, verbose_name="说明数"),
        ),
        migrations.AddField(
            model_name="openingimport",
            name="preview",
            field=models.JSONField(
                blank=True, default=list, help_text="[sheet, headings, rows, rows in all]", verbose_name="读到的内容"
            ),
        ),
    ]
