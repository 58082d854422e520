"""Rows beside the ledger that were entered before they named their entries find them in the register's chain."""

import json
from datetime import date

from django.db import migrations

MAKING = ("enter_problem", "enter_pledge", "enter_borrowed", "enter_figure", "import_opening", "import_side_registers")
SETTLING = {
    "close_problem": "ProblemItem", "claim_duty": "DutyItem", "cancel_pledge": "Pledge", "return_borrowed": "Borrowed",
}  # fmt: skip
TABLES = ("ProblemItem", "DutyList", "DutyItem", "Pledge", "Borrowed", "Seconded", "ReportedFigure")


def name_entries(apps, schema_editor):
    """Tie rows to the entries that made and settled them; single entries first, what came in with a file last."""
    entries = apps.get_model("proposals", "Entry").objects.filter(subject_kind="register")
    territories = dict(apps.get_model("proposals", "Register").objects.values_list("uuid", "territory"))
    for step, table in SETTLING.items():
        for entry in entries.filter(step=step):
            row = json.loads(entry.body)["facts"]["row"]
            apps.get_model("proposals", table).objects.filter(uuid=row).update(settled_hash=entry.hash)
    for step in MAKING:
        for entry in entries.filter(step=step).order_by("seq"):
            facts, on = json.loads(entry.body)["facts"], entry.happened_on
            for table, which in made(step, facts, on):
                rows = apps.get_model("proposals", table).objects.filter(
                    territory=territories[entry.subject_id], entry_hash="", **which
                )
                rows.update(entry_hash=entry.hash)
    split_cancelled(apps)


def made(step, facts, on):
    """Return which rows of which tables an entry made."""
    match step:
        case "enter_problem":
            return [("ProblemItem", {"number": facts["number"]})]
        case "enter_pledge":
            return [("Pledge", {"title": facts["title"], "since": on})]
        case "enter_borrowed":
            lent = {"borrower": facts["borrower"], "count": facts["count"], "lender__code": facts["body"]}
            return [("Borrowed", {**lent, "since": on})]
        case "enter_figure":
            return [("ReportedFigure", {"key": facts["item"], "since": on})]
        case "import_opening":
            return [("ProblemItem", {"number__in": [row["number"] for row in facts["problems"]]})]
    return [(table, {"since__lte": max(on, date.fromisoformat(facts["on"]))}) for table in TABLES]


def split_cancelled(apps):
    """Pledges stood as cancelled with their last day; that day ends nothing any more, the result says it."""
    apps.get_model("proposals", "Pledge").objects.filter(result="CANCELLED").exclude(until=None).update(until=None)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0006_side_registers_name_their_entries")]

    operations = [migrations.RunPython(name_entries, migrations.RunPython.noop)]
