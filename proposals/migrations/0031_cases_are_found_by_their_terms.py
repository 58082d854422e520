"""Every case gets the terms by which it is found."""

import re

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Prefetch

from proposals.text import terms

CHINESE = re.compile(f"[{terms.HAN}]")


def within(value):
    """Yield the Chinese words within a stored value."""
    if isinstance(value, str) and CHINESE.search(value):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from within(part)


def texts(case):
    """Yield what a case says."""
    yield from (case.title, case.number, case.paper_number, case.proposer, case.trigger_note, case.urgency_reason)
    yield from (case.summary, case.background, case.reason, case.leading_instruction)
    for stored in (case.numbers, case.retitled, case.withdrawal, case.city_reply, case.party_committee):
        yield from within(stored)
    for line in case.lines.all():
        yield from (line.get_op_display(), line.body_name, line.remark, *within(line.params))
    for answer in case.answers.all():
        yield from (answer.text, answer.pointer)
    for document in case.basis.all():
        yield from (document.title, document.number, document.clause)
    yield from (upload.name for upload in case.standing)


def fill(apps, schema_editor):
    """Write the terms of every case, some cases at a time."""
    CaseTerm = apps.get_model("proposals", "CaseTerm")
    standing = Prefetch("uploads", apps.get_model("proposals", "Upload").objects.filter(dropped=False), "standing")
    cases = apps.get_model("proposals", "Proposal").objects.prefetch_related("lines", "answers", "basis", standing)
    for case in cases.order_by("pk").iterator(chunk_size=200):
        found = sorted(terms.of(texts(case)))
        CaseTerm.objects.bulk_create([CaseTerm(case_id=case.pk, term=term) for term in found])


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0030_lists_along_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.BigIntegerField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='proposals.proposal')),
            ],
            options={
                'indexes': [models.Index(fields=['term', '-case'], name='cases_of_a_term')],
                'constraints': [models.UniqueConstraint(fields=('case', 'term'), name='a_term_of_a_case_once')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
