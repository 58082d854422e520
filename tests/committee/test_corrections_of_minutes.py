"""更正: drawn up by one, signed by another, and held to the record like the minutes themselves."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from docs_templates.sources import meeting_notes as source
from proposals.committee.reading.whole import Reading
from proposals.models import Correction, CorrectionDraft
from tests.committee.chamber import CHAIR, VICE, Chamber, refused
from tests.committee.test_pages import address, signed_in
from workflows.audit.reading import chains

RESOLVED, WANTED = "议题1·议定事项", "议题1·有关要求"


def build():
    """Signed minutes of a meeting that agreed to a rule, with a slip of the pen in them."""
    room = Chamber()
    room.plan()
    room.item = room.put(title="甲办法")
    room.call()
    room.open()
    room.decide(room.item, dissent={"bianwei4": "AGAINST"})
    room.take("close_meeting")
    room.take("draft_minutes")
    texts = {"conditions": "由区委编办督促，年低前完成，请各单位年低前上报。", "discussion": "应到9人，赞成8票。"}
    room.take("edit_wording", wording={"items": {str(room.item.uuid): texts}})
    room.take("circulate_minutes")
    room.take("sign_minutes", CHAIR)
    return room


def propose(room, who="bianban1", *, place=WANTED, before="年低前完成", after="年底前完成"):
    room.take("propose_correction", who, place=place, before=before, after=after, reason="错字")
    return str(room.now.correction_drafts.latest("pk").uuid)


def test_one_draws_up_and_another_signs_and_both_names_stand(room):
    digest = room.now.newest_minutes.digest
    drawn = propose(room)
    assert room.now.corrections.count() == 0
    room.take("correct_minutes", CHAIR, correction=drawn)
    one = room.now.corrections.get()
    assert (one.n, one.proposed_by[:3], one.by[:4]) == (1, "经办甲", "编委主任")
    assert "经办甲" in source._corrected(one).text and "编委主任" in source._corrected(one).text
    assert room.now.newest_minutes.digest == digest
    assert list(chains.findings()) == []
    with refused("CORRECTION_SETTLED"):
        room.take("correct_minutes", VICE, correction=drawn)


def test_a_correction_waits_in_the_worklist_of_those_who_may_sign_it(room):
    propose(room, CHAIR)
    assert "纪要更正待您签发" in signed_in(VICE).get("/").content.decode()
    assert "纪要更正待您签发" not in signed_in(CHAIR).get("/").content.decode()  # whoever drew it up does not sign it


def test_the_chair_alone_corrects_nothing(room):
    drawn = propose(room, CHAIR)
    with refused("SAME_PERSON", "拟定人不能签发自己拟定的更正"):
        room.take("correct_minutes", CHAIR, correction=drawn)
    with refused("FACT_MISSING"):
        room.take("correct_minutes", CHAIR, place=WANTED, before="年低前完成", after="年底前完成", reason="错字")
    room.take("correct_minutes", VICE, correction=drawn)


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        (RESOLVED, "会议同意", "会议不同意"),
        ("议题1·讨论情况", "赞成8票", "赞成9票"),
        ("议题1·讨论情况", "应到9人", "应到10人"),
        ("开头", "区委书记、区委编委主任编委主任主持", "副主任一主持"),
        (WANTED, "由区委编办督促", "委员二请假，由区委编办督促"),
    ],
)
def test_no_correction_says_otherwise_than_the_record(room, place, before, after):
    with refused("CONTRADICTION", "更正只改文字错误，不能改变会议记录"):
        propose(room, place=place, before=before, after=after)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("NOT_IN_MINUTES", {"before": "没有的话"}),
        ("NOT_IN_MINUTES", {"place": RESOLVED}),
        ("NO_SUCH_PLACE", {"place": "议题9"}),
        ("NOT_ONCE", {"before": "年低前"}),
        ("NOTHING_CORRECTED", {"after": "年低前完成"}),
    ],
)
def test_a_correction_names_words_that_stand_once_at_their_place(room, code, words):
    with refused(code):
        propose(room, **words)


def test_of_two_corrections_the_second_is_held_to_what_the_first_left(room):
    first, second = propose(room), propose(room, after="十二月底前完成")
    room.take("correct_minutes", CHAIR, correction=first)
    with refused("NOT_IN_MINUTES"):
        room.take("correct_minutes", CHAIR, correction=second)
    room.take("decline_correction", CHAIR, correction=second, reason="已更正")
    assert CorrectionDraft.objects.get(uuid=second).status == "DECLINED"
    third = propose(room, before="年低前上报", after="年底前上报")
    room.take("correct_minutes", CHAIR, correction=third)
    assert [one.n for one in room.now.corrections.all()] == [1, 2]


def test_the_database_and_the_audit_want_two_people(room):
    room.take("correct_minutes", CHAIR, correction=propose(room))
    one = Correction.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(proposer=one.signed_by)
    Correction.objects.update(after="明年完成")
    assert "更正第1号的内容与办理记录不符" in "".join(chains.findings())
    Correction.objects.update(after="年底前完成", proposed_by="别人")
    assert "更正第1号没有由两人办理" in "".join(chains.findings())
    Correction.objects.update(n=2)
    assert "更正第2号没有办理记录" in "".join(chains.findings())


def test_it_is_drawn_up_and_signed_in_the_browser(room):
    clerk, chair = signed_in("bianban1"), signed_in(CHAIR)
    page = clerk.get(address(room, "minutes/steps/propose_correction/")).content.decode()
    assert f'<option value="{WANTED}">' in page
    sent = {"key": str(uuid.uuid4()), "seen": room.now.concern, "place": WANTED, "reason": "错字"}
    words = {"before": "年低前完成", "after": "年底前完成"}
    assert clerk.post(address(room, "minutes/steps/propose_correction/"), {**sent, **words}).status_code == 302
    drawn = CorrectionDraft.objects.get()
    assert "更正须由两人办理" in clerk.get(address(room, "minutes/")).content.decode()
    assert f"correct_minutes/?correction={drawn.uuid}" in chair.get(address(room, "minutes/")).content.decode()
    place = address(room, "minutes/steps/correct_minutes/")
    form = chair.get(place, {"correction": drawn.uuid}).content.decode()
    assert "年低前完成" in form and "经办甲" in form and 'type="hidden" name="correction"' in form
    signed = {"key": str(uuid.uuid4()), "seen": room.now.concern, "correction": str(drawn.uuid)}
    assert chair.post(place, signed).status_code == 302
    text = clerk.get(address(room, "minutes/")).content.decode()
    assert "更正第 1 号" in text and "经办甲" in text and "所拟更正" not in text
    assert clerk.get(address(room, "steps/correct_minutes/")).status_code == 404


def test_the_only_one_that_waits_is_shown_in_its_sentence_without_choosing(room):
    drawn = propose(room, before="年低前完成", after="年底前完成")
    page = signed_in(CHAIR).get(address(room, "minutes/steps/correct_minutes/")).content.decode()
    assert f'type="hidden" name="correction" value="{drawn}"' in page
    assert "第一项议题的有关要求" in page and WANTED not in page
    sentence = "由区委编办督促，{}，请各单位年低前上报。"
    assert sentence.format("<del>年低前完成</del>") in page and sentence.format("<ins>年底前完成</ins>") in page
    assert "错字" in page and "经办甲" in page


def test_of_two_that_wait_both_are_shown_and_one_is_chosen(room):
    own, other = propose(room, CHAIR), propose(room, before="年低前上报", after="年底前上报")
    another = propose(room, VICE, place=RESOLVED, before="会议", after="本次会议")
    step = address(room, "minutes/steps/correct_minutes/")
    page = signed_in(CHAIR).get(step).content.decode()
    assert page.count("<del>") == 2 and 'type="hidden" name="correction"' not in page
    assert "<del>年低前上报</del>" in page and "<del>会议</del>同意《甲办法》。" in page
    sent = {"key": str(uuid.uuid4()), "seen": room.now.concern}
    assert signed_in(CHAIR).post(step, sent).status_code == 422
    assert signed_in(CHAIR).post(step, {**sent, "correction": another}).status_code == 302
    waiting = room.now.correction_drafts.filter(status="WAITING").values_list("uuid", flat=True)
    assert set(map(str, waiting)) == {own, other}


def test_the_paper_names_the_place_in_words_and_an_excerpt_only_what_concerns_it(room):
    room.take("correct_minutes", CHAIR, correction=propose(room))
    told = [one.text for one in source.Notes(Reading(room.now), "").remarks]
    assert len(told) == 1 and told[0].startswith("更正第1号：第一项议题的有关要求原为“年低前完成”，")
    case = str(uuid.uuid4())
    assert source.Notes(Reading(room.now), case).remarks == ()
    Correction.objects.update(place="开头")
    assert "更正第1号：纪要开头原为" in source.Notes(Reading(room.now), case).remarks[0].text
