"""Minutes that cannot contradict the record: drawn from it, worded beside it, checked, signed, corrected by number."""

import copy

import pytest

from proposals.committee.minutes import check as minutes_check
from proposals.committee.minutes import drawing
from proposals.committee.reading.whole import Reading
from proposals.models import Entry
from proposals.vocabulary import MeetingState, State
from tests.committee.chamber import CHAIR, MEMBERS, VICE, Chamber, refused, state_of


def build():
    """A closed meeting: one case approved with one vote against, one deferred, one matter only heard; one on leave."""
    room = Chamber()
    room.cases = [room.scheduled("甲事项"), room.scheduled("乙事项")]
    room.plan()
    room.items = [room.put(case) for case in room.cases] + [room.put(type="HEARING", title="年度工作情况")]
    room.call()
    room.take("ask_leave", "bianwei8", reason="因公外出")
    room.open([who for who in MEMBERS if who != "bianwei8"])
    room.decide(room.items[0], dissent={"bianwei4": "AGAINST"})
    room.open_item(room.items[1])
    room.take("declare_recusal", "bianwei5", item=str(room.items[1].uuid), reason="本人分管")
    room.take("record_counts", item=str(room.items[1].uuid), method="HANDS", in_favour=3, against=2)
    room.take("conclude_item", item=str(room.items[1].uuid))
    room.open_item(room.items[2])
    room.take("note_item", item=str(room.items[2].uuid), note="会议听取了汇报。")
    room.take("close_meeting")
    room.take("draft_minutes")
    return room


def word(room, item=0, **texts):
    """Change the wording of one item."""
    return room.take("edit_wording", wording={"items": {str(room.items[item].uuid): texts}})


def test_the_draft_says_what_the_record_says_and_nothing_contradicts(room):
    content = room.now.newest_minutes.sections
    assert minutes_check.contradictions(content, Reading(room.now)) == []
    assert [one["outcome_label"] for one in content["items"]] == ["同意", "暂缓", ""]
    assert content["items"][0]["rounds"][0]["named"]["AGAINST"] == ["委员一"]
    assert (content["due"], len(content["present"]), content["leave"][0]["reason"]) == (9, 8, "因公外出")
    assert [state_of(case) for case in room.cases] == [State.MINUTES_DRAFT, State.DEFERRED]


def test_a_record_that_is_read_together_says_what_its_parts_say(room):
    together = Reading(room.now)
    together.look_at_record()
    parts = Reading(room.now)
    assert drawing.sections(together) == drawing.sections(parts)
    assert together.minutes == parts.minutes
    assert together.minutes.sections == parts.minutes.sections


@pytest.mark.parametrize(
    ("texts", "says", "record"),
    [
        ({"resolution": "会议不同意《甲事项》。"}, "不同意", "同意"),
        ({"resolution": "会议决定暂缓。"}, "暂缓", "同意"),
        ({"resolution": "会议同意《甲事项》，赞成8票。"}, "赞成8票", "赞成7票"),
        ({"discussion": "表决时反对 2 票。"}, "反对 2 票", "反对1票"),
        ({"discussion": "应到10人。"}, "应到10人", "应到9人"),
        ({"conditions": "实到委员9名。"}, "实到委员9名", "实到8人"),
        ({"discussion": "会议经审议不同意《甲事项》。"}, "不同意", "同意"),
        ({"conditions": "会议决定退回该事项。"}, "退回", "同意"),
        ({"discussion": "委员五出席会议并发言。"}, "委员五出席", "委员五请假"),
        ({"discussion": "委员二同志请假。"}, "委员二同志请假", "委员二到会"),
        ({"discussion": "委员二按规定回避。"}, "委员二按规定回避", "委员二没有回避"),
        ({"discussion": "委员二表示反对。"}, "委员二表示反对", "委员二没有反对"),
        ({"discussion": "委员一赞成。"}, "委员一赞成", "委员一没有赞成"),
        ({"discussion": "2026年3月9日会议召开时提出。"}, "2026年3月9日", "2026-03-"),
        ({"conditions": "副主任一主持会议。"}, "副主任一主持", "编委主任主持"),
        ({"discussion": "会议由副主任一主持。"}, "副主任一主持", "编委主任主持"),
        ({"discussion": "8票赞成，其余反对。"}, "8票赞成", "赞成7票"),
        ({"discussion": "6人赞成。"}, "6人赞成", "赞成7票"),
        ({"discussion": "赞成八票。"}, "赞成8票", "赞成7票"),
        ({"discussion": "该议题全票通过。"}, "全票通过", "有反对"),
        ({"resolution": "会议一致同意《甲事项》。"}, "一致同意", "有反对"),
        ({"discussion": "该事项未获通过。"}, "未获通过", "同意"),
        ({"conditions": "对该事项予以暂缓。"}, "予以暂缓", "同意"),
        ({"discussion": "出席：编委主任、委员五。"}, "出席：委员五", "委员五请假"),
        ({"discussion": "请假：委员二。"}, "请假：委员二", "委员二到会"),
        ({"discussion": "回避：委员二。"}, "回避：委员二", "委员二没有回避"),
        ({"discussion": "会议于3月1日召开。"}, "会议于3月1日", "2026-03-"),
        ({"discussion": "二〇二六年三月一日会议召开时提出。"}, "2026年3月1日", "2026-03-"),
        ({"discussion": "本议题系临时动议。"}, "临时动议", "不是临时动议"),
        ({"conditions": "经同意缩短材料送达时间。"}, "缩短材料送达", "没有同意缩短"),
    ],
)
def test_wording_that_contradicts_the_record_is_found_and_stops_the_circulation(room, texts, says, record):
    word(room, **texts)
    found = minutes_check.contradictions(room.now.newest_minutes.sections, Reading(room.now))
    assert len(found) == 1 and says in found[0].says and record in found[0].record
    with refused("CONTRADICTION", says):
        room.take("circulate_minutes")
    assert room.now.state == MeetingState.MINUTES_DRAFT


@pytest.mark.parametrize("denied", ["委员二未回避。", "本议题无人回避。"])
def test_a_recusal_that_is_denied_is_found(room, denied):
    word(room, 1, discussion=denied)
    (found,) = minutes_check.contradictions(room.now.newest_minutes.sections, Reading(room.now))
    assert found.record == "回避：委员二"


@pytest.mark.parametrize(
    ("texts", "says", "record"),
    [
        ({"opening": "2026年3月1日，编委主任主持召开会议。"}, "2026年3月1日", "2026-03-"),
        ({"opening": "副主任一主持召开本次会议。"}, "副主任一主持", "编委主任主持"),
        ({"opening": "2026年第9次会议召开。"}, "第9次会议", "2026年第1次会议"),
        ({"closing": "应到12人。"}, "应到12人", "应到9人"),
        ({"closing": "委员五到会。"}, "委员五到会", "委员五请假"),
        ({"closing": "会议不同意各项议题。"}, "不同意", "同意、暂缓"),
        ({"closing": "各项议题均赞成9票。"}, "赞成9票", "赞成7票、赞成3票"),
    ],
)
def test_an_opening_that_contradicts_the_record_is_found(room, texts, says, record):
    room.take("edit_wording", wording={**texts, "items": {}})
    found = minutes_check.contradictions(room.now.newest_minutes.sections, Reading(room.now))
    assert len(found) == 1 and says in found[0].says and record in found[0].record
    with refused("CONTRADICTION", says):
        room.take("circulate_minutes")


def test_honest_wording_raises_no_alarm(room):
    honest = {
        "discussion": "会议听取了汇报。委员一反对，认为第1项职责表述不清；委员二赞成，委员五请假。2025年第3次会议曾研究12个单位的编制。",
        "resolution": "会议同意《甲事项》，赞成7票，反对1票。",
        "conditions": "会议指出，2026年底前完成；区委编办3日内行文，编委主任同意后印发。",
    }
    room.take(
        "edit_wording",
        wording={
            "opening": drawing.sections(Reading(room.now))["wording"]["opening"],
            "closing": "出席：编委主任、副主任一。请假：委员五。",
            "items": {
                str(room.items[0].uuid): honest,
                str(room.items[1].uuid): {"discussion": "委员二回避，未参加表决。会议认为条件尚不成熟。"},
            },
        },
    )
    assert minutes_check.contradictions(room.now.newest_minutes.sections, Reading(room.now)) == []
    room.take("circulate_minutes")


@pytest.mark.parametrize(
    ("where", "lie"),
    [
        (("items", 0, "tally", "in_favour"), 8),
        (("items", 0, "outcome"), "REJECTED"),
        (("items", 0, "plan_digest"), "0" * 64),
        (("items", 0, "plan", 0, "body"), "别的单位"),
        (("items", 0, "rounds", 0, "named", "AGAINST"), []),
        (("items", 1, "recused"), []),
        (("items", 1, "present"), ["编委主任"]),
        (("items", 1, "title"), "丙事项"),
        (("due",), 10),
        (("present", 0, "name"), "别人"),
        (("leave",), []),
        (("meeting", "held_on"), "2026-03-01"),
        (("meeting", "presiding", "name"), "别人"),
    ],
)
def test_every_fact_that_is_changed_behind_the_record_is_found(room, where, lie):
    content = copy.deepcopy(room.now.newest_minutes.sections)
    place = content
    for step in where[:-1]:
        place = place[step]
    assert place[where[-1]] != lie
    place[where[-1]] = lie
    assert minutes_check.contradictions(content, Reading(room.now)) != []


def test_an_item_that_is_missing_or_invented_is_found(room):
    content = copy.deepcopy(room.now.newest_minutes.sections)
    gone = content["items"].pop(0)
    content["items"].append({**gone, "item": "00000000-0000-0000-0000-000000000000", "title": "捏造"})
    assert {str(one)[:3] for one in minutes_check.contradictions(content, Reading(room.now))} == {"议题1", "议题："}


def test_only_wording_can_be_edited(room):
    with refused("NOT_WORDING", "不能在纪要中改动"):
        word(room, tally="赞成9票")
    with refused("NOT_WORDING"):
        room.take("edit_wording", wording={"due": "10"})
    word(room, discussion="会议认为方案可行。")
    versions = list(room.now.minutes.all())
    assert [one.version for one in versions] == [1, 2]
    before, after = (drawing.texts_of(one.sections) for one in versions)
    assert set(after) - set(before) == {"议题1·讨论情况"}


def test_the_chair_signs_and_an_error_found_later_becomes_a_numbered_correction(room):
    word(room, conditions="由区委编办督促落实，年低前完成。")
    room.take("circulate_minutes")
    room.take("comment_minutes", "bianwei4")
    with refused("NOT_THERE"):
        room.take("comment_minutes", "bianwei8", text="我没有参会")
    with refused("NOT_THE_SIGNER", "由编委主任签发"):
        room.take("sign_minutes", VICE)
    entry = room.take("sign_minutes", CHAIR)
    signed = room.now.newest_minutes
    assert signed.signed_by.startswith("编委主任") and state_of(room.cases[0]) == State.MINUTES_SIGNED
    place = "议题1·有关要求"
    with refused("NOT_IN_MINUTES"):
        room.take("propose_correction", place=place, before="没有的话", after="年底前", reason="错字")
    room.take("propose_correction", place=place, before="年低前", after="年底前", reason="错字")
    room.take("correct_minutes", CHAIR, correction=str(room.now.correction_drafts.get().uuid))
    assert room.now.corrections.get().n == 1
    assert room.now.newest_minutes.digest == signed.digest
    assert Entry.objects.get(pk=entry.pk).hash == entry.hash
