"""The form of a paper meeting: what the record says goes in, what it decided is counted, a second person confirms."""

import io
import uuid

import pikepdf
import pytest
from django.test import Client

from proposals.committee.minutes import drawing
from proposals.committee.reading.whole import Reading
from proposals.models import PaperRecord, Person, Upload
from tests.committee.chamber import MEMBERS, VICE, Chamber, state_of
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def scan() -> io.BytesIO:
    """A one-page PDF."""
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(file)
    file.seek(0)
    file.name = "记录.pdf"
    return file


def test_a_paper_meeting_is_entered_by_form_and_takes_effect_when_confirmed():
    room = Chamber()
    case = room.scheduled()
    room.plan(days=0)
    first, second = room.put(case), room.put(title="甲办法")
    sent = {
        "key": str(uuid.uuid4()), "held_on": room.office.now.date().isoformat(), "seq": "3", "number": "记录3号",
        "present": [room.member(who) for who in MEMBERS[:7]], "clean": "on", "scan": scan(),
        "on_leave": [room.member(MEMBERS[7])], "leave_reason": "因公外出",
        f"motion-{first.uuid}": "AS_AMENDED", f"amendment-{first.uuid}": "职责第二条按会议意见修改。",
        f"method-{first.uuid}": "NO_OBJECTION", f"against_by-{first.uuid}": [room.member(MEMBERS[3])],
        f"motion-{second.uuid}": "AS_PROPOSED", f"method-{second.uuid}": "HANDS",
        f"in_favour-{second.uuid}": "3", f"against-{second.uuid}": "4",
    }  # fmt: skip
    address = f"/meetings/{room.meeting.uuid}/paper/"
    assert signed_in("bianban1").post(address, {**sent, "clean": "", "scan": scan()}).status_code == 422
    answer = signed_in("bianban1").post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    record = PaperRecord.objects.get()
    assert Upload.objects.filter(sha256=record.evidence[0], purpose="MEETING_SCAN").exists()
    room.office.enter("confirm_record", "bianban2", record=str(record.uuid))
    first, second = room.fresh(first), room.fresh(second)
    assert (first.outcome, first.tally["in_favour"], first.amendment[:2]) == ("AMENDED", 6, "职责")
    assert (second.outcome, second.tally["against"], state_of(case)) == ("DEFERRED", 4, "APPROVED_AMENDED")
    assert room.now.seq == 3
    told = drawing.record(Reading(room.now))
    assert [(one["name"], one["reason"]) for one in told["leave"]] == [("委员五", "因公外出")]
    assert [one["name"] for one in told["absent"]] == ["编办主任"]


def test_who_was_there_is_not_on_leave_and_a_vice_chair_presides_by_delegation():
    room = Chamber()
    room.plan(days=0)
    item = room.put(title="甲办法")
    there = [room.member(who) for who in MEMBERS[1:7]]
    sent = {
        "key": str(uuid.uuid4()), "held_on": room.office.now.date().isoformat(), "seq": "3", "number": "记录3号",
        "present": there, "on_leave": there[-1:], "clean": "on",
        f"motion-{item.uuid}": "AS_PROPOSED", f"method-{item.uuid}": "NO_OBJECTION",
    }  # fmt: skip
    address = f"/meetings/{room.meeting.uuid}/paper/"
    wrong = signed_in("bianban1").post(address, {**sent, "scan": scan()}).content.decode()
    assert "委员四已列为到会，不能同时列为请假" in wrong
    assert "编委主任未到会，请选择受委托主持会议的副主任" in wrong
    right = {**sent, "on_leave": [], "presiding": room.member(VICE), "scan": scan()}
    assert "请填写书面委托情况" in signed_in("bianban1").post(address, right).content.decode()
    delegated = {**right, "delegation": "主任因公外出，书面委托。", "scan": scan()}
    assert signed_in("bianban1").post(address, delegated).status_code == 302
    room.office.enter("confirm_record", "bianban2", record=str(PaperRecord.objects.get().uuid))
    assert drawing.record(Reading(room.now))["meeting"]["presiding"]["member"] == room.member(VICE)


def test_the_second_person_sees_everything_before_confirming():
    room = Chamber()
    case = room.scheduled()
    room.plan(days=0)
    first, second, third = room.put(case), room.put(title="甲办法"), room.put(type="NOTICE", title="丙通报")
    line = case.lines.get()
    sent = {
        "key": str(uuid.uuid4()), "held_on": room.office.now.date().isoformat(), "seq": "3", "number": "记录3号",
        "present": [room.member(who) for who in MEMBERS[1:6]], "clean": "on", "scan": scan(),
        "on_leave": [room.member(who) for who in MEMBERS[6:8]], "leave_reason": "因公外出",
        f"leave-{room.member(MEMBERS[7])}": "住院", "presiding": room.member(VICE), "delegation": "主任书面委托。",
        f"motion-{first.uuid}": "AS_AMENDED", f"amendment-{first.uuid}": "职责第二条按会议意见修改。",
        f"line-{line.uuid}": "1", f"method-{first.uuid}": "NO_OBJECTION",
        f"against_by-{first.uuid}": [room.member(MEMBERS[3])], f"recused-{first.uuid}": [room.member(MEMBERS[4])],
        f"motion-{second.uuid}": "AS_PROPOSED", f"method-{second.uuid}": "HANDS",
        f"in_favour-{second.uuid}": "3", f"against-{second.uuid}": "2", f"note-{third.uuid}": "会议听取了通报。",
    }  # fmt: skip
    answer = signed_in("bianban1").post(f"/meetings/{room.meeting.uuid}/paper/", sent)
    assert answer.status_code == 302
    record = PaperRecord.objects.get()
    page = signed_in("bianban2").get(f"/paper-records/{record.uuid}/").content.decode()
    upload = Upload.objects.get(sha256=record.evidence[0])
    for words in (
        f"/uploads/{upload.uuid}/", "应到 9 人", "副主任一", "主任书面委托。", "请假：因公外出", "请假：住院", "缺席",
        "反对的委员", "委员一", "回避", "委员二（会议记录载明回避）", "同意修改案，一致同意（无异议）", "职责第二条按会议意见修改。",
        "赞成3票、反对2票、弃权0票", "暂缓", "会议听取了通报。", "第几次会议",
    ):  # fmt: skip
        assert words in page, words
    assert signed_in("bianban2").get(f"/uploads/{upload.uuid}/").status_code in (200, 404)


def test_votes_by_name_are_typed_one_by_one_shown_to_the_second_person_and_stand_in_the_record():
    room = Chamber()
    room.plan(days=0)
    first, second = room.put(title="甲办法"), room.put(title="乙办法")
    there = [room.member(who) for who in MEMBERS]
    sent = {
        "key": str(uuid.uuid4()), "held_on": room.office.now.date().isoformat(), "seq": "3", "number": "记录3号",
        "present": there[:8], "clean": "on",
        f"motion-{first.uuid}": "AS_PROPOSED", f"method-{first.uuid}": "NAMED",
        f"motion-{second.uuid}": "AS_PROPOSED", f"method-{second.uuid}": "HANDS", f"in_favour-{second.uuid}": "8",
    }  # fmt: skip
    address, clerk = f"/meetings/{room.meeting.uuid}/paper/", signed_in("bianban1")

    def answer(**more):
        return clerk.post(address, {**sent, **more, "scan": scan()})

    assert "请逐人选择各委员的表决意见" in answer().content.decode()
    said = {f"vote-{member}-{first.uuid}": "FOR" for member in there[:5]}
    said |= {f"vote-{there[5]}-{first.uuid}": "AGAINST", f"vote-{there[6]}-{first.uuid}": "ABSTAIN"}
    assert "未到会，不能填写表决意见" in answer(**said, **{f"vote-{there[8]}-{first.uuid}": "FOR"}).content.decode()
    aside = answer(**said, **{f"recused-{first.uuid}": there[5]})
    assert "已回避本议题，不能填写表决意见" in aside.content.decode()
    assert "请选择记名表决" in answer(**said, **{f"vote-{there[0]}-{second.uuid}": "FOR"}).content.decode()
    assert answer(**said).status_code == 302
    record = PaperRecord.objects.get()
    shown = signed_in("bianban2").get(f"/paper-records/{record.uuid}/").content.decode()
    assert "记名表决" in shown and "反对的委员" in shown and "弃权的委员" in shown
    room.office.enter("confirm_record", "bianban2", record=str(record.uuid))
    voted = room.fresh(first).rounds.get()
    named = {str(one.member.member): one.value for one in voted.ballots.select_related("member")}
    assert (voted.method, len(named), named[there[5]], named[there[6]]) == ("NAMED", 7, "AGAINST", "ABSTAIN")
    assert (room.fresh(first).outcome, room.fresh(second).outcome) == ("APPROVED", "APPROVED")
    assert clerk.get(f"/meetings/{room.meeting.uuid}/").status_code == 200
    assert list(chains.findings()) == []
