"""The lines of the worklist get the columns of tasks; what stood in columns of its own is called as viewflow calls it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("proposals", "0033_cases_travel_by_a_flow"),
        ("workflows", "0011_chains_are_marked_as_verified"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="workitem", name="one_desk_at_a_time"),
        migrations.RemoveIndex(model_name="workitem", name="worklist_of_a_desk"),
        migrations.RemoveIndex(model_name="workitem", name="worklist_of_a_person"),
        migrations.RemoveIndex(model_name="workitem", name="worklist_last_days"),
        migrations.RemoveIndex(model_name="workitem", name="worklist_done"),
        migrations.RenameField(model_name="workitem", old_name="since", new_name="created"),
        migrations.RenameField(model_name="workitem", old_name="done_at", new_name="finished"),
        migrations.RenameField(model_name="workitem", old_name="person", new_name="owner"),
        migrations.AddField(
            model_name="workitem",
            name="process",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="work_items", to="proposals.proposal", verbose_name="动议事项"),
        ),
        migrations.AddField(
            model_name="workitem",
            name="came_from",
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflows.workitem"),
        ),
        # A plain word while rows are carried over: what is read then must not ask for the flow of today.
        migrations.AddField(model_name="workitem", name="flow_task", field=models.CharField(default="", max_length=255), preserve_default=False),
        migrations.AddField(model_name="workitem", name="flow_task_type", field=models.CharField(default="HUMAN", max_length=50, verbose_name="Type"), preserve_default=False),
        migrations.AddField(model_name="workitem", name="status", field=models.CharField(default="NEW", max_length=50, verbose_name="状态")),
        migrations.AddField(model_name="workitem", name="assigned", field=models.DateTimeField(blank=True, null=True, verbose_name="Assigned")),
        migrations.AddField(model_name="workitem", name="owner_permission", field=models.CharField(blank=True, max_length=255, null=True, verbose_name="Permission")),
        migrations.AddField(model_name="workitem", name="owner_permission_obj_pk", field=models.CharField(blank=True, max_length=255, null=True)),
        migrations.AddField(
            model_name="workitem",
            name="owner_permission_content_type",
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"),
        ),
    ]
