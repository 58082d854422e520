"""Case B on paper: the city is consulted, returns once, grants a part; every paper tells 13 → 13 → 12."""

import json

import pytest

from docs_templates.models import FrozenPaper
from tests.papers_bound import road
from workflows.worker import drain

pytestmark = pytest.mark.django_db


def told(case, slug):
    """Read back the newest facts of a paper."""
    return json.loads(FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=slug).last().facts)


def test_case_b():
    chamber = road.opened()
    office = chamber.office
    case = road.drafted(office, "b")
    case = road.argued(office, case, "2026-18")
    print(case.route, case.filing_mode)
    case = road.consulted(office, case)
    case = road.scheduled(office, case)
    road.decided(chamber, case, bianwei5="ABSTAIN")
    case = road.dispatched(office, road.now(case))
    case = road.sealed(office, case)
    drain()
    case = road.filed(office, case)
    office.take(
        case, "city_return", road.CITY, checks=["form", "complete"], reason="请示未写明联系人手机;缺少财政意见。"
    )
    road.upload(office, case, data=road.sheet(2), purpose="FISCAL", name="区财政局意见.pdf")
    office.take(case, "refile", "bianban1")
    office.take(case, "allot_number", "bianban1", paper="qingshi")
    office.take(case, "seal_package", "bianban2")
    drain()
    case = road.filed(office, road.now(case))
    first = case.lines.order_by("position").last()
    office.take(case, "city_approve", road.CITY, number="乌编办发〔2026〕12号", granted={str(first.uuid): 1})
    case = road.issued(office, case)
    drain()
    print(case.numbers, told(case, "qingshi")["changed_since_last_round"])
