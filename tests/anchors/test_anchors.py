"""Checkpoints outside find what the database alone cannot tell: a cut tail, another chain, a restored yesterday."""

from __future__ import annotations

import io
import shutil
import stat
import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from docs_templates.models import NumberSeries
from proposals.ledger import triggers
from proposals.models import Entry
from proposals.procedure import chronicle
from tests.anchors.conftest import Outside, cut
from workflows import security_record
from workflows.audit.anchors import files
from workflows.audit.anchors.files import AnchorFault
from workflows.models import SecurityEvent, SecurityHead


def test_what_nobody_touched_holds_and_each_checkpoint_names_what_grew(office, case, outside: Outside) -> None:
    first = outside.make()
    assert {head.subject for head in first.heads} > {str(case.uuid), str(security_record.SELF)}
    office.take(case, "accept", "bianban1", checks_passed=True)
    second = outside.make()
    assert second.previous == files.digest_of(first) and outside.found() == []
    assert {(head.subject, head.seq) for head in second.heads} >= {(str(case.uuid), case.head_seq + 1)}


def test_a_restored_yesterday_is_found_with_both_numbers(office, case, outside: Outside) -> None:
    outside.make()
    cut(case, case.head_seq - 1)
    (said,) = outside.found()
    assert f"已到第{case.head_seq}条，现在只到第{case.head_seq - 1}条：数据已退回到从前" in said


def test_no_checkpoint_is_made_over_data_that_went_back(office, case, outside: Outside) -> None:
    outside.make()
    cut(case, case.head_seq - 1)
    with pytest.raises(AnchorFault, match="未做新的检查点"):
        outside.make()
    assert len(list(outside.folders[0].glob("*.json"))) == 1


def test_a_chain_written_anew_is_found(office, case, outside: Outside) -> None:
    outside.make()
    triggers.put_aside(connection)
    prev = chronicle.GENESIS
    for entry in chronicle.chain(case.uuid):
        body = entry.body.replace("danwei", "other").replace("组织部", "宣传部")
        entry_hash = chronicle.seal(prev=prev, body=body)
        Entry.objects.filter(pk=entry.pk).update(body=body, prev_hash=prev, hash=entry_hash)
        prev = entry_hash
    type(case).objects.filter(pk=case.pk).update(head_hash=prev)
    (said,) = outside.found()
    assert f"第{case.head_seq}条与检查点第1号" in said and said.endswith("记录链已被改写")


def test_an_emptied_security_record_is_found(office, outside: Outside) -> None:
    security_record.note(kind="SIGNED_IN", at=office.now, subject="bianban1")
    outside.make()
    triggers.put_aside(connection)
    SecurityEvent.objects.all().delete()
    SecurityHead.objects.update(seq=0, hash=chronicle.GENESIS)
    assert len(outside.found()) == 1 and outside.found()[0].startswith("安全审计记录在检查点第1号")


def test_a_number_that_would_be_given_twice_is_found(office, outside: Outside) -> None:
    series = NumberSeries.objects.first() or NumberSeries.objects.create(territory="区", word="编", year=2026, last=0)
    NumberSeries.objects.filter(pk=series.pk).update(last=7)
    outside.make()
    NumberSeries.objects.filter(pk=series.pk).update(last=5)
    (said,) = outside.found()
    assert "已用到7号，现在只到5号" in said


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda file: file.write_bytes(file.read_bytes().replace(b'"n":2', b'"n":9')), "签名缺失或不符"),
        (lambda file: file.with_name(file.name + ".sig").unlink(), "签名缺失或不符"),
        (lambda file: [one.unlink() for one in (file, file.with_name(file.name + ".sig"))], "第2号至第2号缺失"),
    ],
    ids=["changed", "unsigned", "gone"],
)
def test_damaged_checkpoints_are_named(office, outside: Outside, damage, said: str) -> None:
    for _ in range(3):
        outside.make()
    damage(outside.folders[0] / "checkpoint-000002.json")
    assert any(said in fault for fault in outside.found())


def test_a_folder_that_differs_from_the_other_is_not_gone_on(office, outside: Outside) -> None:
    outside.make()
    shutil.copytree(outside.folders[0], outside.folders[0].with_name("before"))
    outside.make()
    outside.folders.append(outside.folders[0].with_name("before"))
    with pytest.raises(AnchorFault, match="不一致"):
        outside.make()


def test_the_key_is_its_owners_alone_and_never_written_over(outside: Outside) -> None:
    assert stat.S_IMODE(outside.key.stat().st_mode) == 0o600
    with pytest.raises(AnchorFault, match="不会覆盖"):
        files.new_key(outside.key)


def test_openssl_verifies_a_checkpoint(outside: Outside) -> None:
    outside.make()
    file = outside.folders[0] / "checkpoint-000001.json"
    words = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", f"{outside.key}.pub", "-rawin", "-in", file]
    told = subprocess.run([*words, "-sigfile", f"{file}.sig"], capture_output=True, text=True, check=True)
    assert "Verified Successfully" in told.stdout
    file.write_bytes(file.read_bytes() + b" ")
    assert subprocess.run([*words, "-sigfile", f"{file}.sig"], capture_output=True).returncode != 0


def test_both_commands_speak_to_each_other(office, case, outside: Outside) -> None:
    said = io.StringIO()
    folder, public = outside.folders[0], outside.key.with_name(outside.key.name + ".pub")
    call_command("checkpoint", "--key", outside.key, "--to", folder, stdout=said)
    assert "检查点第1号：记录链" in said.getvalue()
    call_command("audit", "--new", "--anchors", folder, "--anchor-key", public, stdout=said)
    assert "检查点：1个。" in said.getvalue()
    cut(case, case.head_seq - 1)
    with pytest.raises(CommandError, match="不符") as failure:
        call_command("audit", "--new", "--anchors", folder, "--anchor-key", public, stdout=said)
    assert failure.value.returncode == 1 and "数据已退回到从前" in said.getvalue()
    with pytest.raises(CommandError, match="--anchor-key"):
        call_command("audit", "--anchors", folder, stdout=said)


def test_whoever_was_stopped_between_signature_and_checkpoint_stops_nobody(office, case, outside: Outside) -> None:
    for left in ("checkpoint-000001.json.sig", "arriving-checkpoint-000001.json"):
        outside.folders[0].mkdir(exist_ok=True)
        (outside.folders[0] / left).write_bytes(b"half")
    assert outside.make().n == 1 and outside.found() == []
    assert not list(outside.folders[0].glob("arriving-*"))
