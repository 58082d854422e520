"""拟稿 → 核稿 → 签发: three people, one text; what was signed is what is numbered and printed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import transaction

from docs_templates.models import FrozenPaper
from proposals.models import Manuscript, Proposal, Setting
from tests.committee.chamber import CHAIR, refused
from tests.papers_bound import road
from tests.stories.town import CLERK, DIRECTOR, REVIEWER, SECOND, Town
from workflows.audit.reading import chains


def told(case, slug: str):
    """Read back the newest facts of a paper."""
    return json.loads(FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=slug).last().facts)


def begin(town: Town) -> Proposal:
    """Bring a matter to the paper that goes up."""
    found = town.draft("INTERNAL_RENAME", {"op": "RENAME_INNER", "body": "综合股", "params": {"name": "综合业务股"}})
    town.office.take(found, "send_small", CLERK)
    town.office.take(found, "decide_by_office", DIRECTOR)
    town.office.take(found, "prepare_filing", CLERK)
    return road.now(found)


def test_a_paper_passes_three_hands_before_it_is_numbered(town: Town, case) -> None:
    take = town.office.take
    with refused("NOT_SIGNED", "《备案报告》还没有签发"):
        take(case, "allot_number", CLERK, paper="beian")
    take(case, "draft_paper", CLERK, paper="beian")
    with refused("NO_MANUSCRIPT", "没有待签发的文稿"):
        take(case, "sign_paper", DIRECTOR, paper="beian")
    with refused("NOT_YOURS", "「核稿」由"):
        take(case, "review_paper", SECOND, paper="beian")
    take(case, "review_paper", REVIEWER, paper="beian")
    with refused("NOT_YOUR_PAPER", "《备案报告》由编办主任办理"):
        take(case, "sign_paper", CHAIR, paper="beian")
    take(case, "sign_paper", DIRECTOR, paper="beian")
    signed_on = town.office.now.date()
    town.pass_days(3)
    take(case, "allot_number", CLERK, paper="beian")
    paper = told(case, "beian")
    assert paper["signer"] == "编办主任" and paper["dated"] == signed_on.isoformat()
    assert paper["head"]["printed_on"] == town.office.now.date().isoformat() != paper["dated"]
    assert case.manuscripts.get().stage == Manuscript.Stage.NUMBERED


def test_nobody_takes_two_of_the_three_hands(town: Town, case) -> None:
    take = town.office.take
    take(case, "draft_paper", CLERK, paper="beian")
    take(case, "review_paper", DIRECTOR, paper="beian")
    with refused("SAME_PERSON", "您是这份文稿的核稿人"):
        take(case, "sign_paper", DIRECTOR, paper="beian")


def test_what_changed_after_signing_is_signed_anew(town: Town, case) -> None:
    road.signed(town.office, case, "beian")
    town.office.district.telephone = "0473-7654321"
    town.office.district.save()
    with refused("MANUSCRIPT_STALE", "签发后事项内容有变化"):
        town.office.take(case, "allot_number", CLERK, paper="beian")
    road.numbered(town.office, case, "beian")
    assert told(case, "beian")["telephone"] == "0473-7654321"
    assert [one.stage for one in case.manuscripts.all()] == [Manuscript.Stage.REPLACED, Manuscript.Stage.NUMBERED]


def test_the_words_may_be_edited_the_figures_and_names_may_not(town: Town, case) -> None:
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/papers/beian/")
    key = page.page.xpath("//textarea/@name[starts-with(., 'sections.')]")[0]
    page.press("拟稿", status=422, **{key: "本事项拟核增99名，并调整乙中心。"})
    page.refuses("数字99在本件依据的事实中没有")
    page.refuses("提到的乙中心与本事项无关")
    page.press("拟稿", **{key: "本事项系规范内设机构名称，不涉及编制。"})
    assert "待核稿" in town.visitor(REVIEWER).open("/").words
    town.visitor(REVIEWER).open(f"/cases/{case.uuid}/papers/beian/").press("核稿")
    assert "待签发" in town.visitor(DIRECTOR).open("/").words
    town.visitor(DIRECTOR).open(f"/cases/{case.uuid}/papers/beian/").press("退回改稿", reason="请写明规范名称的依据。")
    own = town.visitor(CLERK).open("/")
    assert "请写明规范名称的依据。" in own.words
    again = own.open(f"/cases/{case.uuid}/papers/beian/")
    assert "本事项系规范内设机构名称，不涉及编制。" in again.words  # nothing of the draft is lost
    again.press("拟稿")
    for who, word in ((REVIEWER, "核稿"), (DIRECTOR, "签发")):
        town.visitor(who).open(f"/cases/{case.uuid}/papers/beian/").press(word)
    town.step(case, "allot_number", paper="beian")
    said = [text for one in told(case, "beian")["sections"] for text in one["paragraphs"]]
    assert "本事项系规范内设机构名称，不涉及编制。" in said


def test_a_paper_can_be_looked_at_before_it_is_signed(town: Town, case) -> None:
    town.step(case, "draft_paper", paper="beian")
    shown = town.visitor(DIRECTOR).client.get(f"/cases/{case.uuid}/papers/beian/preview/")
    assert shown["Content-Type"] == "application/pdf" and shown.content.startswith(b"%PDF")


def test_a_small_office_lets_the_drafter_review(town: Town, case) -> None:
    value = {"reviewers": [], "committee_signers": ["COMMITTEE_CHAIR"], "office_signers": ["OFFICE_DIRECTOR"]}
    row = Setting.objects.get(topic=Setting.Topic.SIGNING, key="beian")
    change = {"topic": "SIGNING", "item": "beian", "value": value, "citation": "人员少", "since": "2026-03-01"}
    town.office.change("change_setting", **change, row=str(row.uuid))
    town.office.take(case, "draft_paper", CLERK, paper="beian")
    town.office.take(case, "sign_paper", DIRECTOR, paper="beian")
    town.office.take(case, "allot_number", CLERK, paper="beian")
    assert told(case, "beian")["signer"] == "编办主任"


def test_where_no_rule_asks_for_it_nobody_is_printed_as_signer(town: Town, case) -> None:
    row = Setting.objects.get(topic=Setting.Topic.SIGNING, key="beian")
    town.office.change("end_provision", table="change_setting", row=str(row.uuid), until="2026-03-01")
    with refused("NO_SIGNING_RULE", "没有规定《备案报告》的审签"):
        town.office.take(case, "draft_paper", CLERK, paper="beian")
    town.office.take(case, "allot_number", CLERK, paper="beian")
    assert told(case, "beian")["signer"] == ""


def test_a_number_is_not_older_than_its_signature(town: Town, case) -> None:
    road.signed(town.office, case, "beian")
    with refused("BEFORE_SIGNING", "编号日期不能早于签发日期"):
        town.office.take(case, "allot_number", CLERK, paper="beian", happened_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"wording": {"sections.0": "别的话"}}, "文稿的文字与办理记录不符"),
        ({"digest": "0" * 64}, "印制的内容与签发的文稿不符"),
        ({"reviewed_by": None}, "文稿的拟稿、核稿、签发与办理记录不符"),
        ({"stage": "RETURNED"}, "签发文稿已不存在或被改动"),
    ],
)
def test_the_audit_sees_a_manuscript_that_was_touched(town: Town, case, change, said: str) -> None:
    road.numbered(town.office, case, "beian")
    with transaction.atomic():
        case.manuscripts.update(**change)
        assert any(said in one for one in chains.findings())
        transaction.set_rollback(True)
