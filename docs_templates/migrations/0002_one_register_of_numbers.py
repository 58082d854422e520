"""Every number of a paper stands in one register: given ones get their key, typed and external ones are entered."""

import json

import django.db.models.deletion
from django.db import migrations, models

from proposals import document_numbers

CODES = ("committee_code", "office_code", "letter_code", "permit_code")
OF_THE_CITY = ("shipifu", "huizhi")


def enter(apps, schema_editor):
    """Give keys to what was given; then enter the numbers that only papers bear, the first paper of each number."""
    numbers = apps.get_model("docs_templates", "AllocatedNumber").objects
    for row in numbers.select_related("series"):
        numbers.filter(pk=row.pk).update(territory=row.series.territory, key=document_numbers.key(row.text))
    cases = {case.uuid: case for case in apps.get_model("proposals", "Proposal").objects.select_related("territory__parent")}
    known = set(numbers.values_list("territory", "key"))
    borne = {}
    for paper in apps.get_model("docs_templates", "FrozenPaper").objects.order_by("frozen_at", "pk"):
        text, case = printed(paper), cases.get(paper.subject_uuid)
        if not text or case is None:
            continue
        issuer = case.territory.parent if paper.slug in OF_THE_CITY and case.territory.parent else case.territory
        key = document_numbers.key(text)
        if (issuer.path, key) in known:
            continue
        known.add((issuer.path, key))
        times = borne[case.uuid, paper.slug] = borne.get((case.uuid, paper.slug), 0) + 1
        _enter(apps, issuer, paper, text, f"{paper.slug}/typed{times}")


def printed(paper):
    """Return the number that a paper bears, or nothing."""
    facts = json.loads(paper.facts)
    return (facts.get("head") or {}).get("number", "") or (facts.get("number", "") if paper.slug == "hezhundan" else "")


def _enter(apps, issuer, paper, text, purpose):
    parts = document_numbers.parse(text)
    own = parts is not None and parts.word in [getattr(issuer, code) for code in CODES]
    series = None
    if parts:
        series, _ = apps.get_model("docs_templates", "NumberSeries").objects.get_or_create(
            territory=issuer.path, word=parts.word, year=parts.year, defaults={"own": own}
        )
    apps.get_model("docs_templates", "AllocatedNumber").objects.create(
        series=series, number=parts.n if parts else None, territory=issuer.path, text=document_numbers.normal(text),
        key=document_numbers.key(text), use="TYPED" if own else "EXTERNAL", subject_uuid=paper.subject_uuid,
        purpose=purpose, allocated_at=paper.frozen_at, dated=paper.frozen_at.date(),
    )


class Migration(migrations.Migration):

    dependencies = [
        ("docs_templates", "0001_initial"),
        ("proposals", "0022_titles_set_anew_and_copies"),
    ]

    operations = [
        migrations.AddField(
            model_name="allocatednumber",
            name="change",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.rulechange"),
        ),
        migrations.AddField(
            model_name="allocatednumber",
            name="dated",
            field=models.DateField(blank=True, null=True, verbose_name="日期"),
        ),
        migrations.AddField(
            model_name="allocatednumber",
            name="key",
            field=models.CharField(blank=True, help_text="what tells numbers apart, however they are typed", max_length=160),
        ),
        migrations.AddField(
            model_name="allocatednumber",
            name="reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="说明"),
        ),
        migrations.AddField(
            model_name="allocatednumber",
            name="territory",
            field=models.CharField(blank=True, max_length=120, verbose_name="组织路径"),
        ),
        migrations.AddField(
            model_name="allocatednumber",
            name="use",
            field=models.CharField(choices=[("ALLOTTED", "系统编号"), ("TYPED", "手工填写"), ("EXTERNAL", "外单位编号"), ("PAPER", "线下已用"), ("VOID", "作废")], default="ALLOTTED", max_length=10, verbose_name="情形"),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="change",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.rulechange"),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="own",
            field=models.BooleanField(default=True, verbose_name="本单位编号"),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="role",
            field=models.CharField(blank=True, choices=[("COMMITTEE", "编委发文"), ("OFFICE", "编办发文"), ("LETTER", "编办函"), ("PERMIT", "用编核准单")], max_length=10, verbose_name="用于"),
        ),
        migrations.AlterField(
            model_name="allocatednumber",
            name="number",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="编号"),
        ),
        migrations.AlterField(
            model_name="allocatednumber",
            name="purpose",
            field=models.CharField(blank=True, help_text="which paper of the subject carries it", max_length=60, verbose_name="用途"),
        ),
        migrations.AlterField(
            model_name="allocatednumber",
            name="series",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="allocated", to="docs_templates.numberseries"),
        ),
        migrations.AlterField(
            model_name="allocatednumber",
            name="subject_uuid",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="allocatednumber",
            constraint=models.UniqueConstraint(condition=models.Q(("key", ""), _negated=True), fields=("territory", "key"), name="number_stands_once"),
        ),
        migrations.AddConstraint(
            model_name="allocatednumber",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("use", "VOID"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="number_left_out_says_why"),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(condition=models.Q(("role", ""), _negated=True), fields=("territory", "role", "year"), name="one_series_a_role"),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
