"""One seat a person, one term at a time: drawn up by one, confirmed by another, kept by the database, seen by audit."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from proposals.ledger import triggers
from proposals.models import CommitteeTerm, Meeting, Membership, RuleChange
from tests.committee.chamber import CHAIR, MEMBERS, VICE, Chamber, refused
from tests.committee.test_pages import signed_in
from tests.committee.test_rulebook import change, draw
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
NEW = {"role": "MEMBER", "order": 90, "unit": "区委"}


@pytest.fixture
def room():
    return Chamber()


def seat(room, since, who="danwei", **content):
    return draw(room, "seat_member", since=since, person=room.member(who), **{**NEW, **content})


def confirm(room, drawn):
    change(room, "confirm_change", "zhuren", change=drawn)


@pytest.mark.parametrize(
    "days", [("2026-03-01", "2026-03-02"), ("2026-03-01", "2026-03-01"), ("2026-03-02", "2026-03-01")]
)
def test_of_two_seats_drawn_up_for_one_person_the_second_is_not_confirmed(room, days):
    first, second = (seat(room, day) for day in days)
    confirm(room, first)
    with refused("SEATED", "一人只有一个席位"):
        confirm(room, second)
    assert Membership.objects.filter(person__username="danwei").count() == 1
    room.plan()
    room.put(title="甲办法")
    room.call()


def test_a_seat_for_a_later_day_is_a_seat(room):
    confirm(room, seat(room, "2026-06-01"))
    with refused("SEATED", "自2026-06-01起"):
        seat(room, "2026-03-01")


def test_a_second_chair_waits_until_the_first_has_left(room):
    drawn = seat(room, "2026-03-01", role="CHAIR")
    with refused("CHAIR_SEATED", "编委主任，请先办理其免职"):
        confirm(room, drawn)
    chair = room.term.members.get(role="CHAIR")
    confirm(room, draw(room, "end_seat", seat=str(chair.pk), until="2026-02-28"))
    confirm(room, drawn)


def test_the_database_keeps_one_seat_a_person_and_lets_a_seat_end(room):
    held = room.term.members.get(person__username="bianwei4")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(term=room.term, person=held.person, order=90, since=date(2026, 5, 1))
    held.until = date(2026, 4, 30)
    held.save()
    again = Membership.objects.create(term=room.term, person=held.person, order=90, since=date(2026, 5, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=held.pk).update(until=None)
    Membership.objects.filter(pk=again.pk).update(until=date(2026, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeTerm.objects.create(territory=room.office.district, name="另一届", since=date(2026, 5, 1))


def test_two_seats_from_before_are_named_by_audit_and_at_the_call_and_can_be_mended(room):
    held = room.term.members.get(person__username="bianwei4")
    triggers.put_aside(connection)
    Membership.objects.create(term=room.term, person=held.person, order=90, since=date(2026, 2, 1))
    triggers.install(connection)
    assert "委员一在中共乌海市海勃湾区委机构编制委员会同时有两个席位" in "".join(chains.findings())
    room.plan()
    room.put(title="甲办法")
    with refused("TWO_SEATS", "委员一在编委有两个席位"):
        room.call()
    confirm(room, draw(room, "end_seat", seat=str(held.pk), until="2026-01-31"))
    room.call()
    assert "两个席位" not in "".join(chains.findings())


def members_of(room, *, without=(), **roles):
    """The list of a new term: who sits now, but some, and some in another role."""
    return [
        {
            "person": str(one.person.uuid), "role": roles.get(one.person.username, one.role), "order": one.order,
            "unit": one.unit,
        }
        for one in room.term.members.select_related("person")
        if one.person.username not in without
    ]  # fmt: skip


def test_a_new_term_seats_its_members_and_leaves_alone_what_was_called_before(room):
    room.plan()
    room.put(title="甲办法")
    room.call()
    before = room.meeting
    room.plan()
    room.put(title="乙办法")
    since = room.office.now.date() + timedelta(days=3)
    listed = members_of(room, without=("bianwei8",), **{CHAIR: "VICE", VICE: "CHAIR"})
    listed.append({"person": room.member("hegao"), "role": "MEMBER", "order": 9, "unit": "区委编办"})
    confirm(room, draw(room, "open_term", name="第二届", since=since.isoformat(), members=listed))
    room.office.tick(days=4)
    room.call()
    old, new = CommitteeTerm.objects.order_by("since")
    assert (old.until, new.since, room.now.term) == (since - timedelta(days=1), since, new)
    assert set(old.members.values_list("until", flat=True)) == {old.until}
    assert room.now.presiding.name == "副主任一" and "核稿丙" in room.now.names.values()
    kept = Meeting.objects.get(pk=before.pk)
    assert (kept.term, kept.presiding.name, kept.roll.count()) == (old, "编委主任", 9)
    assert list(chains.findings()) == []


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("SEATED", lambda listed: [*listed, listed[0]]),
        ("NO_CHAIR", lambda listed: [one for one in listed if one["role"] != "CHAIR"]),
        ("NO_CHAIR", lambda listed: [{**one, "role": "CHAIR"} for one in listed]),
        ("NO_SEAT", lambda listed: [*listed, {**listed[0], "person": str(uuid.uuid4()), "role": "MEMBER"}]),
        ("CHANGE_UNREADABLE", lambda listed: [{"person": "甲"}]),
        ("CHANGE_UNREADABLE", lambda listed: []),
    ],
)
def test_a_list_that_cannot_sit_is_refused(room, code, spoil):
    with refused(code):
        draw(room, "open_term", name="第二届", since="2026-06-01", members=spoil(members_of(room)))


def test_a_term_is_not_opened_twice_under_one_name_written_otherwise(room):
    CommitteeTerm.objects.update(name="第一届（试行）")
    with refused("TERM_KNOWN"):
        draw(room, "open_term", name="第一届 (试行)", since="2026-06-01", members=members_of(room))
    old = CommitteeTerm.objects.get()
    old.members.update(until="2026-05-31")
    CommitteeTerm.objects.update(until="2026-05-31")
    CommitteeTerm.objects.create(territory=old.territory, name="第一届 (试行)", since="2026-06-01")
    assert f"{old.territory}有2个届次名称读来相同：第一届（试行）、第一届 (试行)。" in list(chains.findings())


def test_of_two_terms_drawn_up_the_second_is_not_confirmed(room):
    listed = members_of(room)
    drawn = [draw(room, "open_term", name=name, since="2026-06-01", members=listed) for name in ("第二届", "又一届")]
    confirm(room, drawn[0])
    with refused("TERM_LATER", "新一届应在此后开始"):
        confirm(room, drawn[1])
    assert CommitteeTerm.objects.count() == 2


def test_a_seat_after_the_new_term_begins_must_go_first(room):
    confirm(room, seat(room, "2026-07-01"))
    with refused("SEAT_LATER", "2026-07-01"):
        draw(room, "open_term", name="第二届", since="2026-06-01", members=members_of(room, without=("danwei",)))


def test_the_audit_sees_a_term_that_was_changed(room):
    confirm(room, draw(room, "open_term", name="第二届", since="2026-06-01", members=members_of(room)))
    assert list(chains.findings()) == []
    new = CommitteeTerm.objects.get(name="第二届")
    new.members.filter(order=2).update(role="MEMBER")
    assert "形成的任职已不存在或被改动" in "".join(chains.findings())
    CommitteeTerm.objects.filter(pk=new.pk).update(until=date(2026, 12, 31), name="改名")
    found = "".join(chains.findings())
    assert "形成的届次已不存在或被改动" in found and "改名的截止日期没有相应的变更" in found


def test_a_term_is_opened_in_the_browser_by_two_people(room):
    clerk = signed_in("bianban1")
    page = clerk.get("/rulebook/steps/open_term/").content.decode()
    assert "新一届" not in page and page.count('value="CHAIR" selected') == 1
    sent = {"key": str(uuid.uuid4()), "seen": "0", "name": "第二届", "since": "2026-06-01", "reason": "届满换届"}
    assert "新一届编委应有一名主任" in clerk.post("/rulebook/steps/open_term/", sent).content.decode()
    for one in room.term.members.select_related("person"):
        name = one.person.uuid
        sent |= {f"role-{name}": one.role, f"order-{name}": one.order, f"unit-{name}": one.unit}
    assert clerk.post("/rulebook/steps/open_term/", sent).status_code == 302
    drawn = RuleChange.objects.get(table="open_term")
    director = signed_in("zhuren")
    waiting = director.get("/rulebook/").content.decode()
    assert "1. 编委主任" in waiting and f"{len(MEMBERS)}. 编办主任" in waiting
    answer = director.post(f"/rulebook/changes/{drawn.uuid}/", {"key": str(uuid.uuid4()), "seen": "0", "do": "confirm"})
    assert answer.status_code == 302
    assert CommitteeTerm.objects.get(name="第二届").members.count() == len(MEMBERS)
    assert "第二届" in director.get("/rulebook/?as_of=2026-06-01").content.decode()
