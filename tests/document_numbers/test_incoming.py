"""The incoming register: every number once in a territory, kept through returns, with the numbers of what came in."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from docs_templates.models import FrozenPaper
from proposals.models import Proposal
from tests.papers_bound import road
from tests.stories.town import CLERK, SECOND, Town
from workflows.audit.reading import chains

CHARTER = {"op": "CHARTER", "body": "演示街道"}


def sent(town: Town, title: str = "关于修订三定规定的动议") -> Proposal:
    case = town.draft("SANDING_REVISE", CHARTER, title=title)
    town.step(case, "send_to_office")
    return case


def test_a_case_that_comes_in_again_keeps_its_first_number(town: Town) -> None:
    case, other = sent(town), sent(town, "关于另一件事的动议")
    town.step(
        case,
        "register_incoming",
        incoming_number="收[2026]7号",
        paper_number="演街发[2026]3号",
        paper_dated="2026-03-09",
    )
    assert road.now(case).number == "收〔2026〕7号"
    town.step(case, "return_for_correction", reason="请补充材料。")
    town.step(case, "resend")
    page = town.visitor(SECOND).open(f"/cases/{case.uuid}/steps/register_incoming/")
    assert "收〔2026〕7号（首次登记时编定，再次登记沿用）" in page.words
    (form,) = [one for one in page.page.forms if "paper_number" in one.fields]
    assert "incoming_number" not in form.fields and form.fields["paper_number"] == "演街发〔2026〕3号"
    page.press("收文登记")
    assert road.now(case).number == "收〔2026〕7号"
    town.office.take(road.now(case), "return_for_correction", CLERK, reason="再补。")
    town.office.take(road.now(case), "resend", CLERK)
    entry = town.office.take(road.now(case), "register_incoming", CLERK, incoming_number="收〔2026〕8号")
    assert road.now(case).number == "收〔2026〕7号" and "收〔2026〕7号" in entry.body
    form = town.visitor(CLERK).open(f"/cases/{other.uuid}/steps/register_incoming/").page.forms[-1]
    assert form.fields["incoming_number"] == "收〔2026〕8号"


def test_the_second_clerk_gets_a_sentence_and_the_next_number(town: Town) -> None:
    first, second = sent(town), sent(town, "关于另一件事的动议")
    town.step(first, "register_incoming", incoming_number="收〔2026〕1号")
    page = town.visitor(SECOND).open(f"/cases/{second.uuid}/steps/register_incoming/")
    page.press("收文登记", status=422, incoming_number="收（2026）第01号").refuses(
        "请改用下一个号。下一个号是收〔2026〕2号"
    )
    page.press("收文登记", status=422, incoming_number="")
    page.press("收文登记", status=422, incoming_number="收" * 41).refuses("收文登记号过长")
    page.press("收文登记", status=422, incoming_number="收〔2026〕2号", paper_dated="2026-03-11").refuses(
        "来文日期晚于收文日期"
    )
    page.press("收文登记", incoming_number="收〔2026〕2号", paper_dated="2026-03-10")


def test_the_database_holds_a_number_once_in_a_territory(town: Town) -> None:
    first, second = sent(town), sent(town)
    town.step(first, "register_incoming", incoming_number="1")
    rows = Proposal.objects.filter(pk=second.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(number="1", number_key="1")
    rows.update(territory=town.office.city, number_key="1")
    rows.update(territory=town.office.district, number_key="")


def test_number_and_day_of_what_came_in_stand_on_the_slip_and_in_the_book(town: Town) -> None:
    case = town.draft("SANDING_REVISE", CHARTER)
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/facts/")
    page.press("保存草稿", paper_number="演街发〔2026〕3号", paper_dated="2026-03-09")
    town.step(case, "send_to_office")
    town.step(case, "register_incoming")

    facts = FrozenPaper.objects.get(subject_uuid=case.uuid, slug="shouwen").facts
    assert '"paper_number":"演街发〔2026〕3号"' in facts and '"paper_dated":"2026-03-09"' in facts
    clerk = town.visitor(CLERK)
    assert "演街发〔2026〕3号" in clerk.open("/incoming/").words and "2026年3月9日" in clerk.words
    exported = clerk.open("/incoming/?export=csv").response.content.decode("utf-8-sig")
    assert "来文字号,来文日期" in exported and "演街发〔2026〕3号,2026-03-09" in exported
    assert "演街发〔2026〕3号" in clerk.open(f"/cases/{case.uuid}/").words


def test_the_audit_names_a_number_that_was_entered_twice(town: Town) -> None:
    first, second = sent(town, "甲事项"), sent(town, "乙事项")
    town.step(first, "register_incoming", incoming_number="1")
    Proposal.objects.filter(pk=second.pk).update(number="1", number_key="1#2")
    assert "收文登记号1登记了两次：「甲事项」「乙事项」。" in list(chains.findings())
    Proposal.objects.filter(pk=second.pk).update(number="2", number_key="3")
    assert "事项「乙事项」：收文登记号2的查重值不符。" in list(chains.findings())
    Proposal.objects.filter(pk=second.pk).update(number="", number_key="")
