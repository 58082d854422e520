"""What happened on paper, in the browser: one records with a scan, another confirms, and only then it takes effect."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from proposals.models import Entry, PaperRecord, Proposal
from tests.papers_bound import road
from tests.web.conftest import Visit, World


def enter(client: Client, world: World, **typed: Any) -> Any:
    """Record on paper that the clerk's colleague entered the proposal in the register."""
    address = f"{reverse('paper_record_new')}?case={world.sent.uuid}&step=register_incoming"
    data = {
        "key": str(uuid.uuid4()), "on_behalf_of": "区委编办 王某", "happened_on": "2026-03-09", "number": "",
        "step-incoming_number": "收〔2026〕9号", "file": SimpleUploadedFile("登记簿.pdf", road.sheet()),
        "clean_declared": "on", **typed,
    }  # fmt: skip
    return client.post(address, data)


def answer(client: Client, record: PaperRecord, do: str = "confirm", remark: str = "") -> Any:
    """Press a button on the page of a record."""
    data = {"key": str(uuid.uuid4()), "do": do, "remark": remark}
    return client.post(reverse("paper_record", args=[record.uuid]), data)


def test_a_record_waits_until_another_person_confirms_it(world: World, visit: Visit) -> None:
    assert enter(visit("bianban1"), world).status_code == 302
    record = PaperRecord.objects.get()
    assert Proposal.objects.get(pk=world.sent.pk).state == "SUBMITTED"
    own = answer(visit("bianban1"), record)
    assert own.status_code == 422 and "不能复核自己录入" in own.content.decode()
    assert answer(visit("bianban2"), record).status_code == 302
    case = Proposal.objects.get(pk=world.sent.pk)
    assert (case.state, case.number) == ("INTAKE_REVIEW", "收〔2026〕9号")
    entry = Entry.objects.filter(subject_id=case.uuid).latest("seq")
    assert str(entry.happened_on) == "2026-03-09" and "区委编办 王某" in entry.body
    shown = visit("bianban1").get(reverse("case", args=[case.uuid]), {"tab": "record"}).content.decode()
    assert "补录" in shown and "区委编办 王某（经办甲代录，经办乙" in shown


def test_a_declined_record_changes_nothing(world: World, visit: Visit) -> None:
    enter(visit("bianban1"), world)
    record = PaperRecord.objects.get()
    assert answer(visit("bianban2"), record, do="decline").status_code == 422
    assert answer(visit("bianban2"), record, do="decline", remark="扫描件不清").status_code == 302
    assert PaperRecord.objects.get().status == "DECLINED"
    assert Proposal.objects.get(pk=world.sent.pk).state == "SUBMITTED"


def test_without_a_scan_nothing_is_recorded_and_nothing_typed_is_lost(world: World, visit: Visit) -> None:
    refused = enter(visit("bianban1"), world, file="")
    shown = refused.content.decode()
    assert refused.status_code == 422 and "请上传签字" in shown and "收〔2026〕9号" in shown
    assert not PaperRecord.objects.exists()


def test_what_is_still_to_come_did_not_happen(world: World, visit: Visit) -> None:
    refused = enter(visit("bianban1"), world, happened_on="2099-01-01")
    assert refused.status_code == 422 and "发生日期还没有到" in refused.content.decode()


def test_a_confirmed_record_is_not_confirmed_twice(world: World, visit: Visit) -> None:
    enter(visit("bianban1"), world)
    record = PaperRecord.objects.get()
    answer(visit("bianban2"), record)
    again = answer(visit("bianban2"), record)
    assert again.status_code == 409 and "已经办结" in again.content.decode()
