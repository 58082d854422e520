"""Who a paper goes to and how bodies are called on it: a founded body with its superior, two offices of one name."""

import uuid

import pytest

from docs_templates.sources import recipients
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.lines import body_names
from docs_templates.sources.wording import written
from proposals.models import Body, BodyVersion
from proposals.procedure.act import Act
from proposals.text import alike
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
        *({"op": "ADD_PLATE", "params": {"new_body": str(new), "plate": plate}} for plate in ("一台", "二台", "三台")),
    )
    told = dossier(opened.office, case)
    assert recipients.concerned(told) == ("丙中心", "区某局")
    assert written(told.spoken.text) == (
        "设立丙中心（股级），隶属区某局；丙中心加挂“一台”“二台”“三台”牌子；核增丙中心事业编制（全额拨款）5名"
    )
    assert told.sheet == ""
    charters = opened.draft(
        "SANDING_REVISE",
        {"op": "CHARTER", "body": "区某局"},
        {"op": "CHARTER", "body": "甲中心", "params": {"name": "甲中心职能配置规定"}},
    )
    assert dossier(opened.office, charters).spoken.text == (
        "印发区某局“三定”规定；印发甲中心“三定”规定《甲中心职能配置规定》"
    )


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


def test_names_that_read_alike_are_printed_with_where_they_belong():
    opened = life()
    facts = {"category": "PSU", "rank": 10, "opened_on": "2026-01-01", "paper": "批复"}
    rows = [
        {**facts, "code": "A3", "name": "服务站", "parent": "A1"},
        {**facts, "code": "B3", "name": "便民站", "parent": "B1"},
    ]
    entered = {"on": "2026-01-02", "paper": "批复", "totals": {}, "quotas": [], "problems": [], "bodies": rows}
    opened.office.enter("import_opening", "bianban1", **entered)
    written_apart = "服务 站"  # as a row of an older release may still say it
    BodyVersion.objects.filter(name="便民站").update(name=written_apart, name_key=alike.key(written_apart))
    first = Body.objects.get(code="A3")
    case = opened.draft("INTERNAL_RENAME", {"op": "RENAME", "body": first.uuid, "params": {"name": "服务站"}})
    told = dossier(opened.office, case)
    names = body_names.printed(
        plan=told.adjustments.plan, territory_id=case.territory_id, lines=case.change_lines, on=told.act.happened_on
    )
    assert names[first.uuid] == "服务站（甲中心所属）"


def test_one_recipient_is_named_once_however_it_was_typed():
    opened = life()
    room = Body.objects.get(code="A2").uuid
    case = opened.draft("INTERNAL_RENAME", {"op": "RENAME_INNER", "body": room, "params": {"name": "办公室"}})
    for unit in ("区财政局（国资办）", "区 财政局(国资办)", "甲 中心"):
        case.opinions.create(
            unit=unit, asked_on=opened.office.now.date(), replied_on=opened.office.now.date(), result="AGREE"
        )
    told = recipients.copies(dossier(opened.office, case), told=("甲中心", "区某局"), to="甲中心")
    assert told.split("，")[:3] == ["区某局", "区财政局（国资办）", "区委组织部"] and told.count("国资办") == 1
