"""Cases are found by every word that they say now, by nobody who may not read them, and along an index."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.case import drafts, search
from proposals.models import CaseTerm, Proposal
from proposals.text import terms
from tests import builders
from tests.databases import Database
from tests.web.test_growing import scanned
from workflows.audit import words


def by(text: str) -> set[int]:
    return set(search.found(Proposal.objects.all(), text).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("text", "asked", "has"),
    [
        ("设立大数据中心", "大数据", True), ("设立大数据中心", "数大", False), ("设立大数据中心", "心", True),
        ("设立大数据中心", "设", True), ("设立大数据中心", "立中", False), ("海编发〔2026〕5号", "海编发[2026]5号", True),
        ("海编发〔2026〕15号", "5号", False), ("ＡＢ股", "ab", True), ("AB股", "a", False), ("甲，乙", "甲乙", False),
        ("甲\u200b乙", "甲乙", True), ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ", True),
    ],
)  # fmt: skip
def test_a_text_has_the_pairs_and_words_that_are_asked_of_it(text: str, asked: str, has: bool) -> None:
    found = terms.of([text])
    places = terms.sought(asked)
    assert places and all(any(term in place for term in found) for place in places) is has


def test_what_has_no_word_in_it_asks_for_nothing_and_a_long_text_not_without_end() -> None:
    assert terms.sought("，。 〔〕") == ()
    assert len(terms.sought("".join(map(chr, range(0x4E00, 0x4F00))))) == terms.MOST


@pytest.mark.django_db
def test_a_case_is_found_by_what_it_says_now_and_no_longer_by_what_it_said() -> None:
    office = builders.office_with_law()
    body = builders.add_body(office, "演示街道", category="STREET")
    line = {"op": "CHARTER", "body": body.uuid, "body_name": "演示街道", "params": {"name": "综合保障"}}
    case = builders.draft(office, "SANDING_REVISE", [line], title="关于大数据中心的动议")
    other = builders.draft(office, "SANDING_REVISE", [line], title="关于数字档案的动议")
    assert by("大数据 三定") == {case.pk} and by("三定 演示街道") == {case.pk, other.pk} == by("综合保障")
    assert by("逐项论证") == by("倾斜编制") == by("2019") == {case.pk, other.pk}  # answers and bases
    assert by("大数据 档案") == by("没有的词") == by("，") == set()

    case = drafts.save_fields(case=case.uuid, seen=case.concern, fields={"title": "关于云平台的动议", "summary": ""})
    assert by("大数据") == set() and by("云平台") == {case.pk}
    case = drafts.save_lines(case=case.uuid, seen=case.concern, lines=[{**line, "params": {}, "remark": "甲方"}])
    assert by("综合保障") == {other.pk} and by("甲方") == {case.pk}
    upload = case.uploads.first()
    drafts.drop_upload(case=case.uuid, seen=case.concern, upload=upload.uuid)
    for one in Proposal.objects.all():
        assert list(words.terms(one)) == []


@pytest.mark.django_db
def test_a_step_writes_what_it_says_and_the_audit_names_what_is_not_so() -> None:
    office = builders.office_with_law()
    body = builders.add_body(office, "演示街道", category="STREET")
    case = builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}])
    before = search.said(case)
    case.number = "收〔2026〕77号"
    case.save()
    assert len(list(words.terms(case))) == 1
    search.follow(case, before)
    assert by("收〔2026〕77号") == {case.pk} and list(words.terms(case)) == []
    with CaptureQueriesContext(connection) as asked:
        search.follow(case, search.said(case))
        search.follow(office.district, search.said(office.district))
    assert not asked.captured_queries
    CaseTerm.objects.filter(pk=case.terms.first().pk).delete()
    CaseTerm.objects.create(case=case, term=5)
    assert [re.sub(r"\d+", "N", one)[:7] for one in words.terms(case)] == ["检索词缺N个，", "检索词多出N个"]


@pytest.mark.django_db
def test_the_rarest_word_leads(monkeypatch) -> None:
    often = {range(term, term + 1): n for n, term in enumerate(sorted(terms.of(["大数据"])))}
    monkeypatch.setattr(search, "_often", lambda place: -often[place])
    sql = str(search.found(Proposal.objects.all(), "大数据").query)
    leading = sql.rpartition("IN (SELECT")[2]
    assert f"= {max(term for place in terms.sought('大数据') for term in place)})" in leading


def test_a_search_reads_the_cases_of_its_words_along_an_index(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_often", lambda place: 0)  # counted on the usual database, which is not this one
    rows = Proposal.objects.filter(path__startswith="/a/b/").order_by("-pk")
    for text in ("大数据 核增", "街"):
        narrowed = search.found(rows, text)
        assert scanned(narrowed[:21], database) == []
        assert "cases_of_a_term" in narrowed[:21].using(database.alias).explain()
