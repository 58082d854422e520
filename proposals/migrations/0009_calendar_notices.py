"""The working days of a year stand under the notice that names them; the days of an older release get theirs."""

import hashlib
import json
import uuid

import django.db.models.deletion
from django.db import migrations, models


def name_notices(apps, schema_editor):
    """Give the days of every year a notice of their own, with the digest that the audit will reckon."""
    days, notices = apps.get_model("proposals", "CalendarDay"), apps.get_model("proposals", "CalendarNotice")
    for year in [first.year for first in days.objects.dates("day", "year")]:
        rows = days.objects.filter(day__year=year).order_by("day")
        told = [{"day": row.day.isoformat(), "works": row.works, "name": row.name} for row in rows]
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        notice = notices.objects.create(
            year=year, citation=rows[0].citation, digest=hashlib.sha256(text.encode()).hexdigest()
        )
        rows.update(notice=notice)


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0008_granted_otherwise_than_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('citation', models.CharField(max_length=200, verbose_name='依据')),
                ('digest', models.CharField(help_text='sha256 of the days that it names', max_length=64)),
                ('stands', models.BooleanField(default=True, verbose_name='现行')),
                ('change', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.rulechange')),
            ],
            options={
                'ordering': ['year', 'id'],
            },
        ),
        migrations.AddField(
            model_name='calendarday',
            name='notice',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='days', to='proposals.calendarnotice'),
        ),
        migrations.AddConstraint(
            model_name='calendarnotice',
            constraint=models.UniqueConstraint(condition=models.Q(('stands', True)), fields=('year',), name='one_calendar_a_year'),
        ),
        migrations.RunPython(name_notices, migrations.RunPython.noop),
    ]
