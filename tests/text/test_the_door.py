"""One reading door: what a browser sends is made readable and said; what cannot be printed is named in time."""

from __future__ import annotations

import pytest
from django.urls import reverse

from proposals.models import Entry, Proposal
from tests.papers_bound import road
from tests.stories.town import CLERK, Town
from workflows.attempt import Refused
from workflows.audit.reading import chains

LINE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": "PSU_FULL", "requested": 3}


def facts_of(town: Town, case: Proposal, **typed: str):
    """Type into the page of the case's own facts."""
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/facts/")
    return page, {"leading_instruction": "批示", **typed}


def test_what_nobody_sees_is_taken_out_and_the_page_says_of_which_field(town: Town) -> None:
    case = town.opened("关于调剂\u200b编制\ufeff的动议", "STAFF_TRANSFER")
    assert road.now(case).title == "关于调剂编制的动议"
    assert "已去除不可见字符 2 处（标题），请核对。" in town.visitor(CLERK).onward().words
    page, typed = facts_of(town, case, summary="甲\u2066乙", reason="⼈⼝减少")
    page.press("保存草稿", **typed)
    said = page.onward().words
    assert "已去除不可见字符 1 处（内容摘要）；已换为规范字 2 处（缘由），请核对。" in said
    case = road.now(case)
    assert (case.summary, case.reason) == ("甲乙", "人口减少")
    assert "已去除" not in page.open(f"/cases/{case.uuid}/").words


def test_it_is_said_on_a_page_that_refuses_as_well_and_in_rows_of_a_table(town: Town) -> None:
    case = town.opened("关于调剂编制的动议", "STAFF_TRANSFER")
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/lines/")
    row = {"form-0-op": "QUOTA_TRANSFER", "form-0-body": "甲\u200b中心", "form-0-counterpart": "丁\u200b中心"}
    refused = page.press("保存草稿", status=422, **row)
    assert "已去除不可见字符 2 处（机构、对方（接收、上级）机构），请核对。" in refused.words
    assert "台账中没有「丁中心」" in refused.words and "台账中没有「甲中心」" not in refused.words


def test_what_cannot_be_printed_is_named_beside_its_field_and_nothing_is_lost(town: Town) -> None:
    case = town.opened("关于调剂编制的动议", "STAFF_TRANSFER")
    page, typed = facts_of(town, case, summary="保留的文字", background="甲\U0001f600乙\ue123")
    refused = page.press("保存草稿", status=422, **typed)
    refused.refuses("“基本情况”第2个字符", "U+1F600", "第4个字符 U+E123 不能印刷：自造字")
    assert "保留的文字" in refused.response.content.decode()
    assert road.now(case).background == ""


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"title": "关于调剂\u200b编制的动议"}, "“标题”第5个字符 U+200B"),
        ({"background": "甲\ue123"}, "“基本情况”第2个字符"),
    ],
)
def test_a_draft_that_no_paper_can_print_does_not_leave_its_drafter(town: Town, broken: dict, said: str) -> None:
    case = town.draft("STAFF_TRANSFER", LINE)
    Proposal.objects.filter(pk=case.pk).update(**broken)
    town.closed_to(case, "send_to_office").refuses(said, "请修改后再办理")
    with pytest.raises(Refused, match="请修改后再办理"):
        town.office.take(case, "send_to_office", CLERK)
    assert road.now(case).editable


def test_lines_answers_and_basis_are_asked_as_well(town: Town) -> None:
    case = town.draft("STAFF_TRANSFER", LINE)
    line = case.lines.get()
    line.remark, line.params = "说\ue123明", {"measure": "措\ue123施"}
    line.save()
    case.answers.update(text="已论\ue123证。")
    case.basis.update(title="文\ue123件")
    town.closed_to(case, "send_to_office").refuses(
        "“第1项调整事项说明”第2个字符", "“第1项调整事项解决措施”第2个字符", "“政策依据”第2个字符", "“论证“"
    )


@pytest.mark.parametrize("sign", ["\x00", "\uffff", "\u200b", "\ue123", "\U0001f600", "\ufffd"])
def test_the_one_door_takes_no_fact_that_cannot_be_read(town: Town, sign: str) -> None:
    case = town.accepted(town.draft("STAFF_TRANSFER", LINE))
    with pytest.raises(Refused) as refusal:
        town.office.take(case, "finish_argument", CLERK, conclusion=f"建议{sign}同意")
    (reason,) = refusal.value.reasons
    assert reason.code == "FACT_UNREADABLE" and "“论证结论与建议”第3个字符" in reason.message


def test_facts_within_facts_are_read_too(town: Town) -> None:
    case = town.draft("STAFF_TRANSFER", LINE)
    act = {"kind": "case", "subject": str(case.uuid), "step": "send_to_office", "facts": {"note": ["甲\u202e乙"]}}
    with pytest.raises(Refused) as refusal:
        town.office.enter("record_on_behalf", CLERK, record=str(case.uuid), title="补录", acts=[act])
    assert "FACT_UNREADABLE" in refusal.value.codes


def test_no_query_string_and_no_name_of_a_file_brings_a_nul_to_the_database(town: Town) -> None:
    client = town.visitor(CLERK).client
    for page, field in (("case_list", "q"), ("register", "q"), ("security", "kind"), ("meetings", "page")):
        assert client.get(reverse(page), {field: "甲\x00\uffff"}).status_code in (200, 403), page
    found = client.get(reverse("case_list"), {"q": "甲\x00 \U0001f600"})
    assert found.status_code == 200 and 'value="甲 \U0001f600"' in found.content.decode()


def test_a_password_is_taken_as_it_is_typed(town: Town) -> None:
    person = town.office.people[CLERK]
    person.set_password("密码\u3000四个全角空格\u3000")
    person.save()
    page = town.visitor("zhuren")
    page.client.logout()
    typed = {"username": " bianban1\u200b ", "password": "密码\u3000四个全角空格\u3000"}
    page.open("/login/").press("登录", **typed)


def test_the_audit_names_a_text_that_lies_where_nobody_can_mend_it(town: Town) -> None:
    case = town.accepted(town.draft("STAFF_TRANSFER", LINE))
    town.step(case, "finish_argument", conclusion="同意。")
    assert list(chains.findings()) == []
    Proposal.objects.filter(pk=case.pk).update(proposer="区委\u200b编办")
    assert any("“动议单位”第3个字符 U+200B" in one for one in chains.findings())


def test_the_record_of_a_step_holds_what_was_read(town: Town) -> None:
    case = town.accepted(town.draft("STAFF_TRANSFER", LINE))
    town.step(case, "finish_argument", conclusion="建议\u200b同意。\r\n第二行")
    body = Entry.objects.filter(subject_id=case.uuid).latest("seq").body
    assert "建议同意。\\n第二行" in body
