"""Say in rows which duties exclude each other; the triggers that keep it come with every migrate."""

from datetime import date
from itertools import product

import proposals.vocabulary
from django.db import migrations, models
from django.db.models import F, Q

BUSINESS = (
    "UNIT_DRAFTER", "UNIT_HEAD", "OFFICE_CLERK", "OFFICE_REVIEWER", "OFFICE_DIRECTOR", "COMPLIANCE", "COMMITTEE_CHAIR",
    "COMMITTEE_VICE", "COMMITTEE_MEMBER", "ATTENDEE", "RECORDER", "SEAL_KEEPER", "ARCHIVIST", "INSPECTOR",
)  # fmt: skip
CITY = ("CITY_RECEIVER", "CITY_REVIEWER")
ADMINISTRATORS = ("SYSADMIN", "SECADMIN", "AUDITOR")
APART = {
    "since": date(2019, 12, 1),
    "citation": "GB/T 22239—2019《信息安全技术 网络安全等级保护基本要求》：系统管理、审计管理、安全管理分设（条款待核实）",
}
LEVELS = {
    "since": date(2019, 8, 5),
    "citation": "《中国共产党机构编制工作条例》（2019年8月5日施行）：分级管理、上级审批下级事项（条款待核实）",
}
NO_BUSINESS = "系统管理员、安全保密管理员、安全审计员不得兼任业务职责，兼任后原有业务职责将全部失效"
THREE = "系统管理员、安全保密管理员、安全审计员须由不同人员担任"


def lay_down(apps, schema_editor):
    conflicts = apps.get_model("proposals", "DutyConflict")
    rows = [(one, other, NO_BUSINESS, "", APART) for one, other in product(ADMINISTRATORS, (*BUSINESS, *CITY))]
    rows += [
        ("SYSADMIN", "AUDITOR", "系统管理员和安全审计员不得由同一人担任", "", APART),
        ("SYSADMIN", "SECADMIN", THREE, "administrators_combined", APART),
        ("SECADMIN", "AUDITOR", THREE, "administrators_combined", APART),
    ]
    rows += [(one, other, "市级职责和区级职责不得由同一人担任", "", LEVELS) for one, other in product(CITY, BUSINESS)]
    for one, other, words, relaxed_by, law in rows:
        conflicts.objects.create(one=one, other=other, words=words, relaxed_by=relaxed_by, **law)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0033_cases_travel_by_a_flow")]

    operations = [
        migrations.CreateModel(
            name="DutyConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("one", models.CharField(choices=proposals.vocabulary.Duty.choices, max_length=20, verbose_name="职责")),
                ("other", models.CharField(choices=proposals.vocabulary.Duty.choices, max_length=20, verbose_name="另一职责")),
                ("words", models.CharField(max_length=100, verbose_name="不得兼任的说明")),
                ("relaxed_by", models.CharField(blank=True, max_length=60, verbose_name="可放宽的办事开关")),
                ("citation", models.CharField(max_length=300, verbose_name="依据")),
                ("since", models.DateField(verbose_name="施行日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="废止日期")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other", "since"), name="one_conflict_from_a_day"),
                    models.CheckConstraint(condition=~Q(one=F("other")), name="conflict_of_two_duties"),
                    models.CheckConstraint(
                        condition=Q(until=None) | Q(until__gte=F("since")), name="conflict_ends_after_it_begins"
                    ),
                ],
            },
        ),
        migrations.RunPython(lay_down, migrations.RunPython.noop),
    ]
