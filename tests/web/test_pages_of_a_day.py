"""The pages that a person opens all day take as many statements for much as for little."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from project.web.case.page_reading import PageReading
from proposals.models import Body, BodyVersion, Consent, Entry, Opinion, ProblemItem, Proposal, Round, Task
from tests.builders import NOON
from tests.statements import Counted, counted
from tests.web.conftest import Visit, World

TABS = ("plan", "argument", "evidence", "papers", "meetings", "record", "rounds")
# What the part with the plan may take, and every other one: the director may let a finding pass, so all law is asked.
MOST = {"bianban1": (20, 14), "zhuren": (21, 22)}
ENTRIES, ROUNDS, LINES, OTHERS = 60, 3, 20, 8


def argued(world: World) -> Proposal:
    """Bring the case to the desk where it is argued: one of everything, and one other case of the same bodies."""
    office, case = world.office, world.sent
    office.take(case, "register_incoming", "bianban1", incoming_number="1")
    office.take(case, "accept", "bianban1", checks_passed=True)
    case.lines.exclude(position=1).delete()
    opinion(case, "区财政局").save()
    day = office.now.date()
    Consent.objects.create(proposal=case, kind="CITY", result="AGREE", asked_on=day, answered_on=day)
    Task.objects.create(proposal=case, title="任务", unit="区委编办")
    case = Proposal.objects.get(pk=case.pk)
    beside(case, 0)
    return case


def beside(case: Proposal, n: int) -> None:
    """Accept another case of the same bodies, and let one of them have a problem that is open."""
    other, line = copied(case, uuid=uuid4(), number=f"收〔2026〕9{n}号", number_key=f"9{n}"), case.lines.first()
    other.save()
    copied(line, uuid=uuid4(), proposal_id=other.pk).save()
    ProblemItem.objects.create(
        territory=case.territory, number=f"{n}号", body=line.body, body_name="甲", topic="OTHER", problem="超编",
        since=case.created_at.date(), paper="自查报告",
    )  # fmt: skip


def opinion(case: Proposal, unit: str) -> Opinion:
    """Return an opinion that was given for other lines."""
    day = case.created_at.date()
    return Opinion(proposal=case, unit=unit, asked_on=day, replied_on=day, result="AGREE", digest="0" * 64)


def grown(world: World, case: Proposal) -> None:
    """Give the case a long record, three rounds, twenty lines on as many bodies, and others beside it."""
    last = Entry.objects.filter(subject_id=case.uuid).latest("seq")
    seqs = range(last.seq + 1, ENTRIES + 1)
    Entry.objects.bulk_create(copied(last, seq=n, key=uuid4(), hash=f"{n:064}") for n in seqs)
    sent = case.rounds.latest("n")
    Round.objects.bulk_create(copied(sent, n=n) for n in range(2, ROUNDS + 1))
    bodies = standing(case)
    line = case.lines.get()
    type(line).objects.bulk_create(
        copied(line, uuid=uuid4(), position=n + 1, body=bodies[n], counterpart=bodies[n + 1]) for n in range(1, LINES)
    )
    Opinion.objects.bulk_create(opinion(case, f"第{n}局") for n in range(OTHERS))
    Consent.objects.bulk_create(copied(case.consents.get(), kind="OFFICE") for _ in range(OTHERS))
    Task.objects.bulk_create(copied(case.tasks.get(), uuid=uuid4()) for _ in range(OTHERS))
    file = case.uploads.first()
    type(file).objects.bulk_create(copied(file, uuid=uuid4()) for _ in range(OTHERS))
    for n in range(1, OTHERS):
        beside(case, n)


def standing(case: Proposal) -> list[Body]:
    """Return bodies enough for every line; an inner body would ask for its place besides, once."""
    versions = BodyVersion.objects.filter(body__territory=case.territory_id, valid_to=None).exclude(category="INNER")
    return [version.body for version in versions.select_related("body")[: LINES + 1]]


def copied(row, **changed):
    """Return a row like another one, not kept yet."""
    made = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    made.pk = None
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def shown(client: Client, case: Proposal) -> dict[str, Counted]:
    """Return the statements of each part of the page of a case."""
    found = {}
    for tab in TABS:
        with counted() as found[tab]:
            assert client.get(f"/cases/{case.uuid}/", {"tab": tab}).status_code == 200
    return found


@pytest.mark.parametrize("username", MOST)
def test_the_page_of_a_case_does_not_grow_with_its_history(world: World, visit: Visit, username: str) -> None:
    case, client = argued(world), visit(username)
    shown(client, case)  # law, routes and compiled queries are in memory from here on
    few = shown(client, case)
    grown(world, case)
    shown(client, case)
    many = shown(client, case)
    plan, other = MOST[username]
    wrong = {
        tab: f"{len(few[tab])} became {len(found)}\n{found.ledger()}"
        for tab, found in many.items()
        if len(found) != len(few[tab]) or len(found) > (plan if tab == "plan" else other)
    }
    assert not wrong, "\n".join(f"{tab}: {told}" for tab, told in wrong.items())


def test_what_one_step_looked_at_is_read_for_all_and_greys_no_other(world: World) -> None:
    page = PageReading(Proposal.objects.select_related("territory__parent").get(pk=world.sent.pk), NOON.date())
    one, other = page.again(), page.again()
    assert one.uploads and one.answers and one.standing(NOON.date())
    assert one.looked_at_files and not other.looked_at_files and not page.looked_at_files
    with counted() as found:
        assert (other.uploads, other.standing(NOON.date())) == (one.uploads, one.standing(NOON.date()))
    assert not found


PAPER = "goutong"
LISTS = ("/", "/cases/", "/incoming/", "/done/", "/mine/", "/register/", "/problems/", "/use-plans/", "/permits/")
CASES = (2, 15)
LISTED = 25


def test_the_page_of_a_paper_does_not_grow_with_the_case(world: World, visit: Visit) -> None:
    case, client = argued(world), visit("bianban1")
    Proposal.objects.filter(pk=case.pk).update(state="OFFICE_REVIEW")  # where the city may be asked by letter
    page = (f"/cases/{case.uuid}/papers/{PAPER}/",)
    opened(client, page)
    few = opened(client, page)
    grown(world, case)
    opened(client, page)
    many = opened(client, page)
    assert len(few[page[0]]) == len(many[page[0]]), many[page[0]].ledger()
    assert len(many[page[0]]) <= 21


@pytest.mark.parametrize("username", ["bianban1", "zhuren", "bianwei1"])
def test_no_list_and_no_body_grows_with_what_it_shows(world: World, visit: Visit, username: str) -> None:
    case, client = argued(world), visit(username)
    body = case.lines.get().body
    pages = (*LISTS, f"/register/bodies/{body.uuid}/")
    found = []
    for n in range(max(CASES)):
        at_desk(case, n + OTHERS)
        if n + 1 in CASES:
            opened(client, pages)
            found.append(opened(client, pages))
    few, many = found
    wrong = {
        page: f"{len(few[page])} became {len(one)}\n{one.ledger()}"
        for page, one in many.items()
        if len(one) != len(few[page]) or len(one) > LISTED
    }
    assert few.keys() == many.keys() and len(many) > 7
    assert not wrong, "\n".join(f"{page}: {told}" for page, told in wrong.items())


def at_desk(case: Proposal, n: int) -> None:
    """Let another case of the same bodies wait at the desk of the case, with a record of its own."""
    beside(case, n)
    other = Proposal.objects.latest("pk")
    copied(case.work_items.get(finished=None), process_id=other.pk).save()
    last = Entry.objects.filter(subject_id=case.uuid).latest("seq")
    copied(last, subject_id=other.uuid, key=uuid4(), hash=f"{n:064}").save()


def opened(client: Client, pages: tuple[str, ...]) -> dict[str, Counted]:
    """Return the statements of each page."""
    found = {}
    for page in pages:
        with counted() as statements:
            status = client.get(page).status_code
        if status == 200:
            found[page] = statements
    return found
