"""Whom a case was shown to, and when that ended, is an event of the security stream."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0009_a_right_is_open_once'),
    ]

    operations = [
        migrations.AlterField(
            model_name='securityevent',
            name='kind',
            field=models.CharField(choices=[('REFUSED', '办理被拒'), ('SIGNED_IN', '登录'), ('DENIED', '越权访问'), ('DOWNLOADED', '下载'), ('GRANTED', '准予查阅'), ('ENDED', '结束查阅')], max_length=12, verbose_name='类别'),
        ),
    ]
