"""Secret ballots: the record says who voted and never what, the box is emptied in the act that publishes its list."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from proposals.models import AgendaItem, Ballot, Entry, Slip
from proposals.procedure import chronicle
from proposals.vocabulary import BallotValue
from tests.committee.chamber import CHAIR, MEMBERS, Chamber, refused
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
METHODS = ["NO_OBJECTION", "ORAL", "HANDS", "NAMED", "SECRET"]
SAID = {who: "FOR" for who in MEMBERS} | {"bianwei3": "AGAINST", "bianwei4": "AGAINST", "bianwei5": "ABSTAIN"}


@pytest.fixture
def room() -> Chamber:
    """A meeting of nine whose rule allows secret ballots, at its first item."""
    opened = Chamber(methods=METHODS)
    opened.plan()
    opened.put(title="甲办法")
    opened.call()
    opened.open()
    return opened


@pytest.fixture
def item(room: Chamber) -> AgendaItem:
    """The item, taken up."""
    found = room.now.items.get()
    room.open_item(found)
    return found


def secretly(room: Chamber, item: AgendaItem, who: str, value: str, **more: object) -> str:
    """Cast a secret ballot as the member's page does, and return the receipt code."""
    code = uuid.uuid4().hex[:14]
    concern = room.fresh(item).ballot_concern
    room.take("cast_ballot", who, seen=concern, item=str(item.uuid), sealed={"value": value, "code": code}, **more)
    return code


def balloted(room: Chamber, item: AgendaItem) -> dict[str, str]:
    """Let everybody vote in secret, the chair last, and return the receipt codes."""
    room.take("open_ballot", item=str(item.uuid), method="SECRET")
    return {who: secretly(room, item, who, SAID[who]) for who in sorted(MEMBERS, key=lambda one: one == CHAIR)}


def leaks(room: Chamber) -> Iterator[str]:
    """Say where the database tells, or lets one work out, what a member said."""
    for entry in Entry.objects.filter(subject_id=room.meeting.uuid, step="cast_ballot"):
        body = json.loads(entry.body)
        if any(value in entry.body for value in BallotValue.values):
            yield f"entry {entry.seq}"
        sent = {name: body["facts"][name] for name in ("item",)}
        for value in BallotValue.values:
            guess = [entry.actor.uuid, "cast_ballot", "", None, (), {**sent, "value": value}]
            if chronicle.digest(guess) == entry.request_digest:
                yield f"digest {entry.seq}"
    yield from (f"row {one}" for one in Ballot.objects.filter(member__meeting=room.meeting) if one.value)
    yield from (f"slip {one}" for one in Slip.objects.filter(round__item__meeting=room.meeting))


def test_a_secret_ballot_needs_a_rule_that_allows_it() -> None:
    room = Chamber()
    room.plan()
    found = room.put(title="甲办法")
    room.call()
    room.open()
    room.open_item(found)
    with refused("METHOD", "现行议事规则没有这种表决方式"):
        room.take("open_ballot", item=str(found.uuid), method="SECRET")


def test_the_list_is_published_by_code_and_the_box_is_empty(room: Chamber, item: AgendaItem) -> None:
    codes = balloted(room, item)
    assert Slip.objects.count() == len(MEMBERS)
    room.take("close_ballot", item=str(item.uuid))
    held = room.fresh(item).rounds.latest("n")
    assert held.published == sorted([code, SAID[who]] for who, code in codes.items())
    assert (held.tally["in_favour"], held.tally["against"], held.tally["abstained"]) == (6, 2, 1)
    room.take("conclude_item", item=str(item.uuid))
    assert room.fresh(item).outcome == "APPROVED"
    assert (list(leaks(room)), list(chains.findings())) == ([], [])


def test_the_search_for_leaks_finds_a_named_ballot(room: Chamber, item: AgendaItem) -> None:
    room.take("open_ballot", item=str(item.uuid))
    room.cast(item, "bianwei3", "AGAINST")
    found = [leak.split()[0] for leak in leaks(room)]
    assert found == ["entry", "digest", "row"]


def test_a_value_never_travels_in_the_open(room: Chamber, item: AgendaItem) -> None:
    room.take("open_ballot", item=str(item.uuid), method="SECRET")
    with refused("NO_VALUE"):
        room.cast(item, "bianwei3", "AGAINST")
    with refused("NO_VALUE"):
        secretly(room, item, "bianwei3", "PERHAPS")
    assert (Ballot.objects.count(), Slip.objects.count()) == (0, 0)


def test_a_secret_ballot_is_cast_once(room: Chamber, item: AgendaItem) -> None:
    room.take("open_ballot", item=str(item.uuid), method="SECRET")
    key = uuid.uuid4()
    secretly(room, item, "bianwei3", "FOR", key=key)
    secretly(room, item, "bianwei3", "AGAINST", key=key)
    assert list(Slip.objects.values_list("value", flat=True)) == ["FOR"]
    with refused("VOTED_SECRETLY", "无记名表决不能更改"):
        secretly(room, item, "bianwei3", "AGAINST")


def test_the_chair_still_votes_last_and_the_silent_are_marked(room: Chamber, item: AgendaItem) -> None:
    room.take("open_ballot", item=str(item.uuid), method="SECRET")
    for who in MEMBERS[1:-1]:
        secretly(room, item, who, "FOR")
    with refused("CHAIR_LAST", "末位表态"):
        secretly(room, item, CHAIR, "FOR")
    room.take("mark_silent", item=str(item.uuid), member=room.member("zhuren"))
    secretly(room, item, CHAIR, "FOR")
    room.take("close_ballot", item=str(item.uuid))
    assert room.fresh(item).rounds.latest("n").tally["silent"] == 1


def test_who_voted_and_left_still_counts(room: Chamber, item: AgendaItem) -> None:
    balloted(room, item)
    room.take("check_out", "bianwei3")
    room.take("close_ballot", item=str(item.uuid))
    assert len(room.fresh(item).rounds.latest("n").published) == len(MEMBERS)
    assert list(chains.findings()) == []


def test_an_item_put_over_empties_the_box_unread(room: Chamber, item: AgendaItem) -> None:
    balloted(room, item)
    room.take("put_item_over", item=str(item.uuid), reason="委员中途离场")
    held = room.fresh(item).rounds.latest("n")
    assert (held.published, Slip.objects.count(), list(chains.findings())) == ([], 0, [])


def test_no_address_and_no_kept_page_holds_what_a_member_says(room: Chamber, item: AgendaItem) -> None:
    room.take("open_ballot", item=str(item.uuid), method="SECRET")
    place = f"/meetings/{room.meeting.uuid}/ballot/"
    client = Client()
    client.force_login(room.office.people["bianwei3"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(place).content.decode()
    assert not re.search(r"(href|action)=[^>]*(FOR|AGAINST|ABSTAIN)", page)
    assert "确认反对" not in client.get(f"{place}?item={item.uuid}&value=AGAINST").content.decode()
    looked = client.post(f"{place}review/", {"item": str(item.uuid), "value": "AGAINST"})
    assert "确认反对" in looked.content.decode()
    sent = {"item": str(item.uuid), "value": "AGAINST", "seen": room.fresh(item).ballot_concern, "key": uuid.uuid4()}
    first, second = (client.post(f"{place}cast/", sent) for _ in range(2))
    assert "no-store" in looked.headers["Cache-Control"] and "no-store" in first.headers["Cache-Control"]
    assert Slip.objects.get().code in first.content.decode()
    assert "不能再次显示" in second.content.decode() and Slip.objects.count() == 1


def test_the_audit_finds_a_slip_that_was_changed(room: Chamber, item: AgendaItem) -> None:
    balloted(room, item)
    room.take("close_ballot", item=str(item.uuid))
    held = room.fresh(item).rounds.latest("n")
    (name, value), *rest = held.published
    held.published = [[name, "AGAINST" if value == "ABSTAIN" else "ABSTAIN"], *rest]
    held.save()
    assert any("票清单" in finding for finding in chains.findings())
