"""One register of document numbers: what is given, typed, told and used on paper stands there once."""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from docs_templates.models import AllocatedNumber, FrozenPaper, NumberSeries
from proposals.models import Proposal
from tests.committee.chamber import Chamber, refused
from tests.papers_bound import road
from tests.web.conftest import undone
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
WORD = "海编发"


class Desk(Chamber):
    """A chamber whose cases come to where their papers get numbers."""

    cases: list[Proposal]

    def decided(self, *titles: str) -> list[Proposal]:
        """Let the committee decide cases and bring them to the paperwork."""
        cases = [self.scheduled(f"关于修订{one}“三定”规定的动议", body=one) for one in titles]
        self.plan()
        items = [self.put(case) for case in cases]
        self.call()
        self.open()
        for item in items:
            self.decide(item)
        self.sign()
        for case in cases:
            self.office.take(case, "prepare_filing", "bianban1")
            road.signed(self.office, case, "beian")
        return [road.now(case) for case in cases]

    def told(self, case: Proposal, number: str) -> None:
        """Sign the paper anew in the name of the Party committee, and enter the number of its office."""
        self.office.take(case, "return_paper", "hegao", paper="beian", reason="改以区委名义行文。")
        road.signed(self.office, case, "beian", in_party_name=True)
        self.office.take(case, "record_external_number", "bianban1", paper="beian", number=number)

    def number(self, case: Proposal, typed: str = "", **facts) -> str:
        given = {"number": typed} if typed else {}
        self.office.take(case, "allot_number", "bianban1", paper="beian", **given, **facts)
        return road.now(case).numbers["beian"]


@pytest.fixture(scope="module")
def sat(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Desk]:
    """Let the committee decide three cases once for the module; everything is undone at its end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        desk = Desk()
        desk.cases = desk.decided("甲街道", "乙街道", "丙街道")
        yield desk


@pytest.fixture
def desk(sat: Desk, db: None) -> Desk:
    """Lend the desk to one test."""
    return copy.deepcopy(sat)


def printed() -> list[str]:
    return [json.loads(one.facts)["head"]["number"] for one in FrozenPaper.objects.filter(slug="beian").order_by("pk")]


def run(desk: Desk, first: int, last: int, use: str = "PAPER", year: int = 2026) -> None:
    desk.office.change("enter_numbers", word=WORD, year=year, first=first, last=last, use=use)


def test_a_typed_number_is_taken_in_its_series_and_passed_over(desk: Desk) -> None:
    first, second, third = desk.cases
    assert desk.number(first, "海编发[2026]第01号") == f"{WORD}〔2026〕1号"
    with refused("NUMBER_TAKEN", "已经用过"):
        desk.number(second, "海编发（２０２６）1号")
    assert desk.number(second) == f"{WORD}〔2026〕2号"
    entry = desk.office.take(third, "allot_number", "bianban1", paper="beian", number=f"{WORD}〔2026〕9号")
    assert "passed_over" not in entry.body
    assert printed() == [f"{WORD}〔2026〕{n}号" for n in (1, 2, 9)]
    assert NumberSeries.objects.get(word=WORD).last == 2
    assert list(chains.findings()) == []


def test_numbers_used_on_paper_are_entered_and_the_series_goes_on_after_them(desk: Desk) -> None:
    first, second, _ = desk.cases
    run(desk, 1, 7)
    run(desk, 9, 9, use="VOID")
    with refused("NUMBER_TAKEN", "已登记为线下使用"):
        desk.number(first, f"{WORD}〔2026〕7号")
    with refused("NUMBER_TAKEN", "已作废（测试）"):
        desk.number(first, f"{WORD}〔2026〕9号")
    assert desk.number(first) == f"{WORD}〔2026〕8号"
    entry = desk.office.take(second, "allot_number", "bianban1", paper="beian")
    assert road.now(second).numbers["beian"] == f"{WORD}〔2026〕10号" and '"passed_over":["9"]' in entry.body
    with refused("NUMBERS", "8号已在文号登记簿中（系统编号）"):
        run(desk, 8, 12)
    with refused("NUMBERS", "8号已在文号登记簿中（系统编号）"):
        run(desk, 8, 8, use="VOID")
    run(desk, 11, 12)
    assert list(chains.findings()) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"first": 5, "last": 4}, "起止号颠倒"), ({"first": 1, "last": 2000}, "一次最多登记1000个号"),
        ({"word": "海编发〔2026〕"}, "发文代字填写有误"), ({"year": 1026}, "年份填写有误"),
    ],
)  # fmt: skip
def test_a_run_that_cannot_be_is_refused_in_words(desk: Desk, facts, said: str) -> None:
    with refused("NUMBERS", said):
        desk.office.change(
            "enter_numbers", **{"word": WORD, "year": 2026, "first": 1, "last": 2, "use": "PAPER", **facts}
        )


def test_a_series_of_a_new_year_opens_under_its_word_from_its_number(desk: Desk) -> None:
    opening = {"role": "COMMITTEE", "word": "海编委发", "year": 2026, "first": 4}
    desk.office.change("open_series", **opening)
    with refused("NUMBERS", "已经启用"):
        desk.office.change("open_series", **opening)
    case = desk.cases[0]
    assert desk.number(case) == "海编委发〔2026〕4号"
    assert AllocatedNumber.objects.filter(use="PAPER").count() == 3
    desk.office.change("open_series", **{**opening, "year": 2027, "first": 1})
    assert {(one.word, one.year, one.role) for one in NumberSeries.objects.exclude(role="")} == {
        ("海编委发", 2026, "COMMITTEE"), ("海编委发", 2027, "COMMITTEE"),
    }  # fmt: skip
    assert list(chains.findings()) == []


def test_a_number_that_was_used_before_the_change_was_confirmed_is_seen(desk: Desk) -> None:
    case = desk.cases[0]
    change = str(uuid.uuid4())
    facts = {"word": WORD, "year": 2026, "first": 1, "last": 3, "use": "PAPER"}
    desk.office.rule("enter_numbers", "bianban1", change=change, reason="测试", **facts)
    desk.number(case)
    with refused("NUMBERS", "1号已在文号登记簿中"):
        desk.office.rule("confirm_change", "zhuren", change=change)


def test_a_number_of_the_party_office_stands_once_and_counts_no_series_of_ours(desk: Desk) -> None:
    first, second, _ = desk.cases
    desk.told(first, "海党办发〔2026〕5号")
    with refused("NUMBER_TAKEN"):
        desk.told(second, "海党办发[2026]5号")
    assert NumberSeries.objects.get(word="海党办发").own is False
    assert AllocatedNumber.objects.get().use == "EXTERNAL"
    assert list(chains.findings()) == []


def test_two_districts_have_two_series_of_one_word(desk: Desk) -> None:
    case = desk.cases[0]
    desk.number(case)
    row = AllocatedNumber.objects.get()
    there = NumberSeries.objects.create(territory="/wuhai/wuda/", word=WORD, year=2026)
    twin = {"series": there, "number": 1, "text": row.text, "key": row.key, "allocated_at": row.allocated_at}
    AllocatedNumber.objects.create(territory="/wuhai/wuda/", subject_uuid=uuid.uuid4(), purpose="x", **twin)
    with pytest.raises(IntegrityError), transaction.atomic():
        AllocatedNumber.objects.create(
            **{**twin, "series": None, "number": None}, territory=row.territory, subject_uuid=uuid.uuid4(), purpose="y"
        )


DAMAGE = {
    "a number changed": (lambda: rows(use="ALLOTTED").update(text="海编发〔2026〕6号"), "查重值不符"),
    "a place changed": (lambda: rows(use="ALLOTTED").update(number=77), "与所在字号「海编发〔2026〕」77号不符"),
    "a number taken out": (lambda: rows(use="ALLOTTED").delete(), "没有登入文号登记簿"),
    "a gap": (lambda: rows(use="ALLOTTED").delete(), "缺3号，没有登记，也没有说明"),
    "a number of another case": (
        lambda: rows(use="ALLOTTED").update(subject_uuid=uuid.uuid4()), "同一文号印在两份文书上",
    ),
    "a run cut short": (lambda: rows(use="PAPER", number=2).delete(), "登记的文号已不存在或被改动"),
    "a run without reason": (lambda: rows(use="PAPER", number=2).update(reason=""), "没有两人办理的说明"),
    "a number that no paper bears": (
        lambda: rows(use="ALLOTTED").update(purpose="tongzhi", subject_uuid=Proposal.objects.latest("pk").uuid),
        "所登记的文书已不存在",
    ),
    "a number nobody uses": (lambda: rows(use="ALLOTTED").update(subject_uuid=None), "没有使用它的事项"),
}  # fmt: skip


def rows(**which):
    return AllocatedNumber.objects.filter(**which)


def test_the_audit_sees_every_damage_to_the_register(desk: Desk) -> None:
    first, second, _ = desk.cases
    run(desk, 1, 2)
    desk.number(first)
    desk.told(second, "海党办发〔2026〕5号")
    assert list(chains.findings()) == []
    for name, (damage, told) in DAMAGE.items():
        with transaction.atomic():
            damage()
            said = "\n".join(chains.findings())
            assert told in said, (name, said)
            transaction.set_rollback(True)


def test_a_letter_that_asks_for_withdrawal_takes_its_number_too(desk: Desk) -> None:
    first, second, _ = desk.cases
    letter = "海编办函〔2026〕1号"
    for case in (first, second):
        Proposal.objects.filter(pk=case.pk).update(state="FILED")
    desk.office.take(first, "request_withdrawal", "zhuren", reason="另行研究。", letter="海编办函[2026]1号")
    assert road.now(first).withdrawal["letter"] == letter
    with refused("NUMBER_TAKEN"):
        desk.office.take(second, "request_withdrawal", "zhuren", reason="另行研究。", letter=letter)
    assert AllocatedNumber.objects.get(text=letter).use == "TYPED"


def test_one_reply_of_the_city_answers_several_cases_on_its_day_and_no_other(desk: Desk) -> None:
    cases = desk.cases
    for case in cases:
        desk.number(case)
        Proposal.objects.filter(pk=case.pk).update(state="FILED")
    for case in cases[:2]:
        desk.office.take(case, "city_record", "shishenhe", number="乌编办备[2026]5号")
    desk.office.tick(days=1)
    with refused("NUMBER_TAKEN", "文号乌编办备〔2026〕5号已经用过"):
        desk.office.take(cases[2], "city_record", "shishenhe", number="乌编办备〔2026〕05号")
    desk.office.take(cases[2], "city_record", "shishenhe", number="乌编办备〔2026〕6号")
    assert [row.text for row in rows(territory="/wuhai/")] == ["乌编办备〔2026〕5号", "乌编办备〔2026〕6号"]
    assert not [said for said in chains.findings() if "文号" in said]
