"""Drafting in the browser: what is typed is kept, tried out and never lost."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from proposals.models import ChangeLine, Proposal
from tests.web.conftest import Visit, World


def row(n: int, **fields: Any) -> dict[str, Any]:
    """Return a row of the page of change lines as the browser sends it."""
    given = {"uuid": str(uuid.uuid4()), "op": "QUOTA_TRANSFER", "unit": "PSU_FULL", **fields}
    return {f"form-{n}-{name}": value for name, value in given.items()}


def send(client: Client, case: Proposal, do: str, *rows: dict[str, Any], seen: str = "", **more: Any) -> Any:
    """Send the page of change lines."""
    data = {"seen": seen or case.concern, "do": do, "form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for one in rows:
        data |= one
    return client.post(reverse("case_lines", args=[case.uuid]), data, **more)


@pytest.fixture
def drafted(world: World, visit: Visit) -> tuple[Client, Proposal]:
    """Open a draft through the page, as a drafter does."""
    client = visit("bianban1")
    fields = {"title": "关于调剂编制的动议", "kind": "STAFF_TRANSFER", "origin": "DISTRICT", "proposer": "区委编办"}
    answer = client.post(reverse("case_new"), {**fields, "key": uuid.uuid4()})
    case = Proposal.objects.latest("pk")
    assert answer.headers["Location"] == reverse("case_facts", args=[case.uuid])
    return client, case


TRANSFER = {"body": "区就业服务中心", "counterpart": "滨河街道党群服务中心", "requested": 2}


def test_lines_name_bodies_by_name_and_are_saved_in_order(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    assert send(client, case, "save", row(0, **TRANSFER), row(1, **{**TRANSFER, "requested": 1})).status_code == 302
    kept = list(case.lines.values_list("position", "op", "requested"))
    assert kept == [(1, "QUOTA_TRANSFER", 2), (2, "QUOTA_TRANSFER", 1)]


def test_a_preview_shows_before_and_after_and_keeps_nothing(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    answer = send(client, case, "preview", row(0, **TRANSFER), headers={"HX-Request": "true"})
    shown = answer.content.decode()
    told = " ".join(html.fromstring(shown).text_content().split())
    assert "26 → 24" in told and "10 → 12" in told and "<html" not in shown
    assert ChangeLine.objects.filter(proposal=case).count() == 0
    assert Proposal.objects.get(pk=case.pk).concern == case.concern


def test_a_preview_shows_what_becomes_of_a_body(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    renamed = {"op": "RENAME", "unit": "", "body": "区就业服务中心", "name": "区就业创业服务中心"}
    shown = send(client, case, "preview", row(0, **renamed)).content.decode()
    facts = shown[shown.index("机构事项前后对照") :]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", facts)
    assert cells[cells.index("区就业服务中心") + 1] == "区就业创业服务中心"


def test_the_preview_names_what_is_wrong_beside_its_line(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    shown = send(client, case, "preview", row(0, **{**TRANSFER, "requested": 12})).content.decode()
    assert "第 1 项" in shown and "不得办理" in shown and "空编" in shown


def test_an_unknown_body_is_said_at_its_row_and_the_row_stays(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    answer = send(client, case, "save", row(0, **{**TRANSFER, "body": "不存在的中心"}))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "台账中没有「不存在的中心」" in shown and 'value="不存在的中心"' in shown


def test_rows_are_added_and_removed_without_javascript(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    shown = send(client, case, "add", row(0, **TRANSFER)).content.decode()
    assert "第 2 项" in shown and 'value="区就业服务中心"' in shown
    rows = row(0, **TRANSFER), row(1, **{**TRANSFER, "body": "区市政公用服务中心"})
    shown = send(client, case, "remove-0", *rows).content.decode()
    assert "第 2 项" not in shown and 'value="区市政公用服务中心"' in shown


def test_a_line_may_name_a_body_that_another_line_creates(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    new = row(0, op="CREATE", name="区数据服务中心", category="PSU", unit="")
    more = row(1, op="QUOTA_TRANSFER", body="区就业服务中心", counterpart="区数据服务中心", requested=2)
    assert send(client, case, "save", new, more).status_code == 302
    created, given = case.lines.all()
    assert given.params["new_counterpart"] == str(created.uuid)
    assert "区数据服务中心" in client.get(reverse("case_lines", args=[case.uuid])).content.decode()


def test_a_stale_page_saves_nothing_and_repeats_what_was_typed(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    fields = {"title": "甲", "kind": case.kind, "origin": "DISTRICT", "proposer": "区委编办", "urgency": "NORMAL"}
    url = reverse("case_facts", args=[case.uuid])
    assert client.post(url, {**fields, "seen": case.concern}).status_code == 302
    answer = client.post(url, {**fields, "title": "乙", "summary": "我写的摘要", "seen": case.concern})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "已被他人修改" in shown
    assert "我写的摘要" in shown and 'value="乙"' in shown
    assert Proposal.objects.get(pk=case.pk).title == "甲"
    answer = send(client, case, "save", row(0, **TRANSFER))
    assert answer.status_code == 409 and 'value="区就业服务中心"' in answer.content.decode()


@pytest.mark.parametrize("do", ["save", "preview"])
def test_a_line_of_another_case_is_refused_and_stays_with_it(
    world: World, drafted: tuple[Client, Proposal], do: str
) -> None:
    client, case = drafted
    foreign = world.sent.lines.first()
    before = ChangeLine.objects.filter(pk=foreign.pk).values().get()
    answer = send(client, case, do, row(0, **TRANSFER), row(1, **TRANSFER, uuid=str(foreign.uuid), remark="留着"))
    shown = answer.content.decode()
    assert answer.status_code == 409 and "第2项调整事项的标识已有别处使用" in shown and "留着" in shown
    assert world.sent.title not in shown
    assert ChangeLine.objects.filter(pk=foreign.pk).values().get() == before and not case.lines.exists()


def test_two_rows_with_one_identity_are_refused_and_what_stood_stays(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    first = row(0, **TRANSFER)
    assert send(client, case, "save", first).status_code == 302
    case = Proposal.objects.get(pk=case.pk)
    again = row(1, **{**TRANSFER, "requested": 1}, uuid=first["form-0-uuid"])
    answer = send(client, case, "save", first, again)
    assert answer.status_code == 409 and "第2项调整事项与第1项是同一行" in answer.content.decode()
    assert [line.requested for line in case.lines.all()] == [2]


def test_urgency_asks_for_its_reason(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    fields = {"title": "甲", "kind": case.kind, "origin": "DISTRICT", "proposer": "区委编办", "urgency": "URGENT"}
    answer = client.post(reverse("case_facts", args=[case.uuid]), {**fields, "seen": case.concern})
    assert answer.status_code == 422 and "请填写紧急理由" in answer.content.decode()


def test_answers_are_kept_each_as_text_or_pointer(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    data = {"seen": case.concern, "A16_1-text": "有利于加强党的领导。", "A16_2-pointer": "第三章第二节"}
    assert client.post(reverse("case_answers", args=[case.uuid]), data).status_code == 302
    kept = {answer.question: (answer.text, answer.pointer) for answer in case.answers.all()}
    assert kept["A16_1"] == ("有利于加强党的领导。", "") and kept["A16_2"] == ("", "第三章第二节")


def test_basis_rows_are_kept_and_marked_ones_leave(drafted: tuple[Client, Proposal]) -> None:
    client, case = drafted
    url, data = reverse("case_basis", args=[case.uuid]), {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    for n, title in enumerate(("甲文件", "乙文件")):
        data |= {f"form-{n}-level": "STAFFING", f"form-{n}-title": title, f"form-{n}-number": f"〔2026〕{n}号"}
    assert client.post(url, {**data, "do": "save", "seen": case.concern}).status_code == 302
    case = Proposal.objects.get(pk=case.pk)
    data |= {"form-INITIAL_FORMS": 2, "form-0-DELETE": "on"}
    assert client.post(url, {**data, "do": "save", "seen": case.concern}).status_code == 302
    assert list(case.basis.values_list("title", flat=True)) == ["乙文件"]


def test_a_unit_drafts_on_its_own_path_and_loses_the_draft_when_it_is_sent(world: World, visit: Visit) -> None:
    unit = visit("danwei")
    fields = {"title": "单位动议", "kind": "STAFF_INCREASE", "origin": "UNIT", "proposer": "区委组织部"}
    unit.post(reverse("case_new"), {**fields, "key": uuid.uuid4()})
    case = Proposal.objects.latest("pk")
    assert case.path == "/wuhai/haibowan/zuzhibu/"
    assert unit.get(reverse("case_facts", args=[case.uuid])).status_code == 200
    assert visit("bianban1").get(reverse("case_facts", args=[world.sent.uuid])).status_code == 403


@pytest.fixture
def of_two(world: World, visit: Visit) -> Client:
    """The drafter of a unit who drafts for a second one too."""
    who = world.office.people["danwei"]
    paths = ("/wuhai/haibowan/zuzhibu/", "/wuhai/haibowan/jiaoyuju/")
    assert list(who.appointments.filter(duty="UNIT_DRAFTER").values_list("path", flat=True)) == [paths[0]]
    who.appointments.create(duty="UNIT_DRAFTER", path=paths[1], unit="区教育局", since="2020-01-01")
    return visit("danwei")


def test_who_drafts_for_two_units_is_asked_for_which(of_two: Client) -> None:
    url, before = reverse("case_new"), Proposal.objects.count()
    page = html.fromstring(of_two.get(url).content)
    offered = page.xpath("//select[@name='place']/option/@value")
    assert offered == ["", "/wuhai/haibowan/zuzhibu/", "/wuhai/haibowan/jiaoyuju/"]
    assert page.xpath("//input[@name='proposer']/@value") == []
    fields = {"title": "单位动议", "kind": "STAFF_INCREASE", "origin": "UNIT", "proposer": "区教育局"}
    for wrong in ({}, {"place": "/wuhai/haibowan/"}):
        assert of_two.post(url, {**fields, **wrong}).status_code == 422
    assert Proposal.objects.count() == before
    assert of_two.post(url, {**fields, "place": offered[2], "key": uuid.uuid4()}).status_code == 302
    assert Proposal.objects.latest("pk").path == offered[2]


def test_who_drafts_for_one_unit_is_not_asked(world: World, visit: Visit) -> None:
    world.office.people["danwei"].appointments.update(unit="区委组织部")
    page = html.fromstring(visit("danwei").get(reverse("case_new")).content)
    assert page.xpath("//*[@name='place']") == []
    assert page.xpath("//input[@name='proposer']/@value") == ["区委组织部"]
