"""Jobs that wait in the queue are named by the module that holds them; their modules have moved."""

from django.db import migrations

MOVED = (
    ("workflows.jobs.finish_papers", "workflows.jobs.papers.finish_papers"),
    ("workflows.importing.check_opening", "workflows.jobs.importing.check_opening"),
    ("workflows.importing.enter_opening", "workflows.jobs.importing.enter_opening"),
)


def follow(apps, schema_editor):
    """Name waiting jobs by where they are now."""
    jobs = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for before, now in MOVED:
        jobs.filter(task_path=before).update(task_path=now)


def lead_back(apps, schema_editor):
    """Name waiting jobs by where they were."""
    jobs = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for before, now in MOVED:
        jobs.filter(task_path=now).update(task_path=before)


class Migration(migrations.Migration):
    """Rows of the queue follow the modules."""

    dependencies = [
        ("workflows", "0005_imports_tell_how_they_read"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(follow, lead_back)]
