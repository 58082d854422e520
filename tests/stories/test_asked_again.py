"""A unit is asked again about changed lines, and the page shows which word was given for which lines."""

import json

from docs_templates.models import FrozenPaper
from proposals.models import Body
from tests.papers_bound import road
from tests.stories.town import CLERK, FULL, Town

LINE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}


def test_a_unit_and_a_body_are_asked_again_and_every_answer_finds_its_asking(town: Town) -> None:
    case = town.draft("STAFF_TRANSFER", LINE)
    town.accepted(case)
    inner = Body.objects.get(code="Z01-1")
    town.step(case, "ask_opinion", unit="区财政局")
    town.step(case, "ask_opinion", body=str(inner.uuid))
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/steps/record_opinion/")
    assert "针对第1次报送" in page.words and "综合股" in page.words
    town.step(case, "record_opinion", unit="区财政局", result="AGREE", text="同意划转3名。")
    town.step(case, "record_opinion", unit="综合股", result="COMMENT", text="建议缓办。")
    town.step(case, "ask_opinion", unit="", body="", status=422).refuses("请选择在册机构")
    town.lined(road.now(case), {"requested": 2})
    town.step(case, "ask_opinion", unit="区财政局")
    town.step(case, "record_opinion", unit="区财政局", result="COMMENT", text="建议减少1名。")
    shown = town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=argument").words
    assert "已失效 针对第1次报送的原方案，其后调整事项已变更" in shown
    assert "申请数：3 改为 2" in shown and "综合股（Z01-1）" in shown
    town.step(case, "finish_argument", conclusion="建议提请审议。")
    told = json.loads(FrozenPaper.objects.get(subject_uuid=case.uuid, slug="lunzheng").facts)["opinions"]
    assert [bool(one["seen"]) for one in told] == [True, True, False]
