"""代录: what happened on paper is entered by one person, confirmed by another, and dated by its own day."""

import json
import uuid

import pytest

from proposals.models import Entry, PaperRecord, Proposal
from proposals.vocabulary import State
from tests import builders
from workflows.attempt import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return builders.office_with_law()


@pytest.fixture
def case(office):
    street = builders.add_body(office, "演示街道", category="STREET")
    case = builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": street.uuid}])
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-1")
    office.take(case, "accept", "bianban1", checks_passed=True)
    office.take(case, "finish_argument", "bianban1", conclusion="建议提请审议。")
    office.take(case, "propose_item", "zhuren", opinion="同意提请。")
    office.tick(days=3)
    return case


def record(office, case, step="approve_item", *, who="bianban1", number="", facts=None, **more):
    given = {"on_behalf_of": "编委主任", "happened_on": builders.NOON.date(), "evidence": ("a" * 64,), **more}
    uid = str(uuid.uuid4())
    acts = [{"kind": "case", "subject": str(case.uuid), "step": step, "facts": facts or {}}]
    office.enter("record_on_behalf", who, record=uid, title="编委主任书面批示", number=number, acts=acts, **given)
    return uid


def test_the_chairs_signature_on_paper_takes_effect_when_a_second_person_confirms_it(office, case):
    uid = record(office, case)
    assert Proposal.objects.get(pk=case.pk).state == State.AGENDA_APPROVAL
    office.enter("confirm_record", "bianban2", record=uid)
    stored = Proposal.objects.get(pk=case.pk)
    body = json.loads(Entry.objects.get(subject_id=case.uuid, step="approve_item").body)
    assert stored.state == State.SCHEDULED
    assert (body["actor"]["name"], body["on_behalf_of"], body["happened_on"]) == ("经办甲", "编委主任", "2026-03-10")
    assert body["confirmed_by"].startswith("经办乙")
    assert body["frozen"]["quotes"]["kind"] == "register"


def test_nobody_confirms_what_he_entered_himself(office, case):
    uid = record(office, case)
    with pytest.raises(Refused) as refusal:
        office.enter("confirm_record", "bianban1", record=uid)
    assert refusal.value.codes == {"SAME_PERSON"}


def test_a_record_is_confirmed_once(office, case):
    uid = record(office, case)
    office.enter("confirm_record", "bianban2", record=uid)
    with pytest.raises(Refused) as refusal:
        office.enter("confirm_record", "bianban2", record=uid)
    assert refusal.value.codes == {"RECORD_SETTLED"}


def test_a_declined_record_has_no_effect(office, case):
    uid = record(office, case)
    office.enter("decline_record", "bianban2", record=uid, remark="签字不清")
    assert PaperRecord.objects.get(uuid=uid).status == PaperRecord.Status.DECLINED
    assert Proposal.objects.get(pk=case.pk).state == State.AGENDA_APPROVAL


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"evidence": ()}, "NO_EVIDENCE"),
        ({"on_behalf_of": ""}, "NO_PRINCIPAL"),
        ({"happened_on": builders.NOON.date().replace(year=2027)}, "FUTURE"),
    ],
)
def test_a_record_names_its_principal_its_day_and_its_evidence(office, case, change, code):
    with pytest.raises(Refused) as refusal:
        record(office, case, **change)
    assert code in refusal.value.codes


def test_a_step_that_is_not_open_cannot_be_recorded(office, case):
    with pytest.raises(Refused) as refusal:
        record(office, case, step="city_record", facts={"number": "乌编办备〔2026〕1号"})
    assert "NOT_OPEN" in refusal.value.codes


def test_the_same_paper_is_entered_once(office, case):
    record(office, case, number="海编批〔2026〕1号")
    with pytest.raises(Refused) as refusal:
        record(office, case, number="海编批〔2026〕1号")
    assert refusal.value.codes == {"NUMBER_TAKEN"}


def test_what_the_system_does_and_other_districts_cases_cannot_be_recorded(office, case):
    with pytest.raises(Refused) as refusal:
        record(office, case, step="record_package")
    assert refusal.value.codes == {"NOT_ON_PAPER"}
    Proposal.objects.filter(pk=case.pk).update(territory=office.city)
    with pytest.raises(Refused) as refusal:
        record(office, case)
    assert refusal.value.codes == {"NOT_ON_PAPER"}
