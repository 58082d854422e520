"""The register of document numbers in the browser: a typed number, the series, what was used on paper, the book."""

from __future__ import annotations

import json

from docs_templates.models import AllocatedNumber, FrozenPaper
from tests.stories.life import Life
from tests.stories.town import CLERK, DIRECTOR, Town

CHARTER = {"op": "CHARTER", "body": "演示街道"}


def proposed(town: Town, title: str):
    return Life.proposed(town, Life.argued(town, town.draft("SANDING_REVISE", CHARTER, title=title)))


def test_no_number_stands_on_two_papers_and_the_book_tells_of_each(town: Town) -> None:
    cases = [proposed(town, f"关于修订三定规定的动议{n}") for n in "甲乙"]
    Life.decided(town, *cases)
    page = town.visitor(CLERK).open("/numbers/").follow("登记线下（作废）文号")
    page.press(
        "拟定登记线下（作废）文号",
        word="海编发",
        year=2026,
        first=2,
        last=3,
        use="PAPER",
        reason="上线前已在纸质登记簿使用",
    )
    assert "线下已用" in town.visitor(DIRECTOR).open("/rulebook/").words
    town.visitor(DIRECTOR).press("复核生效")
    for case, typed in zip(cases, ("海编发〔2026〕1号", ""), strict=True):
        town.step(case, "prepare_filing")
        town.signed(case, "beian")
        page = town.visitor(CLERK).open(f"/cases/{case.uuid}/steps/allot_number/")
        page.press("编文号", paper="beian", number="海编发〔2026〕3号", status=422).refuses("已登记为线下使用")
        page.press("编文号", paper="beian", number=typed)
    numbers = [
        json.loads(one.facts)["head"]["number"] for one in FrozenPaper.objects.filter(slug="beian").order_by("pk")
    ]
    assert numbers == ["海编发〔2026〕1号", "海编发〔2026〕4号"]
    clerk = town.visitor(CLERK).open("/numbers/?year=2026&word=海编发")
    for said in ("手工填写", "线下已用", "系统编号", "海编发〔2026〕5号", "上线前已在纸质登记簿使用", cases[1].title):
        assert said in clerk.words, said
    exported = clerk.open("/numbers/?export=csv&year=2026").response
    assert exported.status_code == 200
    AllocatedNumber.objects.filter(text="海编发〔2026〕3号").delete()
    assert "没有登记，也没有说明" in town.visitor(CLERK).open("/numbers/").words
    change = AllocatedNumber.objects.get(text="海编发〔2026〕2号").change
    twin = AllocatedNumber.objects.get(text="海编发〔2026〕2号")
    twin.pk, twin.number, twin.text, twin.key = None, 3, "海编发〔2026〕3号", "海编发〔2026〕3号"
    assert twin.change == change
    twin.save(force_insert=True)


def test_another_district_does_not_open_the_book(town: Town) -> None:
    town.visitor("bianwei2").open("/numbers/", status=403)
