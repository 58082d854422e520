"""An opening balance comes in by the worker: its page tells how far it is, and it is entered once, by who confirmed."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from lxml import html

from proposals.ledger import balances
from proposals.models import Body, Entry, Person, Posting, Register, Territory
from tests import builders
from tests.opening.test_opening import GOOD, body, filled, opening
from workflows.jobs import importing
from workflows.jobs.importing import Stage
from workflows.jobs.worker import JobFailed, drain
from workflows.models import OpeningImport, SecurityEvent

pytestmark = pytest.mark.django_db
BAD = {**GOOD, "编制": [["A1", "事业编制（全额拨款）", 20, 18, 0], ["B9", "行政编制", "很多", 1, 0]]}


@pytest.fixture
def office(settings, tmp_path: Path):
    settings.VAR = settings.ARCHIVE_ROOT = tmp_path
    return builders.found_office()


def signed_in(office, who: str = "bianban1") -> Client:
    client = Client()
    client.force_login(office.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def chosen(client: Client, data: bytes, **changed: str) -> str:
    """Choose a file and return the address of its import."""
    typed = {"on": "2020-01-01", "paper": "核定表", "declared": "on", "key": str(uuid.uuid4()), **changed}
    answer = client.post(reverse("opening_import"), typed | {"sheet": SimpleUploadedFile("期初.xlsx", data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def checked(client: Client, data: bytes) -> str:
    """Choose a file, let the worker check it, and return the address of its import."""
    address = chosen(client, data)
    drain()
    return address


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_workbook_is_checked_first_and_entered_by_who_confirms(office) -> None:
    address = checked(signed_in(office), filled(**GOOD))
    director = signed_in(office, "zhuren")
    shown = words(director, address)
    assert "没有发现问题" in shown and "核定 20 · 实有 18 · 总量 30" in shown and "核定表" in shown
    assert Posting.objects.count() == 0
    assert director.post(address, {"do": "enter"}).headers["Location"] == address
    assert "全部登记或者全部不登记" in words(director, address) and Posting.objects.count() == 0
    drain()
    shown = words(director, address)
    assert "已完成期初登记" in shown and reverse("register") in shown
    assert Body.objects.get(code="A1").version(on=office.now.date()).plates == ["甲牌", "乙牌"]
    assert balances.totals(territory=office.district, as_of=office.now.date())["PSU_FULL"] == (30, 10)
    assert Entry.objects.get(step="import_opening").actor == office.people["zhuren"]


def test_a_closed_day_is_named_before_the_workbook_is_read(office) -> None:
    office.enter("import_opening", "bianban1", **opening(bodies=[body("B1")], quotas=[]))
    office.enter("close_period", "zhuren", through="2025-12-31", reason="核对无误")
    sheet = SimpleUploadedFile("期初.xlsx", filled(**GOOD))
    typed = {"on": "2020-01-01", "paper": "核定表", "declared": "on", "sheet": sheet}
    refused = signed_in(office).post(reverse("opening_import"), typed)
    assert refused.status_code == 422
    assert "期初日期不能是2020-01-01，请改为2026-01-01或以后的日期" in refused.content.decode()
    assert not OpeningImport.objects.exists()


def test_a_bad_workbook_enters_nothing_and_says_where(office) -> None:
    client = signed_in(office)
    address = checked(client, filled(**BAD))
    shown = words(client, address)
    assert "发现 2 处问题，没有登记任何内容" in shown and "B9" in shown and "确认登记" not in shown
    assert '<td class="nowrap">编制</td><td class="number">3</td><td class="nowrap">核定数</td>' in shown
    faults = client.get(address, {"export": "csv"}).content.decode("utf-8-sig")
    assert "编制,3,核定数,请填写不小于0的整数。" in faults
    client.post(address, {"do": "enter"})
    drain()
    assert Posting.objects.count() == 0 and OpeningImport.objects.get().stage == Stage.CHECKED
    again = words(client, f"{reverse('opening_import')}?again={OpeningImport.objects.get().uuid}")
    assert 'value="核定表"' in again and 'value="2020-01-01"' in again


def test_only_the_first_faults_are_kept_and_all_are_counted(office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SHOWN", 1)
    client = signed_in(office)
    shown = words(client, checked(client, filled(**BAD)))
    assert "发现 2 处问题" in shown and "另有 1 处" in shown


def test_while_it_is_read_the_page_shows_sheet_and_rows_and_asks_again(office) -> None:
    client = signed_in(office)
    address = chosen(client, filled(**GOOD))
    assert "等候处理" in words(client, address)
    job = DBTaskResult.objects.filter(pk=OpeningImport.objects.get().job)
    job.update(status="RUNNING", worker_ids=["w"])
    OpeningImport.objects.update(sheet="编制", done=1200, total=5000)
    shown = words(client, address)
    assert "“编制”表，已读取 1200 行，共 5000 行" in shown and '<progress max="5000" value="1200"' in shown
    assert 'hx-trigger="every 2s"' in shown and f'href="{address}">刷新进度' in shown
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<progress" in part and "<html" not in part
    job.update(status="READY")
    assert "上一次处理没有完成，将自动重新处理" in words(client, address)
    OpeningImport.objects.update(stage=Stage.CHECKED)
    settled = client.get(address, headers={"HX-Request": "true"})
    assert settled.headers["HX-Refresh"] == "true"


def test_what_was_given_up_says_so_and_can_be_begun_again(office) -> None:
    client = signed_in(office)
    address = checked(client, filled(**GOOD))
    client.post(address, {"do": "enter"})
    client.post(address, {"do": "again"})
    assert DBTaskResult.objects.count() == 2, "what is under way is not begun again"
    DBTaskResult.objects.filter(status="READY").update(status="FAILED")
    shown = words(client, address)
    assert "登记没有完成" in shown and "重新开始不会重复登记" in shown
    for _ in range(2):
        client.post(address, {"do": "again"})
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    drain()
    assert "已完成期初登记" in words(client, address)


def test_a_workbook_that_the_store_has_lost_fails_and_enters_nothing(office) -> None:
    client = signed_in(office)
    address = chosen(client, filled(**GOOD))
    OpeningImport.objects.update(sha256="0" * 64)
    with pytest.raises(JobFailed):
        drain()
    DBTaskResult.objects.update(status="FAILED")
    assert "读取没有完成" in words(client, address) and Posting.objects.count() == 0


def test_a_refusal_at_the_door_is_told_and_leaves_nothing(office) -> None:
    client = signed_in(office)
    first, second = checked(client, filled(**GOOD)), checked(client, filled(**GOOD))
    for address in (first, second):
        client.post(address, {"do": "enter"})
    drain()
    shown = words(client, second)
    assert "没有登记任何内容，原因如下" in shown and "A1已经用过" in shown
    assert Posting.objects.count() == 1 and SecurityEvent.objects.get().kind == "REFUSED"


def test_of_two_tabs_the_second_sees_that_it_was_done(office) -> None:
    client, other = signed_in(office), signed_in(office, "bianban2")
    address = checked(client, filled(**GOOD))
    client.post(address, {"do": "enter"})
    told = other.post(address, {"do": "enter"}, follow=True).content.decode()
    assert "没有重复登记" in told and DBTaskResult.objects.count() == 2
    drain()
    assert "没有重复登记" in other.post(address, {"do": "enter"}, follow=True).content.decode()
    assert Entry.objects.get(step="import_opening").actor == office.people["bianban1"]


def test_a_worker_killed_after_entering_enters_nothing_twice(office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(office)
    address = checked(client, filled(**GOOD))
    client.post(address, {"do": "enter"})
    kept, really = OpeningImport.objects.get(), importing.perform

    def killed_behind_the_door(**taken):
        really(**taken)
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(importing, "perform", killed_behind_the_door)
        with pytest.raises(KeyboardInterrupt):
            importing.enter_opening.func(str(kept.uuid))
    assert Posting.objects.count() == 1 and OpeningImport.objects.get().stage == Stage.ENTERING
    drain()
    importing.enter_opening.func(str(kept.uuid))
    importing.check_opening.func(str(kept.uuid))
    assert Posting.objects.count() == 1 and OpeningImport.objects.get().stage == Stage.ENTERED


def test_an_excess_that_came_in_is_shown_as_one_and_leads_to_movements_that_sum_below_zero(office) -> None:
    client = signed_in(office)
    problem = ["W1", "A1", "超编", "实有超出核定3名", "事业编制（全额拨款）", 3, "自然减员"]
    excess = {**GOOD, "编制": [["A1", "事业编制（全额拨款）", 20, 23, 0]], "问题": [problem]}
    client.post(checked(client, filled(**excess)), {"do": "enter"})
    drain()
    page = html.fromstring(words(client, reverse("body", args=[Body.objects.get().uuid])))
    over = next(link for link in page.iter("a") if link.text_content() == "超编 3")
    shown = html.fromstring(words(client, over.get("href")))
    assert shown.xpath('//p[@class="sum"]/b')[0].text_content() == "-3"
    changes = [row[6].text_content().replace("−", "-") for row in shown.xpath("//tbody/tr")]
    assert sum(map(int, changes)) == -3 and len(changes) == 2


def test_other_districts_and_other_duties_do_not_see_it(office) -> None:
    address = checked(signed_in(office), filled(**GOOD))
    other = Territory.objects.create(
        path="/wuhai/wuda/", level="DISTRICT", name="乌达区", parent=office.city, office_name="编办",
        committee_name="编委", site_code="WD", profile="",
    )  # fmt: skip
    Register.objects.create(territory=other)
    stranger = Person.objects.create_user(username="wuda", name="外区", post="经办人")
    stranger.appointments.create(duty="OFFICE_CLERK", path=other.path, since="2020-01-01")
    client = Client()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == client.post(address, {"do": "enter"}).status_code == 404
    assert "期初.xlsx" in words(signed_in(office), reverse("opening_import"))
    assert "期初.xlsx" not in words(client, reverse("opening_import"))
    for who in ("hegao", "danwei", "bianwei1", "shishenhe"):
        assert signed_in(office, who).get(address).status_code == 403


@pytest.mark.parametrize("missing", ["sheet", "declared", "on"])
def test_a_form_that_lacks_something_takes_nothing_in(office, missing: str) -> None:
    typed = {"on": "2020-01-01", "paper": "核定表", "declared": "on"}
    typed |= {"sheet": SimpleUploadedFile("期初.xlsx", filled(**GOOD))}
    del typed[missing]
    answer = signed_in(office).post(reverse("opening_import"), typed)
    assert answer.status_code == 422 and 'value="核定表"' in answer.content.decode()
    assert OpeningImport.objects.count() == 0
