"""特批说明: what may be passed is passed by whom the clause names, with a reason that every paper carries."""

import json
import uuid
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from proposals.models import Entry, Proposal, Upload, WrittenException
from proposals.rules import law, overriding
from tests import builders
from workflows.attempt import Refused
from workflows.audit import consents

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return builders.office_with_law()


def arguing(office, **fields) -> Proposal:
    case = builders.draft(office, "OTHER", [{"op": "OTHER", "requested": 1}], **fields)
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-1")
    return case


def finding(office, case: Proposal, code: str):
    fresh = Proposal.objects.select_related("territory").get(pk=case.pk)
    return next(one for one in law.findings(case=fresh, on=office.now.date()) if one.rule == code)


def test_a_missing_attachment_is_passed_by_the_director_with_a_reason(office) -> None:
    case = arguing(office)
    Upload.objects.filter(proposal=case, purpose="POLICY_BASIS").update(dropped=True)
    with pytest.raises(Refused) as refusal:
        office.take(case, "accept", "bianban1", checks_passed=True)
    assert "ATT-01" in refusal.value.codes
    message = finding(office, case, "ATT-01").message
    office.take(case, "override", "zhuren", finding=f"ATT-01 {message}", reason="原件在市委编办，已核对")
    passed = finding(office, case, "ATT-01")
    assert (passed.blocks, passed.overridden_by) == (False, "编办主任（区委编办主任）")
    office.take(case, "accept", "bianban1", checks_passed=True)


def test_only_the_chair_passes_what_the_clause_leaves_to_the_chair(office) -> None:
    case = arguing(office, vertical_flags=["BODY"])
    case.basis.update(level="STATUTE")
    facts = {"finding": f"R27-V {finding(office, case, 'R27-V').message}", "reason": "法律明确要求"}
    with pytest.raises(Refused) as refusal:
        office.take(case, "override", "zhuren", **facts)
    assert refusal.value.codes == {"NOT_YOURS"}
    assert "这条核查意见只能由编委主任书面特批。" in str(refusal.value)
    office.take(case, "override", "bianwei1", **facts)
    assert not finding(office, case, "R27-V").blocks


def test_what_nobody_may_pass_is_not_passed(office) -> None:
    case = arguing(office)
    case.basis.update(level="MINISTRY")
    facts = {"finding": f"R27 {finding(office, case, 'R27').message}", "reason": "急需"}
    with pytest.raises(Refused) as refusal:
        office.take(case, "override", "bianwei1", **facts)
    assert refusal.value.codes == {"NO_EXCEPTION"}
    text = facts["finding"].removeprefix("R27 ")
    assert f"「{text}」不得特批，请按意见改正。" in str(refusal.value)


def test_an_exception_names_a_finding_that_stands(office) -> None:
    case = arguing(office)
    with pytest.raises(Refused) as refusal:
        office.take(case, "override", "zhuren", finding="ATT-01 缺少必备材料「无」。", reason="示例")
    assert refusal.value.codes == {"NO_SUCH_FINDING"}
    assert "没有找到这条核查意见，请刷新页面后按现有意见办理。" in str(refusal.value)


# one finding, not all that read alike


@pytest.fixture
def two_lines(office) -> Proposal:
    """A case of two lines whose findings read alike: each of two organs gets three posts from another level."""
    bodies = [builders.add_body(office, name, category="GOVERNMENT_ORGAN") for name in ("甲局", "乙局")]
    line = {"op": "LEVEL_DOWN", "unit": "ADMIN", "requested": 3}
    case = builders.draft(office, "OTHER", [{**line, "body": str(body.uuid)} for body in bodies])
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-1")
    return case


def across(office, case: Proposal) -> list:
    fresh = Proposal.objects.select_related("territory").get(pk=case.pk)
    return [one for one in law.findings(case=fresh, on=office.now.date()) if one.rule == "D486-18X"]


def test_of_two_findings_of_one_wording_one_is_passed_and_the_other_stands(office, two_lines) -> None:
    first, second = across(office, two_lines)
    assert first.said == second.said and first.key != second.key
    with pytest.raises(Refused) as refusal:
        office.take(two_lines, "override", "bianwei1", finding=first.said, reason="中央已批准")
    assert refusal.value.codes == {"WHICH_FINDING"}
    offered = dict(overriding.choices(Proposal.objects.get(pk=two_lines.pk), on=office.now.date()))
    assert [offered[one.key] for one in (first, second)] == [f"{first.said}（第{n}项调整事项）" for n in (1, 2)]
    office.take(two_lines, "override", "bianwei1", finding=second.key, reason="中央已批准")
    assert [one.blocks for one in across(office, two_lines)] == [True, False]
    with pytest.raises(Refused) as refusal:
        office.take(two_lines, "override", "bianwei1", finding=second.key, reason="中央已批准")
    assert refusal.value.codes == {"ALREADY_PASSED"}
    entry = json.loads(Entry.objects.filter(subject_id=two_lines.uuid, step="override").get().body)
    row = two_lines.exceptions.get()
    assert entry["facts"]["finding"] == second.said
    assert (entry["facts"]["finding_key"], entry["facts"]["exception"]) == (second.key, str(row.uuid))


def test_an_exception_outlives_a_new_wording_of_its_clause(office, two_lines, monkeypatch) -> None:
    second = across(office, two_lines)[1]
    office.take(two_lines, "override", "bianwei1", finding=second.key, reason="中央已批准")
    monkeypatch.setattr(law.BY_CODE["D486-18X"].__class__, "__doc__", "跨层级调整{unit}共{amount}名。")
    assert [one.blocks for one in across(office, two_lines)] == [True, False]


def test_an_exception_of_an_older_release_passes_what_its_words_name(office, two_lines) -> None:
    office.take(two_lines, "override", "bianwei1", finding=across(office, two_lines)[0].key, reason="中央已批准")
    two_lines.exceptions.update(finding="")
    assert [one.blocks for one in across(office, two_lines)] == [False, False]


def test_the_database_keeps_one_exception_a_finding_and_plan(office, two_lines) -> None:
    office.take(two_lines, "override", "bianwei1", finding=across(office, two_lines)[0].key, reason="中央已批准")
    row = two_lines.exceptions.get()
    row.pk, row.uuid = None, uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_audit_names_exceptions_that_no_entry_tells_of_or_that_tell_otherwise(office, two_lines) -> None:
    first, second = across(office, two_lines)
    office.take(two_lines, "override", "bianwei1", finding=first.key, reason="中央已批准")
    assert faults(two_lines) == []
    two_lines.exceptions.update(finding=second.key)
    assert faults(two_lines) == [f"特批说明「{first.said}」与第3条办理记录不符"]
    row = two_lines.exceptions.get()
    row.pk, row.uuid, row.finding = None, uuid.uuid4(), first.key
    row.save(force_insert=True)
    assert faults(two_lines) == ["特批说明登记2条，办理记录有1条"]


def faults(case: Proposal) -> list[str]:
    bodies = [json.loads(entry.body) for entry in Entry.objects.filter(subject_id=case.uuid).order_by("seq")]
    return list(consents.words(Proposal.objects.get(pk=case.pk), bodies))


def test_a_step_that_relied_on_an_exception_which_the_record_does_not_hold_is_named(office) -> None:
    case = arguing(office)
    Upload.objects.filter(proposal=case, purpose="POLICY_BASIS").update(dropped=True)
    office.take(case, "override", "zhuren", finding=finding(office, case, "ATT-01").key, reason="原件在市委编办")
    office.take(case, "accept", "bianban1", checks_passed=True)
    bodies = [json.loads(entry.body) for entry in Entry.objects.filter(subject_id=case.uuid).order_by("seq")]
    assert faults(case) == []
    bodies[-1]["frozen"]["findings"][0]["exception"] = str(uuid.uuid4())
    told = list(consents.words(Proposal.objects.get(pk=case.pk), bodies))
    assert told == ["第4条「受理」依据的特批说明（ATT-01）不在此前的办理记录中"]


def test_exceptions_kept_on_the_cases_are_carried_over(office) -> None:
    case = arguing(office)
    Upload.objects.filter(proposal=case, purpose="POLICY_BASIS").update(dropped=True)
    found = finding(office, case, "ATT-01")
    office.take(case, "override", "zhuren", finding=found.said, reason="原件在市委编办")
    row = case.exceptions.get()
    kept = {"rule": row.rule, "message": row.message, "reason": row.reason, "by": row.by, "on": "2026-03-02"}
    kept |= {"round": row.round, "digest": row.digest, "lines": row.lines}
    row.delete()
    older = import_module("proposals.migrations.0026_exceptions_are_rows_of_their_own")
    was = SimpleNamespace(uuid=case.uuid, overrides=[kept], pk=case.pk)
    older.carry_case(case=was, proposal_id=case.pk, entries=Entry, row=WrittenException)
    carried = case.exceptions.get()
    assert (carried.uuid, carried.finding, str(carried)) == (row.uuid, "", found.said)
    assert not finding(office, case, "ATT-01").blocks
