"""The audit finds every damage that somebody with the database in his hands could do."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from docs_templates.archive import object_path
from docs_templates.models import FrozenPaper, Package
from proposals.ledger import triggers
from proposals.models import Account, Ballot, BallotRound, ClosedPeriod, Entry, Meeting, Posting, Proposal
from tests.papers_bound import road
from tests.papers_bound.conftest import undone
from tests.papers_bound.road import whole_case as build  # noqa: F401
from workflows.audit.reading import chains


def found() -> str:
    """Run the audit and return its findings as one text."""
    return "\n".join(chains.findings())


def damage(sql: str, *values: object) -> None:
    """Change what the database guards, as somebody could who removes its guards first."""
    with connection.cursor() as cursor:
        for name in triggers._wanted(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(sql, values)


def test_nothing_is_found_in_what_nobody_touched(world):
    assert found() == ""
    said = io.StringIO()
    call_command("audit", stdout=said)
    assert "核对一致" in said.getvalue()


def test_the_command_fails_when_something_is_found(world):
    Proposal.objects.filter(pk=world.case.pk).update(title="改过的标题", head_seq=3)
    with pytest.raises(CommandError) as failure:
        call_command("audit", stdout=io.StringIO())
    assert failure.value.returncode == 1


def test_a_changed_entry(world):
    entry = Entry.objects.get(subject_id=world.case.uuid, step="accept")
    damage("UPDATE proposals_entry SET body = replace(body, '经办甲', '经办乙') WHERE id = %s", entry.pk)
    assert "内容与校验值不符" in found()


def test_a_removed_entry(world):
    entry = Entry.objects.get(subject_id=world.case.uuid, step="accept")
    damage("DELETE FROM proposals_entry WHERE id = %s", entry.pk)
    assert "序号不连续" in found()


def test_a_removed_last_entry(world):
    entry = Entry.objects.filter(subject_id=world.case.uuid).order_by("seq").last()
    damage("DELETE FROM proposals_entry WHERE id = %s", entry.pk)
    assert "有记录缺失" in found()


def test_a_moved_business_date(world):
    entry = Entry.objects.get(subject_id=world.case.uuid, step="accept")
    damage("UPDATE proposals_entry SET happened_on = '2026-01-05' WHERE id = %s", entry.pk)
    assert "办理日期与已封存内容不符" in found()


def test_a_state_written_past_the_steps(world):
    Proposal.objects.filter(pk=world.case.pk).update(state="CLOSED")
    assert "按办理记录应处于ARCHIVED" in found()


def test_a_changed_count(world):
    meeting = Meeting.objects.get()
    BallotRound.objects.filter(item__meeting=meeting).update(tally={"in_favour": 9})
    assert "计票与办理记录不符" in found()


def test_an_added_ballot(world):
    meeting = Meeting.objects.get()
    one = BallotRound.objects.get(item__meeting=meeting)
    Ballot.objects.create(round=one, member=meeting.roll.first(), value="AGAINST", at=one.opened_at)
    assert "多出委员编委主任的AGAINST票" in found()


def test_a_changed_balance(world):
    account = Account.objects.filter(holder="BODY", balance__gt=5).first()
    Account.objects.filter(pk=account.pk).update(balance=account.balance + 1)
    assert f"台账账户{account.key}" in found()


def test_a_changed_movement(world):
    posting = Posting.objects.get(subject=world.case.uuid, kind="POST")
    damage("UPDATE proposals_movement SET n = n + 1 WHERE posting_id = %s", posting.pk)
    assert "台账实际变动" in found()


def test_a_moved_day_of_recording(world):
    damage(
        "UPDATE proposals_movement SET recorded_on = '2026-01-05' WHERE id = (SELECT MAX(id) FROM proposals_movement)"
    )
    assert "的登记日期与登记时间不符" in found()


def test_a_posting_that_no_step_made(world):
    posting = Posting.objects.get(subject=world.case.uuid, kind="POST")
    damage("UPDATE proposals_posting SET entry_hash = %s WHERE id = %s", "0" * 64, posting.pk)
    said = found()
    assert "找不到相应的办理记录" in said and "没有相应的台账变动" in said


def test_a_changed_act_of_the_register(world):
    unit = road.body(world.office, "海北街道")
    said = {"body": str(unit.uuid), "unit": "SECTION_DEPUTY", "count": 1, "paper": "海组任〔2026〕5号"}
    world.office.enter("enrol", "bianban1", **said)
    world.office.enter("leave", "bianban1", cause="MOVED", **said)
    assert found() == ""
    for step in ("import_opening", "enrol", "leave"):
        entry = Entry.objects.get(subject_kind="register", step=step)
        with undone():
            damage(
                "UPDATE proposals_movement SET n = n + 1 WHERE id = (SELECT MIN(m.id) FROM proposals_movement m"
                " JOIN proposals_posting p ON p.id = m.posting_id WHERE p.entry_hash = %s)",
                entry.hash,
            )
            assert f"（{step}）登记的数额与台账变动不符" in found()


def test_people_entered_in_another_body(world):
    office = world.office
    unit, other = road.body(office, "海北街道"), road.body(office, "滨河西街道")
    office.enter("enrol", "bianban1", body=str(unit.uuid), unit="SECTION_DEPUTY", count=1, paper="海组任〔2026〕5号")
    wrong = Account.objects.get(body=other, unit="SECTION_DEPUTY", compartment="OCCUPIED")
    damage("UPDATE proposals_movement SET target_id = %s WHERE id = (SELECT MAX(id) FROM proposals_movement)", wrong.pk)
    assert "的台账变动记在了别的单位" in found()


@pytest.fixture
def closed(world):
    """The ledger is closed through yesterday, with everything that the case posted."""
    world.office.tick(days=2)
    world.office.enter("close_period", "zhuren", through=world.office.now.date() - timedelta(days=1), reason="核对无误")
    assert found() == ""
    return world


def test_a_number_planted_in_a_closed_period(closed):
    posting = Posting.objects.get(subject=closed.case.uuid, kind="POST")
    damage("UPDATE proposals_movement SET n = n + 1 WHERE posting_id = %s", posting.pk)
    assert (
        f"海勃湾区台账封存至{ClosedPeriod.objects.get().through}时的结存，与按封存前各次变动重新计算的不符" in found()
    )


def test_a_movement_put_into_a_closed_period_or_taken_out_of_it(closed):
    period, posting = ClosedPeriod.objects.get(), Posting.objects.get(subject=closed.case.uuid, kind="POST")
    damage("UPDATE proposals_closedperiod SET last_posting_id = %s", posting.pk - 1)
    assert f"台账已封存至{period.through}，封存后又有在此之前生效的变动（第{posting.pk}号）" in found()
    for table, key in (("movement", "posting_id"), ("posting", "id")):
        damage(f"UPDATE proposals_{table} SET effective_on = '2027-01-01' WHERE {key} = %s", posting.pk)
    assert "时的结存，与按封存前各次变动重新计算的不符" in found()


def test_a_digest_or_a_record_of_a_closed_period_exchanged(closed):
    damage("UPDATE proposals_closedperiod SET digest = %s", "0" * 64)
    assert "（close_period）与封存登记不符" in found()
    damage("UPDATE proposals_closedperiod SET entry_hash = %s", "0" * 64)
    assert "的登记找不到相应的办理记录" in found()


def test_a_changed_decision(world):
    world.case.lines.filter(position=1).update(decided=7)
    assert "办理记录为6" in found()


def test_a_changed_round(world):
    one = world.case.rounds.get()
    changed = json.dumps({**one.snapshot, "summary": "改过的摘要"})
    damage("UPDATE proposals_round SET snapshot = %s WHERE id = %s", changed, one.pk)
    assert "第1次报送的内容与办理记录不符" in found()


def test_changed_facts_of_a_paper(world):
    paper = FrozenPaper.objects.get(subject_uuid=world.case.uuid, slug="tongzhi")
    FrozenPaper.objects.filter(pk=paper.pk).update(facts=paper.facts.replace("60名", "61名"))
    assert "《通知》第1版所据数据与校验值不符" in found()


def test_changed_facts_with_a_digest_to_match(world):
    FrozenPaper.objects.filter(subject_uuid=world.case.uuid, slug="tongzhi").update(digest="0" * 64)
    said = found()
    assert "《通知》第1版没有记入办理记录" in said and "所据数据已不存在或被改动" in said


def test_a_removed_paper(world):
    FrozenPaper.objects.filter(subject_uuid=world.case.uuid, slug="jielu").delete()
    assert "《会议纪要（节录）》记入了办理记录" in found()


def test_a_damaged_file(world):
    paper = FrozenPaper.objects.get(subject_uuid=world.case.uuid, slug="beian")
    path = object_path(sha256=paper.rendered_sha256)
    data = path.read_bytes()
    path.chmod(0o640)
    path.write_bytes(data[:-1] + b"x")
    try:
        assert "已损坏" in found()
    finally:
        path.write_bytes(data)


def test_a_lost_package(world):
    package = Package.objects.get(subject_uuid=world.case.uuid, kind="FILING")
    path = object_path(sha256=package.sha256)
    path.rename(path.with_suffix(".gone"))
    try:
        assert "核验不通过" in found()
    finally:
        path.with_suffix(".gone").rename(path)


def test_a_package_that_was_exchanged(world):
    packages = Package.objects.filter(subject_uuid=world.case.uuid)
    packages.filter(kind="FILING").update(sha256=packages.get(kind="ARCHIVE").sha256)
    assert "已不存在或被改动" in found()


def test_a_case_that_vanished_from_under_its_chain(world):
    damage("UPDATE proposals_proposal SET uuid = %s WHERE id = %s", "0" * 32, world.case.pk)
    assert "事项本身已不存在" in found()
