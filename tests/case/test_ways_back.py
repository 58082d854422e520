"""A decided matter that cannot be carried out has a way back, and a refused one has a way to its end."""

from __future__ import annotations

import pytest

from proposals.case import drafts
from proposals.models import Account, Proposal
from proposals.vocabulary import State
from tests.case.conftest import FULL, Desk
from tests.committee.chamber import CHAIR, refused
from tests.papers_bound import road
from tests.papers_bound.road import CITY
from workflows.audit.reading import batches, chains

TRANSFER = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}


def held(case: Proposal) -> int:
    return sum(Account.objects.filter(case=case.uuid).values_list("balance", flat=True))


def approved(desk: Desk) -> Proposal:
    case = desk.at_city(desk.agreed(desk.draft("STAFF_TRANSFER", TRANSFER)))
    desk.office.take(case, "city_record" if case.filing_mode == "RECORD" else "city_approve", CITY, number="乌编办9号")
    return road.now(case)


def test_what_cannot_be_issued_goes_back_and_ends(desk: Desk) -> None:
    case = approved(desk)
    desk.office.take(case, "prepare_downward", "bianban1")
    assert held(case) == 3
    with refused("NOT_YOURS"):
        desk.office.take(case, "reopen_decision", "bianban1", reason="条件有变化")
    desk.office.take(case, "reopen_decision", "zhuren", reason="条件有变化，需要重新研究。")
    case = road.now(case)
    assert (case.state, case.agreed, case.decided_by, case.city_reply, held(case)) == ("ARGUING", None, "", {}, 0)
    assert set(case.lines.values_list("decided", "granted")) == {(None, None)}
    desk.office.take(case, "withdraw", "zhuren", reason="不再办理")
    assert road.now(case).state == State.WITHDRAWN


@pytest.mark.parametrize("state", [State.MINUTES_SIGNED, State.DISPATCHING, State.PACKAGED, State.CITY_RECORDED])
def test_every_standing_decision_can_be_taken_back(desk: Desk, state: str) -> None:
    case = desk.agreed(desk.draft("STAFF_TRANSFER", TRANSFER))
    Proposal.objects.filter(pk=case.pk).update(state=state)
    desk.office.take(case, "reopen_decision", "zhuren", reason="条件有变化")
    assert (road.now(case).state, held(case)) == (State.ARGUING, 0)


def test_a_paper_of_the_old_decision_does_not_go_up_with_the_new_one(desk: Desk) -> None:
    case = desk.agreed(desk.draft("STAFF_TRANSFER", TRANSFER))
    road.dispatched(desk.office, case)
    paper = "qingshi" if road.now(case).filing_mode == "APPROVE" else "beian"
    desk.office.take(case, "reopen_decision", "zhuren", reason="减少调剂数")
    line = case.lines.get()
    case = road.now(case)
    drafts.save_lines(
        case=case.uuid, seen=case.concern,
        lines=[{"uuid": line.uuid, "op": line.op, "body": line.body, "counterpart": line.counterpart, "unit": FULL,
                "requested": 2, "body_name": line.body_name}],
    )  # fmt: skip
    desk.office.take(case, "finish_argument", "bianban1", conclusion="调剂2名。")
    desk.office.take(case, "propose_item", "zhuren", opinion="同意")
    desk.office.take(case, "approve_item", CHAIR)
    desk.decided(road.now(case))
    desk.office.take(case, "prepare_filing", "bianban1")
    with refused("NO_NUMBER"):
        desk.office.take(case, "seal_package", "bianban2")
    road.numbered(desk.office, case, paper)
    desk.office.take(case, "seal_package", "bianban2")


def test_what_took_effect_is_not_taken_back(desk: Desk) -> None:
    case = approved(desk)
    desk.office.take(case, "prepare_downward", "bianban1")
    Proposal.objects.filter(pk=case.pk).update(effective_on=desk.office.now.date())
    with refused("ALREADY_ISSUED"):
        desk.office.take(case, "reopen_decision", "zhuren", reason="条件有变化")


def test_what_was_refused_is_answered_and_not_reopened(desk: Desk) -> None:
    case = desk.argued(desk.draft("STAFF_TRANSFER", TRANSFER))
    desk.office.take(case, "refuse_by_office", "zhuren", reason="理由不足")
    desk.office.take(case, "prepare_downward", "bianban1")
    with refused("REFUSED", "复函告知"):
        desk.office.take(case, "reopen_decision", "zhuren", reason="再议")
    road.signed(desk.office, case, "fuhan")
    desk.office.take(case, "issue_refusal", "zhuren")
    assert road.now(case).state == State.CLOSED


def test_a_refused_use_of_posts_is_answered_too(desk: Desk) -> None:
    """It is no paper that says so in the ordinary way: 用编事项不另行文."""
    case = desk.draft("STAFF_USE", {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 2})
    desk.office.take(case, "send_small", "bianban1")
    desk.office.take(case, "refuse_by_office", "zhuren", reason="暂不用编")
    desk.office.take(case, "prepare_downward", "bianban1")
    road.signed(desk.office, case, "fuhan")
    desk.office.take(case, "issue_refusal", "zhuren")
    assert road.now(case).state == State.CLOSED


def test_a_line_that_lost_its_decision_is_not_filed_again(desk: Desk) -> None:
    """Typed over and typed back it reads the same; what was decided of it is gone."""
    case = desk.agreed(desk.draft("STAFF_TRANSFER", TRANSFER))
    Proposal.objects.filter(pk=case.pk).update(state=State.CITY_RETURNED)
    case.lines.update(decided=None)
    with refused("LINES_CHANGED"):
        desk.office.take(case, "refile", "bianban1")


def test_lines_in_force_are_not_typed_over(desk: Desk) -> None:
    """A matter issued ahead and returned by the city could neither be filed again nor argued again."""
    case = desk.agreed(desk.draft("STAFF_TRANSFER", TRANSFER))
    Proposal.objects.filter(pk=case.pk).update(state=State.CITY_RETURNED, effective_on=desk.office.now.date())
    case = road.now(case)
    with pytest.raises(drafts.DraftRefused, match="已经印发生效"):
        drafts.save_lines(case=case.uuid, seen=case.concern, lines=[])


def test_the_audit_reads_a_reopened_case(desk: Desk) -> None:
    case = desk.agreed(desk.draft("STAFF_TRANSFER", TRANSFER))
    desk.office.take(case, "reopen_decision", "zhuren", reason="条件有变化")
    found = road.now(case)
    entries = batches.entries([found])
    assert list(chains.subject("case", found, entries[found.uuid], batches.standing_quotes(entries))) == []
