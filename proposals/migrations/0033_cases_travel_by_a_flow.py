"""A case is the process of its flow and names it; the states, the desks and every fact of a case stay as they are."""

import viewflow.workflow.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0032_law_is_known_by_a_word"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="flow_class",
            field=viewflow.workflow.fields.FlowReferenceField(default="workflows/desks.flow.StaffingFlow", editable=False, max_length=250, verbose_name="流程"),
        ),
    ]
