"""Incoming numbers are told apart by what they say, each once in a territory; what stood twice before keeps its row."""

from django.db import migrations, models

from proposals.text import document_numbers


def name_keys(apps, schema_editor):
    """Give every case and every record of a paper its key; a second one of a number is marked, the audit names it."""
    keys = set()
    cases = apps.get_model("proposals", "Proposal").objects
    for case in cases.exclude(number="").order_by("pk").iterator():
        key = document_numbers.key(case.number)
        if (case.territory_id, key) in keys:
            key = f"{key}#{case.pk}"
        keys.add((case.territory_id, key))
        cases.filter(pk=case.pk).update(number_key=key)
    records = apps.get_model("proposals", "PaperRecord").objects.exclude(number="").exclude(status="DECLINED")
    known = set(records.values_list("territory", "number"))
    for record in records.order_by("pk"):
        number = document_numbers.normal(record.number)
        if number != record.number and (record.territory_id, number) not in known:
            known.add((record.territory_id, number))
            records.filter(pk=record.pk).update(number=number)


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0017_appointments_have_a_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="number_key",
            field=models.CharField(blank=True, help_text="what tells incoming numbers apart", max_length=60),
        ),
        migrations.AddField(
            model_name="proposal",
            name="paper_dated",
            field=models.DateField(blank=True, null=True, verbose_name="来文日期"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="paper_number",
            field=models.CharField(blank=True, max_length=80, verbose_name="来文字号"),
        ),
        migrations.RunPython(name_keys, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(condition=models.Q(("number_key", ""), _negated=True), fields=("territory", "number_key"), name="incoming_number_once"),
        ),
    ]
