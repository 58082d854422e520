"""The pages of the register: every number as of a day, with its papers, as a page and as a table."""

from __future__ import annotations

import csv
import io
import uuid

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from project.web.tables import spreadsheets
from proposals.case import drafts
from proposals.models import BodyVersion, Person, Posting, Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(loaded: None, db: None) -> Territory:
    """The loaded district, lent to one test."""
    return Territory.objects.get(path="/wuhai/haibowan/")


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def body_named(name: str) -> BodyVersion:
    return BodyVersion.objects.select_related("body").get(name=name)


def test_the_tree_shows_bodies_below_their_superiors(district: Territory) -> None:
    shown = signed_in("bianban1").get(reverse("register"), {"page": 2}).content.decode()
    assert "党群服务中心" in shown and "└" in shown
    found = signed_in("bianban1").get(reverse("register"), {"q": "农牧业技术"}).content.decode()
    assert "区农牧业技术服务中心" in found and "千里山镇" not in found


def test_a_body_shows_its_numbers_as_of_a_day(district: Territory) -> None:
    address = reverse("body", args=[body_named("区农牧业技术服务中心").body.uuid])
    today = signed_in("bianban1").get(address).content.decode()
    assert ">30<" in today and ">28<" in today and "<svg" in today
    before = signed_in("bianban1").get(address, {"as_of": "2018-01-01"}).content.decode()
    assert "当日未设立或已撤销" in before


def test_every_number_leads_to_its_paper(district: Territory) -> None:
    body = body_named("区农牧业技术服务中心").body
    shown = signed_in("bianban1").get(reverse("ledger"), {"body": str(body.uuid), "unit": "PSU_FULL"}).content.decode()
    assert "海勃湾区机构改革情况报告（2020年）" in shown
    assert Posting.objects.get().entry_hash[:12] in shown


def test_the_caps_board_shows_what_is_full(district: Territory) -> None:
    shown = signed_in("bianban1").get(reverse("caps")).content.decode()
    assert "213" in shown and "已满" in shown and "35个党政机构" in shown


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheets: list[spreadsheets.Sheet] = [("表", ["名称"], [[text]])]
    as_xlsx, as_csv = (spreadsheets.answer(name="表", sheets=sheets, form=form).content for form in ("xlsx", "csv"))
    cell = openpyxl.load_workbook(io.BytesIO(as_xlsx)).active["A2"]
    assert cell.data_type == "s" and str(cell.value).startswith("'")
    assert list(csv.reader(io.StringIO(as_csv.decode("utf-8-sig"))))[1][0].startswith("'")


def test_another_district_sees_nothing(district: Territory) -> None:
    other = Territory.objects.create(
        path="/wuhai/wuda/", level="DISTRICT", name="乌达区", parent=district.parent, office_name="编办",
        committee_name="编委", site_code="WD", profile="",
    )  # fmt: skip
    stranger = Person.objects.create_user(username="wuda", name="外区", post="经办人")
    stranger.appointments.create(duty="OFFICE_CLERK", path=other.path, since="2020-01-01")
    client = signed_in("wuda")
    assert client.get(reverse("register"), {"district": str(district.uuid)}).status_code == 404
    assert client.get(reverse("body", args=[body_named("区图书馆").body.uuid])).status_code == 404


def test_a_retirement_is_entered_without_a_case(district: Territory) -> None:
    client = signed_in("bianban1")
    body = body_named("区图书馆").body
    typed = {
        "body": str(body.uuid), "unit": "PSU_FULL", "count": "1", "cause": "RETIRED", "paper": "退休审批表",
        "key": str(uuid.uuid4()), "happened_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    address = reverse("register_step", args=["leave"])
    assert "减员原因" in client.get(address).content.decode()
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code == 302, "the same form again is the same entry"
    assert Posting.objects.filter(kind="LEAVE").count() == 1
    refused = client.post(address, {**typed, "count": "99", "key": str(uuid.uuid4())})
    assert refused.status_code == 422 and "超出实有数" in refused.content.decode()


def test_nobody_is_enrolled_without_a_permit(district: Territory) -> None:
    body = body_named("区图书馆").body
    typed = {"body": str(body.uuid), "unit": "PSU_FULL", "count": "1", "paper": "报到证", "key": str(uuid.uuid4())}
    typed["happened_on"] = timezone.localdate().isoformat()
    refused = signed_in("bianban1").post(reverse("register_step", args=["enrol"]), typed)
    assert "用编核准单" in refused.content.decode() and refused.status_code == 422


def test_differences_of_the_month_are_listed_and_move_nothing(district: Territory) -> None:
    client = signed_in("bianban1")
    body = body_named("区图书馆").body
    address = f"{reverse('reconciliation')}?month=2026-02"
    typed = {"source": "FINANCE", f"n-{body.uuid}-PSU_FULL": "12", "key": str(uuid.uuid4())}
    assert client.post(address, typed).status_code == 302
    shown = client.get(address).content.decode()
    assert "差异 1 处" in shown and "财政部门多1" in shown
    assert Posting.objects.count() == 1


def test_the_plan_of_a_case_is_exported(district: Territory) -> None:
    giver, taker = body_named("区环境卫生服务中心").body, body_named("凤凰岭街道党群服务中心").body
    case = drafts.open_case(
        territory=district, drafter=Person.objects.get(username="bianban1"), title="调剂", kind="STAFF_TRANSFER",
        at=timezone.now(),
    )  # fmt: skip
    line = {"op": "QUOTA_TRANSFER", "body": giver.uuid, "counterpart": taker.uuid, "unit": "PSU_FULL", "requested": 6}
    drafts.save_lines(case=case.uuid, seen=case.concern, lines=[line])
    content = signed_in("bianban1").get(reverse("plan_export", args=[case.uuid])).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = {row[0]: row[2:5] for row in book["各机构前后对照"].iter_rows(min_row=2, values_only=True)}
    assert rows == {"区环境卫生服务中心": (60, 54, -6), "凤凰岭街道党群服务中心": (12, 18, 6)}
