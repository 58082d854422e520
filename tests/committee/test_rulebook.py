"""The rule of meeting and the seats of the committee change by two people, and never a meeting already called."""

import uuid

import pytest
from django.test import Client

from proposals.committee.voting_rule import Method, VotingRule, usual_outcomes
from proposals.models import MeetingRule, Person, RuleChange
from proposals.vocabulary import Verdict
from tests import builders
from tests.committee.chamber import MEMBERS, Chamber, refused
from workflows.attempt import Ref
from workflows.perform import perform

pytestmark = pytest.mark.django_db
TWO_THIRDS = {"num": 2, "den": 3, "strict": False}


@pytest.fixture
def room():
    return Chamber()


def change(room, step, who="bianban1", **facts):
    office = room.office
    return perform(
        subject=Ref("rulebook", office.district.rulebooks.get().uuid),
        step=step,
        actor=office.actor(who),
        at=office.tick(),
        key=uuid.uuid4(),
        seen=None,
        **builders.told(facts),
    )


def draw(room, step, **facts):
    drawn = str(uuid.uuid4())
    change(room, step, change=drawn, reason="依据新的工作规则", **facts)
    return drawn


def test_a_new_rule_counts_for_meetings_called_after_it_and_for_no_other(room):
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    old = MeetingRule.objects.get()
    since = room.office.now.date().isoformat()
    drawn = draw(
        room, "change_meeting_rule", since=since, citation="新工作规则第八条", row=str(old.uuid),
        value={**old.value, "threshold": TWO_THIRDS},
    )  # fmt: skip
    with refused("NOT_YOURS"):
        change(room, "confirm_change", change=drawn)
    change(room, "confirm_change", "zhuren", change=drawn)
    room.open()
    room.decide(item, dissent={who: "AGAINST" for who in MEMBERS[1:5]})
    assert (room.fresh(item).tally["needed"], room.fresh(item).outcome) == (5, "APPROVED")
    room.plan()
    room.put(title="乙办法")
    room.call()
    assert room.now.rule["threshold"] == TWO_THIRDS and room.now.rule["citation"] == "新工作规则第八条"


@pytest.mark.parametrize("value", [{"threshold": {"num": 3, "den": 2, "strict": True}}, {"quorum": 1}, {"nonsense": 1}])
def test_a_rule_that_cannot_be_counted_by_is_refused(room, value):
    since = room.office.now.date().isoformat()
    with refused("CHANGE_UNREADABLE"):
        draw(room, "change_meeting_rule", since=since, citation="规则", value=value)


def test_a_member_goes_and_another_comes(room):
    day = room.office.now.date().isoformat()
    seat = room.term.members.get(person__username="bianwei8")
    leaving = draw(room, "end_seat", seat=str(seat.pk), until=day)
    change(room, "confirm_change", "zhuren", change=leaving)
    room.office.tick(days=1)
    newcomer = {"person": room.member("hegao"), "role": "MEMBER", "order": 9, "unit": "区委编办"}
    coming = draw(room, "seat_member", since=room.office.now.date().isoformat(), **newcomer)
    change(room, "confirm_change", "zhuren", change=coming)
    with refused("SEATED", "已是编委组成人员"):
        draw(room, "seat_member", since=room.office.now.date().isoformat(), **newcomer)
    room.plan()
    room.put(title="甲办法")
    room.call()
    names = [one.name for one in room.now.roll.all()]
    assert "委员五" not in names and "核稿丙" in names and len(names) == 9


def test_the_rule_can_be_read_and_drawn_up_in_the_browser(room):
    client = Client()
    client.force_login(Person.objects.get(username="bianban1"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/rulebook/").content.decode()
    assert "编委议事规则" in page and "超过二分之一" in page and "编委组成人员" in page
    old = MeetingRule.objects.get()
    own = {**usual_outcomes(), "AS_PROPOSED/TIE": "REJECTED"}
    MeetingRule.objects.update(value={**old.value, "outcomes": own})
    address = f"/rulebook/steps/change_meeting_rule/?row={old.uuid}"
    form = client.get(address).content.decode()
    assert '<option value="1/2+" selected>' in form
    sent = {
        "key": str(uuid.uuid4()), "seen": "0", "since": "2026-12-01", "citation": "新规则", "reason": "换届",
        "quorum": "1/2+", "quorum_major": "2/3", "threshold": "2/3", "base": "ROLL", "chair_last": "on",
        "material_days": "2", "circulation_days": "5",
        "tie": "NOT_CARRIED", "secret": "on", "substitutes": "on",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert "拟定议事规则" in client.get("/rulebook/").content.decode()
    rule = VotingRule.from_data({**RuleChange.objects.exclude(reason="测试").get().content["value"], "citation": ""})
    assert (rule.tie, Method.SECRET in rule.methods, rule.substitutes) == (Verdict.NOT_CARRIED, True, True)
    assert not rule.circulation_ratified
    assert rule.outcomes == own
