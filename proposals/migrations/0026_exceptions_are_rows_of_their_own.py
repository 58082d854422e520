"""A written exception is a row that names the very finding it lets pass; those kept on the cases are carried over."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def carry(apps, schema_editor):
    """Make a row of every exception; which finding it meant, older releases told by the rule and the words only."""
    cases, entries = apps.get_model("proposals", "Proposal"), apps.get_model("proposals", "Entry")
    row = apps.get_model("proposals", "WrittenException")
    for case in cases.objects.exclude(overrides=[]):
        carry_case(case=case, proposal_id=case.pk, entries=entries, row=row)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables with checks pending cannot be altered


def carry_case(*, case, proposal_id, entries, row):
    """Make the rows of one case; they stand in the order of their entries, whose place gives each its identity."""
    told = entries.objects.filter(subject_id=case.uuid, step="override").order_by("seq")
    seqs = list(told.values_list("seq", flat=True))
    named = len(seqs) == len(case.overrides)
    for place, one in enumerate(case.overrides):
        row.objects.create(
            uuid=uuid.uuid5(case.uuid, f"exception {seqs[place]}") if named else uuid.uuid4(),
            proposal_id=proposal_id, rule=one["rule"], message=one["message"], reason=one.get("reason", ""),
            by=one.get("by", ""), written_on=one["on"], round=one.get("round", 1), digest=one.get("digest", ""),
            lines=one.get("lines", []),
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("proposals", "0025_words_of_a_meeting_know_their_plan")]

    operations = [
        migrations.CreateModel(
            name="WrittenException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField("针对第几次报送", default=1)),
                ("digest", models.CharField("所针对方案校验值", max_length=64, blank=True)),
                ("lines", models.JSONField("所针对的方案", default=list, blank=True)),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)),
                ("finding", models.CharField("所针对核查意见的标识", max_length=120, blank=True)),
                ("rule", models.CharField("规则编号", max_length=20)),
                ("message", models.TextField("核查意见")),
                ("reason", models.TextField("特批理由", blank=True)),
                ("by", models.CharField("特批人", max_length=100, blank=True)),
                ("written_on", models.DateField("特批日期")),
                ("proposal", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="exceptions", to="proposals.proposal",
                )),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint("writtenexception", models.UniqueConstraint(
            name="one_exception_a_finding_and_plan", fields=["proposal", "finding", "digest"], condition=~Q(finding=""),
        )),
        migrations.RunPython(carry, migrations.RunPython.noop),
        migrations.RemoveField("proposal", "overrides"),
    ]  # fmt: skip
