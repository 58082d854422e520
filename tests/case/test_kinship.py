"""No body comes under itself: not in one line, not by two lines or two cases, not behind the office's back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from proposals.effect import taking_back
from proposals.effect.founding_papers import Founded
from proposals.effect.reservations import LedgerRefused
from proposals.models import Body, BodyVersion, Proposal
from proposals.opening import faults as opening_faults
from proposals.organisation import kinship
from proposals.plan import trial
from proposals.register import tree
from tests.case.conftest import Desk
from tests.committee.chamber import refused
from tests.ledger.books import Books, found
from workflows.audit.bodies import bodies

UNDER = "REAFFILIATE"


def codes(books: Books, case: Proposal) -> set[str]:
    return {short.code for short in books.plan(case).shortfalls}


def under(body: str, parent: str, op: str = UNDER) -> dict[str, str]:
    return {"op": op, "body": body, "counterpart": parent}


@pytest.fixture
def kin(db: None) -> Iterator[Books]:
    """丁局 above 丁局办公室; 甲中心, 乙中心 and 丙街道 beside them."""
    yield found()


@pytest.mark.parametrize("line", [
    under("丁局", "丁局办公室"), under("丁局", "丁局"), under("丁局", "丁局办公室", "MERGE"), under("丁局", "丁局", "MERGE"),
    under("丁局办公室", "丁局办公室", "MERGE_INNER"), under("甲中心", "甲中心", "ABOLISH"),
], ids=str)  # fmt: skip
def test_one_line(kin: Books, line: dict[str, str]) -> None:
    case = kin.case(line)
    assert codes(kin, case) == {"CIRCLE"}
    with pytest.raises(LedgerRefused, match=r"不能(隶属于|并入)|接收单位不能是本机构"):
        kin.issue(case)


def test_two_lines_of_one_case(kin: Books) -> None:
    case = kin.case(under("甲中心", "乙中心"), under("乙中心", "丁局"), under("丁局", "甲中心"))
    shortfalls = kin.plan(case).shortfalls
    assert [short.code for short in shortfalls] == ["CIRCLE"]
    assert "丁局不能隶属于其下属的甲中心" in shortfalls[0].message


def test_bodies_that_change_places_in_one_case(kin: Books) -> None:
    kin.issue(kin.case(under("甲中心", "乙中心")))
    swapped = kin.case({"op": "RENAME", "body": "乙中心", "params": {"name": "乙服务中心"}}, under("甲中心", "丁局"),
                       under("乙中心", "甲中心"))  # fmt: skip
    assert kin.plan(swapped).shortfalls == ()
    kin.issue(swapped)
    assert list(kinship.circles(territory_id=kin.territory.pk)) == []


def test_two_cases_one_after_the_other(kin: Books) -> None:
    one, other = kin.case(under("甲中心", "乙中心")), kin.case(under("乙中心", "甲中心"))
    assert codes(kin, one) == codes(kin, other) == set(), "each alone is right"
    kin.issue(one)
    assert codes(kin, other) == {"CIRCLE"}
    with pytest.raises(LedgerRefused, match="乙中心不能隶属于其下属的甲中心"):
        kin.issue(other)


def test_a_change_that_is_entered_for_a_later_day_counts(kin: Books) -> None:
    kin.issue(kin.case(under("甲中心", "乙中心")), on=kin.on + timedelta(days=60))
    with pytest.raises(LedgerRefused, match="乙中心不能隶属于其下属的甲中心"):
        kin.issue(kin.case(under("乙中心", "甲中心")))


def test_a_body_is_not_used_after_it_is_gone(kin: Books) -> None:
    gone = kin.case(under("甲中心", "丙街道", "ABOLISH"), under("乙中心", "甲中心"))
    assert codes(kin, gone) == {"GONE"}
    kin.issue(kin.case(under("甲中心", "丙街道", "ABOLISH")), on=kin.on + timedelta(days=60))
    later = kin.case(under("乙中心", "甲中心"))
    assert [short.code for short in kin.plan(later).shortfalls] == ["GONE"]
    assert "甲中心已定于" in kin.plan(later).shortfalls[0].message
    duty = kin.case(under("乙中心", "丙街道", "ABOLISH"),
                    {"op": "DUTY_MOVE", "body": "乙中心", "counterpart": "丁局", "params": {"duty": "乙中心职责"}})  # fmt: skip
    assert codes(kin, duty) == set(), "its duties may go elsewhere"


def version(kin: Books, name: str) -> BodyVersion:
    return BodyVersion.objects.get(body=kin.bodies[name], valid_to=None)


def closed_circle(kin: Books) -> None:
    """Enter a circle as nobody can: with the triggers away."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER proposals_bodyversion_moved_under_itself")
        else:
            cursor.execute("ALTER TABLE proposals_bodyversion DISABLE TRIGGER proposals_bodyversion_not_under_itself")
    BodyVersion.objects.filter(pk=version(kin, "丁局").pk).update(parent=kin.bodies["丁局办公室"])


def test_the_database_refuses_it_too(kin: Books) -> None:
    one = version(kin, "丁局")
    for parent, word in (
        ("丁局", "body_is_not_its_own_superior|BODY_UNDER_ITSELF"),
        ("丁局办公室", "BODY_UNDER_ITSELF"),
    ):
        with pytest.raises(IntegrityError, match=word), transaction.atomic():
            BodyVersion.objects.filter(pk=one.pk).update(parent=kin.bodies[parent])
    BodyVersion.objects.filter(pk=one.pk).update(valid_to=kin.on)
    with pytest.raises(IntegrityError, match="BODY_UNDER_ITSELF"), transaction.atomic():
        BodyVersion.objects.create(
            body=one.body, name="丁局", category=one.category, valid_from=kin.on, parent=kin.bodies["丁局办公室"],
            change="CORRECT", paper="手改", recorded_at=kin.entry().at,
        )  # fmt: skip


def test_the_audit_names_a_circle_and_the_register_shows_its_bodies(kin: Books) -> None:
    assert list(bodies()) == []
    closed_circle(kin)
    assert {line.split("：")[0] for line in bodies()} == {"机构丁局", "机构丁局办公室"}
    shown = {row.version.name for row in tree.tree(territory=kin.territory, as_of=kin.on)}
    assert {"丁局", "丁局办公室"} <= shown


def test_the_opening_is_no_way_in() -> None:
    row = {"name": "甲", "category": "PSU", "rank": 30, "opened_on": "2019-01-01", "paper": "批复"}
    rows = [
        {**row, "code": "A", "parent": "B"},
        {**row, "code": "B", "parent": "A"},
        {**row, "code": "C", "parent": "A"},
    ]
    faults = list(opening_faults._body_faults(rows, set()))
    assert [(fault.row, fault.column) for fault in faults] == [(2, "隶属机构编号"), (3, "隶属机构编号")]


def test_two_districts_do_not_see_each_other(kin: Books) -> None:
    other = found()
    kin.issue(kin.case(under("甲中心", "乙中心")))
    assert codes(other, other.case(under("乙中心", "甲中心"))) == set()
    assert Body.objects.filter(territory=other.territory).count() == 5
    assert trial.of_case(case=kin.case(under("丁局", "乙中心")), as_of=kin.on).shortfalls == ()


@pytest.mark.parametrize(("op", "kind", "parent"), [
    (UNDER, "ORG_AFFIL", "综合股"), (UNDER, "ORG_AFFIL", "甲中心"), ("MERGE", "PSU_MERGE", "综合股"),
])  # fmt: skip
def test_TREE_01_it_is_said_while_the_draft_may_be_mended(desk: Desk, op: str, kind: str, parent: str) -> None:
    case = desk.draft(kind, {"op": op, "body": "甲中心", "counterpart": parent})
    with refused("TREE-01", "请改填其他机构"):
        desk.office.take(case, "send_to_office", "bianban1")


def test_a_correction_does_not_bring_a_body_back_under_its_own_child(kin: Books) -> None:
    """甲中心 left 乙中心, 乙中心 came under 甲中心; taken back, the first paper would close the circle."""
    kin.issue(kin.case(under("甲中心", "乙中心")))
    left = kin.case(under("甲中心", "丁局"))
    kin.issue(left)
    paper = BodyVersion.objects.get(body=kin.bodies["甲中心"], valid_to=None)
    kin.issue(kin.case(under("乙中心", "甲中心")))
    found_paper = Founded(case=left.uuid, entry_hash=paper.entry_hash, on=paper.valid_from, paper=paper.paper)
    reasons = list(taking_back._in_a_circle(found_paper, kin.on))
    assert [reason.code for reason in reasons] == ["UNDER_ITSELF"]
