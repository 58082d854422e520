"""Law without two people in the browser: the rulebook tells of it, one draws it up, another confirms."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from proposals.models import RuleChange
from proposals.rulebook import profiles, standing_law
from tests import builders
from tests.builders import Office
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
PAGE = reverse("standing_law")


@pytest.fixture
def office() -> Office:
    office = builders.found_office()
    content = profiles.rows("HAIBOWAN")
    for row in profiles.provisions(territory=office.district, content=content, since=date(2019, 1, 1)):
        row.save()
    return office


def words(client: Client, address: str, **asked: str) -> str:
    text = client.get(address, asked).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_rulebook_tells_of_it_until_two_people_answer(office: Office, visit: Visit) -> None:
    n = sum(len(rows) for rows in standing_law.rows(office.district).values())
    assert f"有 {n} 条规则没有两人办理的变更" in words(visit("bianban1"), reverse("rulebook"))
    shown = words(visit("bianban1"), PAGE)
    assert f"有 {n} 条现行规则没有两人办理的变更" in shown and "党政机构限额35个（11+24）" in shown
    digest = re.findall(r'name="digest" value="([0-9a-f]{64})"', visit("bianban1").get(PAGE).content.decode())[0]
    form = {"key": str(uuid.uuid4()), "digest": digest, "reason": ""}
    missing = visit("bianban1").post(PAGE, form)
    assert missing.status_code == 422 and "请填写「理由和依据」。" in missing.content.decode()
    other = visit("bianban1").post(PAGE, {**form, "digest": "0" * 64, "reason": "升级后承接"})
    assert other.status_code == 422 and "升级后承接" in other.content.decode()
    assert "现行规则的内容与您看到的不同" in other.content.decode()
    for _ in range(2):
        assert visit("bianban1").post(PAGE, {**form, "reason": "升级后承接"}).status_code == 302
    change = RuleChange.objects.get(table="take_over_law")
    assert "查看全部条目" in words(visit("zhuren"), reverse("rulebook"))
    seen = words(visit("zhuren"), PAGE, change=str(change.uuid))
    assert f"这一变更承接 {n} 条" in seen and "党政机构限额35个（11+24）" in seen
    settle = reverse("rule_change", args=[change.uuid])
    assert visit("zhuren").post(settle, {"key": str(uuid.uuid4()), "do": "confirm"}).status_code == 302
    assert "没有两人办理的变更" not in words(visit("bianban1"), reverse("rulebook"))
    assert "无需承接" in words(visit("bianban1"), PAGE)
    assert visit("bianban1").get(PAGE, {"change": str(uuid.uuid4())}).status_code == 404
