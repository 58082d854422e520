"""One open task says who has a case; the columns and the rows that said the same a second time go."""

import django.db.models.deletion
import viewflow.workflow.fields
from django.conf import settings
from django.db import migrations, models


def forget(apps, schema_editor):
    """Take away the processes and tasks that viewflow kept beside cases and work items."""
    using = schema_editor.connection.alias
    Task = apps.get_model("viewflow", "Task")
    Task.previous.through.objects.using(using).all().delete()
    for rows in (Task.objects.using(using), apps.get_model("viewflow", "Process").objects.using(using)):
        rows.all()._raw_delete(using)


class Migration(migrations.Migration):

    dependencies = [
        ("viewflow", "0015_task_scheduled"),
        ("workflows", "0013_work_items_become_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="workitem",
            name="process",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="work_items", to="proposals.proposal", verbose_name="动议事项"),
        ),
        migrations.RemoveField(model_name="workitem", name="task"),
        migrations.RemoveField(model_name="workitem", name="open"),
        migrations.RemoveField(model_name="workitem", name="title"),
        migrations.RemoveField(model_name="workitem", name="subject_kind"),
        migrations.RemoveField(model_name="workitem", name="subject_id"),
        migrations.DeleteModel(name="CaseProcess"),
        migrations.AlterField(
            model_name="workitem",
            name="finished",
            field=models.DateTimeField(blank=True, null=True, verbose_name="办毕时间"),
        ),
        migrations.AlterField(
            model_name="workitem",
            name="flow_task",
            field=viewflow.workflow.fields.TaskReferenceField(max_length=255, verbose_name="Task"),
        ),
        migrations.AlterField(
            model_name="workitem",
            name="owner",
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="work_items", to=settings.AUTH_USER_MODEL, verbose_name="办理人"),
        ),
        migrations.AlterField(
            model_name="workitem",
            name="stage",
            field=models.CharField(choices=[("DRAFT", "起草中"), ("UNIT_COLLECTIVE", "单位集体研究"), ("SUBMITTED", "已报编办"), ("INTAKE_REVIEW", "受理审查"), ("RETURNED", "退回补正"), ("ARGUING", "论证中"), ("COMPLIANCE_REVIEW", "合法合规审查"), ("OFFICE_REVIEW", "室务会研究"), ("PRE_COMM", "与市委编办沟通"), ("OFFICE_DECIDED", "编办核准"), ("AGENDA_APPROVAL", "议题待批"), ("SCHEDULED", "已列入会议"), ("IN_DELIBERATION", "编委会审议"), ("IN_CIRCULATION", "传签中"), ("APPROVED", "同意"), ("APPROVED_AMENDED", "原则同意"), ("DEFERRED", "暂缓审议"), ("REJECTED", "不予同意"), ("MINUTES_DRAFT", "纪要起草"), ("MINUTES_SIGNED", "纪要已签发"), ("PARTY_COMMITTEE", "待区委审定"), ("DISPATCHING", "行文办理（上报）"), ("PACKAGED", "报送包已生成"), ("FILED", "已上报市委编办"), ("CITY_RECEIVED", "市级已签收"), ("CITY_ACCEPTED", "市级办理中"), ("CITY_RETURNED", "市级退回"), ("CITY_APPROVED", "市级已批复"), ("CITY_RECORDED", "市级已备案"), ("CITY_REJECTED", "市级不同意"), ("DISPATCHING_DOWN", "行文下达"), ("IMPLEMENTING", "组织实施"), ("CLOSED", "已办结"), ("ARCHIVED", "已归档"), ("WITHDRAWN", "已撤回"), ("SUSPENDED", "中止"), ("VOID", "作废")], max_length=20, verbose_name="环节"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("finished", None), ("owner", None)), fields=["path", "duty", "-urgent", "-id"], name="worklist_of_a_desk"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("finished", None)), fields=["owner", "-urgent", "-id"], name="worklist_of_a_person"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("finished", None)), fields=["due_on"], name="worklist_last_days"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("finished__isnull", False)), fields=["done_by", "-finished"], name="worklist_done"),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.UniqueConstraint(condition=models.Q(("finished", None)), fields=("process",), name="one_desk_at_a_time"),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("finished__isnull", False), ("status", "DONE")), models.Q(models.Q(("status", "DONE"), _negated=True), ("finished", None)), _connector="OR"), name="finished_is_done"),
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
