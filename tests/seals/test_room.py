"""A meeting in which everything happened: its votes, recusals, guests, comments and corrections are all sealed."""

from __future__ import annotations

from proposals.models import Meeting
from tests.committee.agendas import item_of, opened
from tests.committee.chamber import CHAIR, MEMBERS, Chamber
from tests.databases import Database
from tests.seals import copied, tampering
from workflows.seals.digests import sealing

VOTERS = MEMBERS[1:7]


def build() -> Chamber:
    """Hold a meeting with a ballot, somebody who stands aside, a guest, a written opinion, and a correction."""
    room = opened(3)
    first, second = item_of(room, 1), item_of(room, 2)
    room.take("write_opinion", MEMBERS[7], item=str(second.uuid), text="同意。")
    room.take("declare_recusal", MEMBERS[4], item=str(second.uuid), reason="曾任职于起草单位")
    room.take("invite_attendee", item=str(second.uuid), name="周远", unit="区司法局")
    room.open_item(first)
    room.take("open_ballot", item=str(first.uuid))
    room.vote(first, dict.fromkeys((*VOTERS, MEMBERS[8], CHAIR), "FOR"))
    room.take("close_ballot", item=str(first.uuid))
    room.take("conclude_item", item=str(first.uuid))
    for one in (second, item_of(room, 3)):
        room.decide(one, dissent={MEMBERS[3]: "ABSTAIN"})
    room.take("close_meeting")
    room.take("draft_minutes")
    wording = {"conditions": "由区委编办督促，年低前完成。"}
    room.take("edit_wording", wording={"items": {str(first.uuid): wording}})
    room.take("circulate_minutes")
    room.take("comment_minutes", MEMBERS[4])
    room.take("sign_minutes", CHAIR)
    words = {"place": "议题1·有关要求", "before": "年低前完成", "after": "年底前完成", "reason": "错字"}
    room.take("propose_correction", **words)
    room.take("correct_minutes", CHAIR, correction=str(room.now.correction_drafts.get().uuid))
    return room


def test_every_tampering_with_a_meeting_is_named_with_its_table(world: Chamber, unguarded: None) -> None:
    meeting = Meeting.objects.select_related("territory").get()
    assert tampering.hold(meeting) == ["numbers"]


def test_every_database_tells_the_same_digests_of_it(world: Chamber, database: Database) -> None:
    meeting, own = Meeting.objects.get(), sealing(Meeting.objects.get())
    assert copied.told_by([meeting], database) == [own]
    assert [name for name, digest in own["rows"].items() if not digest] == ["numbers"]
