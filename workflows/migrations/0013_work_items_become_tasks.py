"""Every line of the worklist becomes a task of its case's flow; drafts get their task, archived cases their last one."""

from django.db import migrations
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

FLOW = "workflows/desks.flow.StaffingFlow"
DESKS = (
    ("drafting", ("DRAFT", "UNIT_COLLECTIVE", "RETURNED")),
    ("intake", ("SUBMITTED", "INTAKE_REVIEW", "ARGUING")),
    ("compliance", ("COMPLIANCE_REVIEW",)),
    ("office_review", ("OFFICE_REVIEW",)),
    ("consulting", ("PRE_COMM",)),
    ("chair", ("AGENDA_APPROVAL",)),
    ("meeting", ("SCHEDULED", "IN_DELIBERATION", "IN_CIRCULATION", "APPROVED", "APPROVED_AMENDED", "MINUTES_DRAFT")),
    ("deferred", ("DEFERRED",)),
    ("dispatch", ("MINUTES_SIGNED", "OFFICE_DECIDED", "REJECTED", "PARTY_COMMITTEE", "DISPATCHING", "CITY_RETURNED",
                  "CITY_APPROVED", "CITY_RECORDED", "CITY_REJECTED", "IMPLEMENTING")),
    ("signing", ("PACKAGED",)),
    ("city_reception", ("FILED",)),
    ("city_review", ("CITY_RECEIVED", "CITY_ACCEPTED")),
    ("issuing", ("DISPATCHING_DOWN",)),
    ("suspended", ("SUSPENDED",)),
    ("archiving", ("CLOSED", "WITHDRAWN", "VOID")),
    ("archived", ("ARCHIVED",)),
)


def carry(apps, schema_editor):
    """Name the case, the desk, the status and the line before of every line; then write what never had a line."""
    using = schema_editor.connection.alias
    items = apps.get_model("workflows", "WorkItem").objects.using(using)
    cases = apps.get_model("proposals", "Proposal").objects.using(using)
    items.update(
        process=Subquery(cases.filter(uuid=OuterRef("subject_id")).order_by().values("pk")[:1]),
        flow_task=Case(*(When(stage__in=states, then=Value(f"{FLOW}.{desk}")) for desk, states in DESKS)),
        finished=Case(When(open=False, then=Coalesce("finished", "created")), default=None),
        status=Case(
            When(open=False, then=Value("DONE")), When(owner__isnull=False, then=Value("ASSIGNED")), default=Value("NEW")
        ),
        assigned=Case(When(owner__isnull=False, then=F("created")), default=None),
    )
    before = items.filter(process=OuterRef("process"), pk__lt=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    items.update(came_from=Subquery(before))
    begin(apps, using)
    end(apps, using)


def begin(apps, using):
    """Lay every draft that lies on no desk on the drafter's, or on his colleagues' where he works there no more."""
    WorkItem = apps.get_model("workflows", "WorkItem")
    cases = apps.get_model("proposals", "Proposal").objects.using(using)
    posts = apps.get_model("proposals", "Appointment").objects.using(using)
    open_items = WorkItem.objects.using(using).filter(finished=None, process__isnull=False)
    drafts = cases.filter(state="DRAFT").exclude(pk__in=open_items.values("process")).select_related("territory")
    standing = posts.filter(until=None, duty__in=("UNIT_DRAFTER", "OFFICE_CLERK"), person__is_active=True)
    works_at = {}
    for person, path in standing.values_list("person", "path"):
        works_at.setdefault(person, []).append(path)
    made = []
    for case in drafts.order_by("pk").iterator(chunk_size=2000):
        there = any(case.path.startswith(path) for path in works_at.get(case.drafter_id, ()))
        colleagues = "OFFICE_CLERK" if case.path == case.territory.path else "UNIT_DRAFTER"
        at = case.moved_at or case.created_at
        made.append(WorkItem(
            **common(case), flow_task=f"{FLOW}.drafting", stage="DRAFT", duty="UNIT_DRAFTER" if there else colleagues,
            path=case.path, owner_id=case.drafter_id if there else None, created=at, assigned=at if there else None,
            status="ASSIGNED" if there else "NEW",
        ))
    WorkItem.objects.using(using).bulk_create(made, batch_size=500)


def end(apps, using):
    """Write the last task of every archived case: done when it came."""
    WorkItem = apps.get_model("workflows", "WorkItem")
    items = WorkItem.objects.using(using)
    last = {row["process"]: row for row in items.order_by("pk").values("process", "pk", "done_by", "finished")}
    archived = apps.get_model("proposals", "Proposal").objects.using(using).filter(state="ARCHIVED")
    made = []
    for case in archived.select_related("territory").order_by("pk").iterator(chunk_size=2000):
        before = last.get(case.pk, {})
        at = before.get("finished") or case.moved_at or case.created_at
        made.append(WorkItem(
            **common(case), flow_task=f"{FLOW}.archived", stage="ARCHIVED", duty="ARCHIVIST", path=case.territory.path,
            created=at, finished=at, status="DONE", came_from_id=before.get("pk"), done_by_id=before.get("done_by"),
            open=False,
        ))
    items.bulk_create(made, batch_size=500)


def common(case):
    """Return what every new line says of its case."""
    return {
        "process_id": case.pk, "subject_kind": "case", "subject_id": case.uuid, "title": case.title,
        "urgent": case.urgency != "NORMAL", "flow_task_type": "HUMAN",
    }


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0033_cases_travel_by_a_flow"),
        ("workflows", "0012_work_items_have_the_columns_of_tasks"),
    ]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
