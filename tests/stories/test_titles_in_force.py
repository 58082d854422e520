"""Titles of papers on a whole road: 常委会 8→6, the city grants 5, and a number that nobody but its drafter can set."""

import json

import pytest

from docs_templates.models import FrozenPaper
from proposals.models import Proposal
from tests.committee.chamber import refused
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CITY, CLERK, FULL, Town
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
MORE = {"op": "QUOTA_ADD", "body": "甲中心", "unit": FULL, "requested": 8, "params": {"source": "CITY"}}


def told(case: Proposal, slug: str) -> dict:
    return json.loads(FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=slug).order_by("version").last().facts)


def cut(town: Town, title: str) -> Proposal:
    """Carry an increase of eight to the Party committee, which makes six of it."""
    case = town.draft("STAFF_INCREASE", MORE, title=title)
    case = Life.proposed(town, Life.argued(town, case), consult=True)
    Life.decided(town, case)
    town.step(case, "refer_to_party_committee", opinion="请审定。")
    line = case.lines.get()
    town.step(case, "record_party_committee", meeting="区委常委会2026年第9次会议", **{f"values-{line.uuid}": 6})
    return road.now(case)


def test_the_request_says_six_and_the_notice_five(town: Town) -> None:
    case = cut(town, "关于核增甲中心事业编制八名的动议")
    Life.filed(town, case)
    request, minutes = told(case, "qingshi"), told(case, "jielu")
    assert request["title"].endswith("关于核增甲中心事业编制六名的请示")
    assert request["plan"] == "核增甲中心事业编制（全额拨款）6名，由20名调整为26名" and not request["sheet"]
    assert minutes["items"][0]["title"] == "关于核增甲中心事业编制八名的方案"
    assert minutes["items"][0]["resolution"] == "会议同意《关于核增甲中心事业编制八名的方案》。"
    granted = {f"granted-{case.lines.get().uuid}": 5}
    town.step(case, "city_approve", CITY, number="乌编发〔2026〕15号", **granted)
    road.issued(town.office, case)
    notice = told(case, "tongzhi")
    assert notice["title"].endswith("关于核增甲中心事业编制五名的通知")
    assert "由20名调整为25名" in notice["plan"]
    assert road.now(case).title == "关于核增甲中心事业编制八名的动议"
    words = town.visitor(CLERK).open(f"/cases/{case.uuid}/").words
    assert "关于核增甲中心事业编制五名的动议" in words and "原标题：关于核增甲中心事业编制八名的动议" in words
    assert list(chains.findings()) == []
    paper = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug="tongzhi")
    wrong = {**notice, "title": notice["title"].replace("五", "八")}
    kept = paper.get().facts
    paper.update(facts=json.dumps(wrong, ensure_ascii=False))
    assert any("标题中的八名与生效的数额不符" in one for one in chains.findings())
    paper.update(facts=kept)


def test_a_number_that_no_line_says_is_set_anew_by_the_drafter(town: Town) -> None:
    case = cut(town, "关于为甲中心窗口核增编制3名等事项的动议")
    with refused("TITLE_OPEN", "请在「标题（事由）」栏写明本件标题"):
        town.office.take(case, "draft_paper", CLERK, paper="qingshi")
    with refused("TITLE_DIFFERS", "“8名”"):
        town.office.take(case, "draft_paper", CLERK, paper="qingshi", title="关于核增甲中心编制8名的请示")
    town.signed(case, "qingshi", title="关于核增甲中心编制6名的请示")
    town.step(case, "allot_number", paper="qingshi")
    assert told(case, "qingshi")["title"].endswith("关于核增甲中心编制6名的请示")
    assert road.now(case).retitled["title"] == "关于核增甲中心编制6名的请示"
    kept = road.now(case).retitled
    Proposal.objects.filter(pk=case.pk).update(retitled={})
    assert any("重新确定的标题与办理记录不符" in one for one in chains.findings())
    Proposal.objects.filter(pk=case.pk).update(retitled=kept)
