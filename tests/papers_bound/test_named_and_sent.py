"""Who a paper goes to and how bodies are called on it: a founded body with its superior, two offices of one name."""

import uuid

import pytest

from docs_templates.sources import recipients
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.wording import written
from proposals.act import Act
from proposals.models import Body
from tests.stories.life import Life

pytestmark = pytest.mark.django_db

FULL = "PSU_FULL"


def life() -> Life:
    """Open a register with an organ, two centres below it, and in each an office of the same name."""
    opened = Life()
    opened.enter_opening(
        [
            {"code": "Z1", "name": "区某局", "category": "GOVERNMENT_ORGAN"},
            {"code": "A1", "name": "甲中心", "parent": "Z1", "posts": {FULL: (12, 10)}},
            {"code": "B1", "name": "乙中心", "parent": "Z1", "posts": {FULL: (9, 9)}},
            {"code": "A2", "name": "综合股", "parent": "A1", "category": "INNER", "rank": 0},
            {"code": "B2", "name": "综合股", "parent": "B1", "category": "INNER", "rank": 0},
        ],
        {FULL: 30},
    )
    return opened


def dossier(office, case) -> Dossier:
    """Look at the case as the step that numbers its founding paper does."""
    now = office.tick()
    return Dossier(
        case=case, act=Act(step="allot_number", actor=office.actor("bianban1"), at=now, happened_on=now.date())
    )


def test_a_founded_body_and_its_superior_are_told():
    opened = life()
    new = uuid.uuid4()
    case = opened.draft(
        "PSU_SETUP",
        {
            "uuid": new,
            "op": "CREATE",
            "rank": 10,
            "body_name": "丙中心",
            "counterpart": "区某局",
            "params": {"category": "PSU"},
        },
        {"op": "QUOTA_ADD", "unit": FULL, "requested": 5, "params": {"new_body": str(new), "source": "POOL"}},
    )
    told = dossier(opened.office, case)
    assert recipients.concerned(told) == ("丙中心", "区某局")
    assert written(told.spoken.text) == "设立丙中心（股级），隶属区某局；核增丙中心事业编制（全额拨款）5名"
    assert told.sheet == ""


def test_two_offices_of_one_name_are_told_apart_and_reached_through_their_superior():
    opened = life()
    first, second = (Body.objects.get(code=code).uuid for code in ("A2", "B2"))
    case = opened.draft(
        "INTERNAL_RENAME",
        {"op": "RENAME_INNER", "body": first, "params": {"name": "办公室"}},
        {"op": "RENAME_INNER", "body": second, "params": {"name": "秘书股"}},
    )
    told = dossier(opened.office, case)
    assert told.spoken.text == "将甲中心综合股更名为办公室；将乙中心综合股更名为秘书股"
    assert recipients.concerned(told) == ("甲中心", "乙中心")
