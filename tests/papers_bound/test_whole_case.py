"""A whole case on paper."""

import pytest

from tests.papers_bound import road
from workflows.worker import drain

pytestmark = pytest.mark.django_db


def test_case_a():
    chamber = road.opened()
    office = chamber.office
    case = road.drafted(office, "a")
    case = road.argued(office, case, "2026-17")
    print(case.route, case.filing_mode)
    case = road.scheduled(office, case)
    road.decided(chamber, case)
    case = road.dispatched(office, road.now(case))
    case = road.sealed(office, case)
    print(drain())
    case = road.filed(office, case)
    office.take(case, "city_record", road.CITY, number="乌编办备〔2026〕9号")
    case = road.issued(office, case)
    case = road.archived(office, case)
    print(drain(), case.packages)
