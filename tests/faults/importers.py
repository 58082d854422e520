"""The only place for the processes that bring an opening balance in and confirm it in the fault tests; see `CHILD`."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from docs_templates import archive
from docs_templates.received import uploads
from proposals.models import Person
from tests import builders
from tests.faults.actors import at_the_gate
from tests.opening.test_opening import filled
from workflows.jobs import importing
from workflows.models import OpeningImport

CHILD = "import django; django.setup(); from tests.faults import importers; importers.main()"
XLSX = uploads.MEDIA_TYPES["xlsx"]


def workbook(bodies: int) -> bytes:
    """Return a filled template with that many bodies, each with one type of posts."""
    rows: list[list[Any]] = [
        [f"B{n}", f"第{n}中心", "", "事业单位", "正科级", "事业单位", "", "", "公益一类", "全额拨款", "", "2019-03-01", "设立批复"]
        for n in range(bodies)
    ]  # fmt: skip
    quotas = [[f"B{n}", "事业编制（全额拨款）", 12, 10, 1] for n in range(bodies)]
    return filled(总量=[["事业编制（全额拨款）", 12 * bodies]], 机构=rows, 编制=quotas)


def prepare(bodies: int) -> str:
    """Found an office, keep a workbook, and open an import of it; return the import's uuid."""
    office = builders.found_office()
    kept = archive.store_bytes(data=workbook(bodies), media_type=XLSX, at=timezone.now())
    opened = importing.begin(
        territory=office.district, person=office.people["bianban1"], at=timezone.now(), file_name="期初.xlsx",
        sha256=kept.sha256, on=date(2020, 1, 1), paper="核定表",
    )  # fmt: skip
    return str(opened.uuid)


def confirm(order: dict[str, Any]) -> dict[str, Any]:
    """Report at the gate and confirm at the common moment; return where the site sent the browser."""
    client = Client()
    client.force_login(Person.objects.get(username=order["who"]), backend="django.contrib.auth.backends.ModelBackend")
    start = at_the_gate(Path(order["gate"]))
    while time.time() < start:
        time.sleep(0.001)
    answer = client.post(reverse("opening", args=[UUID(order["opening"])]), {"do": "enter"})
    return {"status": answer.status_code, "by": OpeningImport.objects.get().confirmed_by.username}


def main() -> None:
    """Do what the command line says and print the outcome as one line of JSON."""
    verb, argument = sys.argv[1:]
    print(json.dumps(prepare(int(argument)) if verb == "prepare" else confirm(json.loads(argument))), flush=True)
