"""When a worker last lived is kept: a silent one is seen, and nothing happens by itself over a jump of the clock."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workflows", "0015_the_security_record_is_a_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="最近运行")),
                ("held", models.CharField(blank=True, help_text="why nothing happens by itself, or nothing", max_length=200, verbose_name="停止原因")),
            ],
        ),
    ]
