"""Numbers of papers get their one register: a key that tells them apart, what each is, and who left one out."""

import django.db.models.deletion
from django.db import migrations, models


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
    ]
