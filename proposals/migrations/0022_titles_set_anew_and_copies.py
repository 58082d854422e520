"""A case keeps the title that its drafter set anew beside the one it was filed with; the law says who gets copies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0021_consents_know_their_lines"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="retitled",
            field=models.JSONField(blank=True, default=dict, verbose_name="重新确定的标题"),
        ),
        migrations.AlterField(
            model_name="setting",
            name="topic",
            field=models.CharField(
                choices=[
                    ("SWITCH", "办事开关"),
                    ("SEVERITY", "规则强度"),
                    ("ATTACHMENT", "必备材料"),
                    ("LEADER_SCHEDULE", "领导职数标准"),
                    ("TIME_LIMIT", "办理时限"),
                    ("PATTERN", "设置模式"),
                    ("DUTY_LIST_TYPE", "清单类型"),
                    ("SIGNING", "发文审签"),
                    ("COPIES", "抄送机关"),
                ],
                max_length=20,
                verbose_name="类别",
            ),
        ),
    ]
