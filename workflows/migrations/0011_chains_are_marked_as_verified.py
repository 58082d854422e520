"""How far each chain was verified is kept as signed marks."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0010_readings_are_watched'),
    ]

    operations = [
        migrations.CreateModel(
            name='VerifiedChain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(choices=[('case', '动议事项'), ('meeting', '会议'), ('register', '台账'), ('rulebook', '办事规则')], max_length=10)),
                ('subject_id', models.UUIDField(unique=True)),
                ('seq', models.PositiveIntegerField(verbose_name='末条')),
                ('hash', models.CharField(max_length=64, verbose_name='校验值')),
                ('state', models.CharField(blank=True, max_length=20, verbose_name='环节')),
                ('at', models.DateTimeField(verbose_name='核对时间')),
                ('signature', models.CharField(max_length=100, verbose_name='签名')),
            ],
        ),
    ]
