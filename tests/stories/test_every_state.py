"""Every state of a case is reached by acts alone, and from each of them exactly the steps of the table are open."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from project.web.case import casefile
from proposals.case.lifecycle import CASE_STEPS
from proposals.case.steps.book import STEPS
from proposals.models import Appointment, Proposal
from proposals.procedure.act import Act, Actor
from proposals.procedure.traits import Trait
from proposals.vocabulary import Duty, State
from tests.committee.chamber import CHAIR
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.test_committee import circulated
from tests.stories.town import CITY, CLERK, DIRECTOR, FULL, RECEIVER, REVIEWER, SECOND, Town
from workflows.attempt import Attempt
from workflows.jobs.worker import drain
from workflows.verdict import judge

S = State
CHARTER = {"op": "CHARTER", "body": "演示街道"}
POST = {"op": "LEADER_ADD", "body": "演示街道", "unit": "SECTION_DEPUTY", "requested": 1, "params": {"source": "CITY"}}
MORE = {"op": "QUOTA_ADD", "body": "甲中心", "unit": FULL, "requested": 2, "params": {"source": "CITY"}}
USE = {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 1}
Tour = Iterator[Proposal]


def through_the_office(town: Town) -> Tour:
    case = town.draft("SANDING_REVISE", CHARTER)
    yield case
    for step, who, facts in (
        ("open_collective", CLERK, {}), ("send_to_office", CLERK, {}),
        ("register_incoming", CLERK, {"incoming_number": "1"}),
        ("return_for_correction", REVIEWER, {"reason": "缺材料。"}), ("resend", CLERK, {}),
        ("register_incoming", CLERK, {"incoming_number": "2"}), ("accept", CLERK, {"checks_passed": True}),
        ("send_to_compliance", CLERK, {}), ("pass_compliance", REVIEWER, {"opinion": "符合。"}),
        ("consult_city", CLERK, {"letter": "函商。", "oral": True}), ("record_city_opinion", CLERK, {"result": "AGREE"}),
        ("suspend", DIRECTOR, {"reason": "等待改革方案。"}), ("resume", DIRECTOR, {}),
        ("withdraw", CLERK, {"reason": "不再需要。"}), ("archive", SECOND, {}),
    ):  # fmt: skip
        town.office.take(case, step, who, **facts)
        yield case


def through_committee_and_city(town: Town) -> Tour:
    cases = [Life.argued(town, town.draft("LEADER_POSTS", POST, title=f"职数{n}")) for n in range(3)]
    cases.append(Life.argued(town, town.draft("SANDING_REVISE", CHARTER)))
    first = cases[0]
    for case in cases:
        road.consulted(town.office, case)
        town.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
        yield case
        town.office.take(case, "approve_item", CHAIR)
    yield first
    town.plan()
    items = [town.put(case) for case in cases]
    town.call()
    town.open()
    for item in items:
        town.open_item(item)
        yield from [first] if item is items[0] else []
        town.take("record_no_objection", item=str(item.uuid))
        town.take("conclude_item", item=str(item.uuid))
    yield first
    for step, who in (
        ("close_meeting", CLERK),
        ("draft_minutes", CLERK),
        ("circulate_minutes", CLERK),
        ("sign_minutes", CHAIR),
    ):
        town.take(step, who)
        yield first
    yield from answered_by_the_city(town, *cases)


def answered_by_the_city(
    town: Town, approved: Proposal, refused: Proposal, returned: Proposal, recorded: Proposal
) -> Tour:
    take = town.office.take
    for case in (approved, refused, returned, recorded):
        road.dispatched(town.office, case)
        yield case
        take(case, "seal_package", SECOND)
        yield case
    drain()
    for case in (approved, refused, returned, recorded):
        take(case, "file_upward", DIRECTOR)
        yield case
    take(approved, "sign_for", RECEIVER)
    yield approved
    take(approved, "city_accept", RECEIVER)
    yield approved
    take(approved, "city_approve", CITY, number="乌编发〔2026〕1号")
    take(refused, "city_reject", CITY, number="乌编发〔2026〕2号", reason="不符合标准。")
    take(returned, "city_return", CITY, reason="缺附件。")
    take(recorded, "city_record", CITY, number="乌编办备〔2026〕1号")
    yield from (approved, refused, returned, recorded)
    take(approved, "prepare_downward", CLERK)
    yield approved
    for step, who in (
        ("draft_paper", CLERK),
        ("review_paper", REVIEWER),
        ("sign_paper", CHAIR),
        ("allot_number", CLERK),
    ):
        take(approved, step, who, paper="tongzhi")
    take(approved, "issue_downward", DIRECTOR)
    yield approved
    take(approved, "close_case", CLERK)
    yield approved
    take(approved, "archive", SECOND)
    yield approved


def other_answers_of_the_committee(town: Town) -> Tour:
    cases = [
        Life.proposed(town, Life.argued(town, town.draft("SANDING_REVISE", CHARTER, title=f"三定{n}")))
        for n in range(4)
    ]
    amended, deferred, rejected, circular = cases
    circulated(town, circular)
    yield circular
    town.plan()
    items = [town.put(case) for case in cases[:3]]
    town.call()
    town.open()
    town.open_item(items[0])
    town.take("amend_item", item=str(items[0].uuid), amendment="个别文字修改。")
    town.take("record_no_objection", item=str(items[0].uuid), motion="AS_AMENDED")
    town.take("conclude_item", item=str(items[0].uuid))
    yield amended
    for item, case, counts in ((items[1], deferred, (4, 2, 3)), (items[2], rejected, (1, 8, 0))):
        town.open_item(item)
        told = dict(zip(("in_favour", "against", "abstained"), counts, strict=True))
        town.take("record_counts", item=str(item.uuid), method="HANDS", **told)
        town.take("conclude_item", item=str(item.uuid))
        yield case


def by_other_bodies(town: Town) -> Tour:
    void = town.draft("SANDING_REVISE", CHARTER)
    town.office.take(void, "void", CLERK, reason="重复。")
    yield void
    used = town.draft("STAFF_USE", USE)
    town.office.take(used, "send_small", CLERK)
    town.office.take(used, "decide_by_office", DIRECTOR)
    yield used
    higher = Life.proposed(town, Life.argued(town, town.draft("STAFF_INCREASE", MORE)), consult=True)
    Life.decided(town, higher)
    town.office.take(higher, "refer_to_party_committee", CLERK)
    yield higher


TOURS: dict[Callable[[Town], Tour], set[State]] = {
    through_the_office: {
        S.DRAFT, S.UNIT_COLLECTIVE, S.SUBMITTED, S.INTAKE_REVIEW, S.RETURNED, S.ARGUING, S.COMPLIANCE_REVIEW,
        S.OFFICE_REVIEW, S.PRE_COMM, S.SUSPENDED, S.WITHDRAWN, S.ARCHIVED,
    },
    through_committee_and_city: {
        S.AGENDA_APPROVAL, S.SCHEDULED, S.IN_DELIBERATION, S.APPROVED, S.MINUTES_DRAFT, S.MINUTES_SIGNED, S.DISPATCHING,
        S.PACKAGED, S.FILED, S.CITY_RECEIVED, S.CITY_ACCEPTED, S.CITY_APPROVED, S.CITY_REJECTED, S.CITY_RETURNED,
        S.CITY_RECORDED, S.DISPATCHING_DOWN, S.IMPLEMENTING, S.CLOSED, S.ARCHIVED,
    },
    other_answers_of_the_committee: {S.IN_CIRCULATION, S.APPROVED_AMENDED, S.DEFERRED, S.REJECTED},
    by_other_bodies: {S.VOID, S.OFFICE_DECIDED, S.PARTY_COMMITTEE},
}  # fmt: skip


@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.__name__)
def test_each_state_of_the_tour_opens_exactly_the_steps_of_the_table(town: Town, tour: Callable[[Town], Tour]) -> None:
    reached: set[str] = set()
    for case in tour(town):
        now = road.now(case)
        if now.state not in reached:
            reached.add(now.state)
            expected = {row.step for row in CASE_STEPS if now.state in row.sources}
            assert {name for name, step in STEPS.items() if step.is_open(now.state)} == expected
            assert not_closed(town, now) == expected
            assert bool(can_go_on(now)) == (now.state != S.ARCHIVED), now.state
            assert shown(town, now) == {
                row.label
                for row in CASE_STEPS
                # On these tours nothing is lent or shown: the page leaves out to take it back.
                if row.step in expected - {"end_delegation", "end_reading"} and casefile.offered(row)
            }
    assert reached == TOURS[tour]


def test_the_tours_reach_every_state() -> None:
    assert set().union(*TOURS.values()) == set(State)


def not_closed(town: Town, case: Proposal) -> set[str]:
    """Return the steps of which judge does not say that they are not open here."""
    actor = Actor.of(town.office.people[CLERK])
    found = set()
    for row in CASE_STEPS:
        act = Act(step=row.step, actor=actor, at=timezone.now(), happened_on=timezone.localdate())
        reasons = judge(Attempt(subject=case, row=row, act=act, preview=True))
        assert all(len(reason.message) > 8 and reason.message.endswith("。") for reason in reasons), reasons
        if "NOT_OPEN" not in {reason.code for reason in reasons}:
            found.add(row.step)
    return found


def can_go_on(case: Proposal) -> list[str]:
    """Return the steps that somebody could take now, every guard and the law heard; reminders and the like apart."""
    people = {row.duty: Actor.of(row.person) for row in Appointment.objects.select_related("person")}
    found = []
    for row in CASE_STEPS:
        if case.state not in row.sources or Trait.ASIDE in STEPS[row.step].traits or row.duties == (Duty.SYSTEM,):
            continue
        for duty in row.duties:
            act = Act(step=row.step, actor=people[duty], at=timezone.now(), happened_on=timezone.localdate())
            carried = row.step in casefile.BY_MEETING
            if not judge(Attempt(subject=case, row=row, act=act, preview=True, carried=carried)):
                found.append(row.step)
    return found


def shown(town: Town, case: Proposal) -> set[str]:
    """Return the labels of the steps on the page of the case: to be taken, grey with reasons, or for others to take."""
    page = town.visitor(DIRECTOR).open(f"/cases/{case.uuid}/").page
    offered = page.xpath("//aside[contains(@class,'handling')]//*[self::a[contains(@href,'/steps/')] or self::span]")
    return {one.text_content() for one in offered}
