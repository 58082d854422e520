"""The city may grant more than was decided, or posts of another type, where its own words say so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0007_side_rows_find_their_entries"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="changeline",
            name="granted_within_decided",
        ),
        migrations.AddField(
            model_name="changeline",
            name="granted_instead",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="另批数"),
        ),
        migrations.AddField(
            model_name="changeline",
            name="granted_unit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ADMIN", "行政编制"),
                    ("JUDICIAL_SPECIAL", "政法专项编制"),
                    ("SUPPORT_WORKER", "工勤编制"),
                    ("PSU_FULL", "事业编制(全额拨款)"),
                    ("PSU_PARTIAL", "事业编制(差额补贴)"),
                    ("PSU_SELF", "事业编制(经费自理)"),
                    ("SECTION_CHIEF", "正科级领导职数"),
                    ("SECTION_DEPUTY", "副科级领导职数"),
                    ("SUB_SECTION_CHIEF", "股级职数"),
                    ("PARTY_ORGAN", "党委机构"),
                    ("GOVERNMENT_ORGAN", "政府工作部门"),
                    ("COORDINATION", "议事协调机构"),
                    ("TOWN", "乡镇"),
                    ("STREET", "街道"),
                    ("PSU", "事业单位"),
                    ("INNER", "内设机构"),
                    ("OTHER", "其他机构"),
                ],
                max_length=20,
                verbose_name="另批类型",
            ),
        ),
        migrations.AddField(
            model_name="changeline",
            name="granted_wording",
            field=models.CharField(blank=True, max_length=300, verbose_name="批准原文"),
        ),
        migrations.AddConstraint(
            model_name="changeline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted", None),
                    ("decided", None),
                    ("granted__lte", models.F("decided")),
                    models.Q(("granted_wording", ""), _negated=True),
                    _connector="OR",
                ),
                name="granted_beyond_decided_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("granted_instead", None), ("granted_unit", "")),
                    models.Q(
                        ("granted_instead__gt", 0),
                        models.Q(("granted_unit", ""), _negated=True),
                        models.Q(("granted_unit", models.F("unit")), _negated=True),
                        models.Q(("granted_wording", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="granted_instead_in_words",
            ),
        ),
    ]
