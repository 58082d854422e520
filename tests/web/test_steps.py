"""Steps in the browser: offered by duty, refused with every reason, taken exactly once, and never many queries."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.models import Entry, Proposal
from tests.web.conftest import Visit, World


def press(client: Client, case: Proposal, step: str, *, key: str = "", seen: str = "", **typed: Any) -> Any:
    """Send the form of a step."""
    data = {"key": key or str(uuid.uuid4()), "seen": seen or Proposal.objects.get(pk=case.pk).concern, **typed}
    return client.post(reverse("case_step", args=[case.uuid, step]), data)


def test_the_page_offers_what_i_may_do_and_says_why_the_rest_is_closed(world: World, visit: Visit) -> None:
    shown = visit("bianban1").get(reverse("case", args=[world.draft.uuid])).content.decode()
    assert reverse("case_step", args=[world.draft.uuid, "open_collective"]) in shown
    closed = visit("hegao").get(reverse("case", args=[world.sent.uuid])).content.decode()
    assert reverse("case_step", args=[world.sent.uuid, "register_incoming"]) not in closed
    assert "您没有这项职责" in closed


def test_a_step_is_taken_and_the_page_says_so(world: World, visit: Visit) -> None:
    client = visit("bianban1")
    answer = press(client, world.sent, "register_incoming", incoming_number="收〔2026〕1号")
    assert answer.headers["Location"] == reverse("case", args=[world.sent.uuid])
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "已办理「收文登记」" in shown and "收〔2026〕1号" in shown


def test_the_next_number_of_the_register_is_proposed(world: World, visit: Visit) -> None:
    url = reverse("case_step", args=[world.sent.uuid, "register_incoming"])
    assert "1号" in visit("bianban1").get(url).content.decode()


def test_two_presses_of_one_form_make_one_entry(world: World, visit: Visit) -> None:
    client, key, seen = visit("bianban1"), str(uuid.uuid4()), world.sent.concern
    for _ in range(2):
        answer = press(client, world.sent, "register_incoming", key=key, seen=seen, incoming_number="7")
        assert answer.status_code == 302
    assert Entry.objects.filter(subject_id=world.sent.uuid, step="register_incoming").count() == 1


def test_a_step_of_somebody_else_is_refused(world: World, visit: Visit) -> None:
    answer = press(visit("hegao"), world.sent, "register_incoming", incoming_number="7")
    assert answer.status_code == 403 and "您没有这项职责" in answer.content.decode()
    assert Proposal.objects.get(pk=world.sent.pk).state == "SUBMITTED"


def test_a_stale_page_is_told_what_happened_and_loses_nothing(world: World, visit: Visit) -> None:
    client, seen = visit("bianban1"), world.sent.concern
    press(client, world.sent, "register_incoming", incoming_number="7")
    answer = press(visit("bianban2"), world.sent, "withdraw", seen=seen, reason="情况变化,拟撤回重报")
    shown = answer.content.decode()
    assert answer.status_code == 409 and "办理了「收文登记」" in shown and "情况变化,拟撤回重报" in shown


def test_a_missing_answer_is_said_beside_its_field(world: World, visit: Visit) -> None:
    answer = press(visit("bianban1"), world.sent, "withdraw", reason="")
    assert answer.status_code == 422 and "请填写「理由」" in answer.content.decode()
    assert Proposal.objects.get(pk=world.sent.pk).state == "SUBMITTED"


def test_a_refusal_of_the_law_lists_all_reasons_with_their_clauses(world: World, visit: Visit) -> None:
    unit = visit("danwei")
    fields = {"title": "空动议", "kind": "STAFF_INCREASE", "origin": "UNIT", "proposer": "区委组织部"}
    unit.post(reverse("case_new"), {**fields, "key": uuid.uuid4()})
    case = Proposal.objects.latest("pk")
    answer = press(unit, case, "send_to_office")
    assert answer.status_code == 422 and "还没有填写调整事项" in answer.content.decode()


def test_a_form_without_its_key_is_refused(world: World, visit: Visit) -> None:
    url = reverse("case_step", args=[world.sent.uuid, "urge"])
    answer = visit("bianban1").post(url, {"note": "请抓紧"})
    assert answer.status_code == 422 and "页面已失效" in answer.content.decode()


@pytest.mark.parametrize("step", ["resolve_approved", "sign_minutes", "record_package", "no_such_step"])
def test_what_the_meeting_or_the_system_does_has_no_page(world: World, visit: Visit, step: str) -> None:
    assert visit("bianban1").get(reverse("case_step", args=[world.sent.uuid, step])).status_code == 404


def test_the_road_is_drawn_from_the_record_alone(world: World, visit: Visit) -> None:
    client = visit("bianban1")
    press(client, world.sent, "register_incoming", incoming_number="7")
    press(client, world.sent, "return_for_correction", reason="材料不齐")
    shown = client.get(reverse("case", args=[world.sent.uuid])).content.decode()
    road = shown.split("办理进程")[1].split("</ol>")[0]
    assert [word in road for word in ("已报编办", "受理审查", "退回补正")] == [True, True, True]
    assert "论证中" not in road and "已归档" not in road


@pytest.mark.parametrize(
    # A worklist reads desk by desk, each along its own index: of the clerk's desks one statement each.
    ("name", "most"),
    [("worklist", 18), ("case_list", 16), ("incoming", 16), ("done", 16), ("filing", 16)],
)
def test_a_list_costs_a_bounded_number_of_queries(world: World, visit: Visit, name: str, most: int) -> None:
    client = visit("bianban1")
    with CaptureQueriesContext(connection) as spent:
        client.get(reverse(name))
    assert len(spent) <= most, [query["sql"][:120] for query in spent]


@pytest.mark.parametrize("who", ["bianban1", "zhuren", "bianwei1", "hegao"])
@pytest.mark.parametrize("name", ["worklist", "done", "mine"])
def test_a_page_and_its_frame_read_everything_once(world: World, visit: Visit, who: str, name: str) -> None:
    client = visit(who)
    with CaptureQueriesContext(connection) as spent:
        client.get(reverse(name))
    assert [query["sql"] for query in spent] == list(dict.fromkeys(query["sql"] for query in spent))
    assert len(spent) <= 18, [query["sql"][:120] for query in spent]


@pytest.mark.parametrize("tab", ["plan", "argument", "evidence", "papers", "meetings", "record", "rounds"])
def test_every_part_of_a_case_costs_a_bounded_number_of_queries(world: World, visit: Visit, tab: str) -> None:
    client = visit("bianban1")
    with CaptureQueriesContext(connection) as spent:
        assert client.get(reverse("case", args=[world.sent.uuid]), {"tab": tab}).status_code == 200
    assert len(spent) <= 60, [query["sql"][:160] for query in spent]
