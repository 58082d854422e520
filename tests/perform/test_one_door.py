"""perform: exactly one effect, every reason at once, and a chain that gives the state back."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from proposals.models import Entry, Proposal
from proposals.procedure import chronicle
from proposals.vocabulary import State
from tests import builders
from workflows.attempt import Ref, Refused
from workflows.models import WorkItem
from workflows.perform import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return builders.office_with_law()


@pytest.fixture
def case(office):
    street = builders.add_body(office, "演示街道", category="STREET")
    return builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": street.uuid}])


def send(office, case, *, key, seen, who="bianban1"):
    return perform(
        subject=Ref("case", case.uuid), step="send_to_office", actor=office.actor(who), at=office.tick(), key=key,
        seen=seen,
    )  # fmt: skip


def test_the_same_key_answers_the_first_entry_again(office, case):
    key = uuid.uuid4()
    first = send(office, case, key=key, seen=case.concern)
    again = send(office, case, key=key, seen=case.concern)
    assert again.pk == first.pk
    assert Entry.objects.filter(subject_id=case.uuid).count() == 1


def test_a_key_used_for_something_else_is_refused(office, case):
    key = uuid.uuid4()
    send(office, case, key=key, seen=case.concern)
    with pytest.raises(Refused) as refusal:
        send(office, case, key=key, seen=case.concern, who="bianban2")
    assert refusal.value.codes == {"KEY_REUSED"}


def test_a_stale_page_is_told_who_did_what_meanwhile(office, case):
    send(office, case, key=uuid.uuid4(), seen=case.concern)
    with pytest.raises(Refused) as refusal:
        perform(
            subject=Ref("case", case.uuid),
            step="register_incoming",
            actor=office.actor("bianban2"),
            at=office.tick(),
            key=uuid.uuid4(),
            seen=case.concern,
            facts={"incoming_number": "1"},
        )
    assert "STALE" in refusal.value.codes
    assert "经办甲" in str(refusal.value) and "报送编办" in str(refusal.value)


def test_all_reasons_are_given_at_once(office, case):
    with pytest.raises(Refused) as refusal:
        perform(
            subject=Ref("case", case.uuid), step="city_reject", actor=office.actor("bianwei4"), at=office.tick(),
            key=uuid.uuid4(), seen="99",
        )  # fmt: skip
    assert refusal.value.codes >= {"NOT_OPEN", "STALE", "NOT_YOURS", "FACT_MISSING"}


def test_a_refused_step_leaves_nothing_behind(office, case):
    before = Proposal.objects.get(pk=case.pk).revision
    with pytest.raises(Refused):
        office.take(case, "accept", "bianban1", checks_passed=True)
    after = Proposal.objects.get(pk=case.pk)
    assert (after.revision, after.state, after.head_seq) == (before, State.DRAFT, 0)


def test_superusers_and_administrators_hold_no_duty(office, case):
    root = builders.Person.objects.create_superuser(username="root", name="超级", post="工具账号")
    office.people["root"] = root
    for who in ("root", "xitong", "baomi", "shenji"):
        with pytest.raises(Refused) as refusal:
            office.take(case, "send_to_office", who)
        assert "NOT_YOURS" in refusal.value.codes


def test_the_chain_gives_the_state_back(office, case):
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-1")
    replayed = chronicle.replay(chronicle.chain(case.uuid), initial=State.DRAFT)
    stored = Proposal.objects.get(pk=case.pk)
    assert (replayed.state, replayed.seq, replayed.hash) == (stored.state, stored.head_seq, stored.head_hash)


def test_a_changed_entry_is_found(office, case):
    office.take(case, "send_to_office", "bianban1")
    entries = list(chronicle.chain(case.uuid))
    entries[0].body = entries[0].body.replace("经办甲", "经办乙")
    with pytest.raises(chronicle.ChainBroken, match="校验值"):
        chronicle.replay(entries, initial=State.DRAFT)


def test_entries_cannot_be_changed_or_removed(office, case):
    entry = office.take(case, "send_to_office", "bianban1")
    for sql in ("UPDATE proposals_entry SET step='x' WHERE id=%s", "DELETE FROM proposals_entry WHERE id=%s"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [entry.pk])


def test_one_desk_has_the_case_and_the_former_one_is_done(office, case):
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "withdraw", "bianban1", reason="材料有误")
    drafted, done, on_desk = WorkItem.objects.filter(process=case).order_by("id")
    assert (drafted.flow_task.name, drafted.status, drafted.owner.username) == ("drafting", "DONE", "bianban1")
    assert (done.status, done.duty, done.done_by.username) == ("DONE", "OFFICE_CLERK", "bianban1")
    assert (on_desk.finished, on_desk.duty, on_desk.came_from) == (None, "ARCHIVIST", done)


def test_a_lent_duty_works_until_its_day_and_for_its_case_only(office, case):
    other = builders.draft(
        office, "SANDING_REVISE", [{"op": "CHARTER", "body": next(iter(office.bodies.values())).uuid}]
    )
    for one in (case, other):
        office.take(one, "send_to_office", "bianban1")
    office.take(
        case, "delegate", "bianban1", person=str(office.people["hegao"].uuid), until="2026-03-11", reason="出差"
    )
    with pytest.raises(Refused):
        office.take(other, "register_incoming", "hegao", incoming_number="7")
    office.take(case, "register_incoming", "hegao", incoming_number="8")
    office.tick(days=3)
    with pytest.raises(Refused) as refusal:
        office.take(case, "accept", "hegao", checks_passed=True)
    assert "NOT_YOURS" in refusal.value.codes


def test_a_matter_of_the_full_track_does_not_take_the_short_road(office, case):
    with pytest.raises(Refused) as refusal:
        office.take(case, "send_small", "bianban1")
    assert "FULL_TRACK" in refusal.value.codes


def test_a_clock_behind_the_last_act_writes_nothing_until_it_is_right_but_seconds_are_forgiven(office, case):
    send(office, case, key=uuid.uuid4(), seen=case.concern)
    sent = office.now
    office.now = sent - timedelta(minutes=7)
    with pytest.raises(Refused) as refusal:
        office.take(case, "accept", "bianban1", checks_passed=True)
    assert "CLOCK_BEHIND" in refusal.value.codes
    office.now = sent - timedelta(minutes=5)
    with pytest.raises(Refused) as refusal:
        office.take(case, "accept", "bianban1")
    assert "CLOCK_BEHIND" not in refusal.value.codes
