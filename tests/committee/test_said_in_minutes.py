"""Minutes say of each member what the roll says, and name who allowed what; an excerpt tells of its own item alone."""

import pytest

from docs_templates.models import FrozenPaper
from docs_templates.sources.by_paper import facts_for
from proposals.procedure.act import Act
from tests.committee.chamber import CHAIR, MEMBERS, VICE, Chamber

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Chamber:
    """A sitting under the vice chair: the chair allowed the short notice, the vice chair an item on the spot."""
    room = Chamber()
    room.case, other = room.scheduled("甲事项"), room.scheduled("乙事项")
    room.plan(days=1)
    items = [room.put(room.case), room.put(other)]
    room.call()
    room.take("ask_leave", MEMBERS[6], reason="外出开会")
    room.take("delegate_chair", CHAIR, person=room.member(VICE), reason="主任因公外出，委托副主任一主持。")
    room.take("allow_short_notice", CHAIR, reason="防汛急需。")
    room.take("freeze_agenda", CHAIR)
    room.office.tick(days=1)
    for who in (*MEMBERS[1:6], "zhuren"):
        room.take("check_in", who)
    room.take("open_meeting")
    for title, reason in (("防汛值守安排", "汛情紧急。"), ("抗旱安排", "旱情紧急。")):
        room.take("allow_ad_hoc", VICE, type="REGULATION", title=title, reason=reason)
    room.decide(items[0])
    room.decide(items[1], dissent={MEMBERS[2]: "AGAINST", MEMBERS[3]: "AGAINST"})
    for item in room.now.items.order_by("position")[2:]:
        room.decide(item)
    room.sign()
    return room


def test_leave_and_absence_are_two_things_and_consents_are_their_givers(room: Chamber) -> None:
    now = room.office.tick()
    act = Act(step="sign_minutes", actor=room.office.actor(CHAIR), at=now, happened_on=now.date())
    minutes = facts_for(slug="jiyao", subject=room.now, act=act)
    assert minutes.absent == ("委员四（外出开会）", "编委主任（书面委托他人主持）")
    assert minutes.missing == ("委员五",)
    assert minutes.notes == (
        "经区委书记、区委编委主任编委主任书面同意，本次会议材料送达时间缩短：防汛急需。",
        "经会议主持人同意，本次会议临时增加议题“防汛值守安排”：汛情紧急。",
        "经会议主持人同意，本次会议临时增加议题“抗旱安排”：旱情紧急。",
    )
    assert minutes.items[1].resolution == "会议决定暂缓审议《关于乙事项的方案》，待条件成熟后再议。"
    extract = FrozenPaper.objects.get(subject_uuid=room.case.uuid, slug="jielu").facts
    assert "防汛急需" in extract and "防汛值守" not in extract and "抗旱" not in extract
