"""An item, a member's letter and the chair's leave for short notice name the plan and the agenda that they saw."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0024_problems_settle_in_parts")]

    operations = [
        migrations.AddField(
            "meeting", "short_notice_for", models.JSONField("缩短材料送达时间所针对的议题", default=list, blank=True)
        ),
        migrations.AddField(
            "agendaitem", "case_round", models.PositiveSmallIntegerField("针对第几次报送", null=True, blank=True)
        ),
        migrations.AddField(
            "writtenopinion", "plan_digest",
            models.CharField("所针对方案校验值", max_length=64, blank=True, default=""), preserve_default=False,
        ),
    ]  # fmt: skip
