"""A territory without law chooses a profile in the browser, sees every row of it, and two people put it in force."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from proposals.models import AuthorityRule, RuleChange
from tests import builders
from tests.builders import Office
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
PAGE = reverse("founding_law")


@pytest.fixture
def office() -> Office:
    return builders.found_office()


def words(client: Client, address: str, **asked: str) -> str:
    text = client.get(address, asked).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def typed(client: Client, **changed: str) -> dict[str, str]:
    page = client.get(PAGE, {"profile": "HAIBOWAN"}).content.decode()
    digest = re.findall(r'name="digest" value="([0-9a-f]{64})"', page)[0]
    return {"key": str(uuid.uuid4()), "digest": digest, "since": "2019-01-01", "reason": "建立办事规则", **changed}


def test_a_territory_without_law_says_so_and_offers_every_profile(office: Office, visit: Visit) -> None:
    assert "本地区还没有办事规则" in words(visit("bianban1"), reverse("rulebook"))
    offered = words(visit("bianban1"), PAGE)
    assert "海勃湾区办事规则" in offered and "福山区示例" in offered and "待核实" in offered


def test_everything_it_holds_is_seen_before_it_is_drawn_up(office: Office, visit: Visit) -> None:
    shown = words(visit("bianban1"), PAGE, profile="HAIBOWAN")
    assert re.search(r"审批权限 \d+ 条（待核实 \d+ 条）， ?限额 7 条， ?办事设置 \d+ 条", shown), shown[:900]
    for said in (
        "党政机构限额35个（11+24）",
        "《中国共产党机构编制工作条例》第十四条",
        "收文登记时限（示例） 待核实",
        "2个工作日",
    ):
        assert said in shown, said


def test_one_draws_it_up_another_looks_and_confirms(office: Office, visit: Visit) -> None:
    form = typed(visit("bianban1"))
    for _ in range(2):
        assert visit("bianban1").post(f"{PAGE}?profile=HAIBOWAN", form).status_code == 302
    change = RuleChange.objects.get(table="adopt_profile")
    waiting = words(visit("zhuren"), reverse("rulebook"))
    assert "拟定启用办事规则" in waiting and change.content["digest"] in waiting and "查看全部条目" in waiting
    assert "党政机构限额35个（11+24）" in words(visit("zhuren"), PAGE, change=str(change.uuid))
    settle = reverse("rule_change", args=[change.uuid])
    assert visit("bianban1").post(settle, {"key": str(uuid.uuid4()), "do": "confirm"}).status_code in (403, 422)
    assert not AuthorityRule.objects.exists()
    assert visit("zhuren").post(settle, {"key": str(uuid.uuid4()), "do": "confirm"}).status_code == 302
    assert AuthorityRule.objects.filter(change=change).exists()
    assert "还没有办事规则" not in words(visit("bianban1"), reverse("rulebook"))
    again = visit("bianban1").get(PAGE, {"profile": "HAIBOWAN"}).content.decode()
    assert "本地区已有办事规则" in again and 'name="digest"' not in again


def test_what_is_refused_keeps_what_was_typed(office: Office, visit: Visit) -> None:
    other = visit("bianban1").post(f"{PAGE}?profile=HAIBOWAN", typed(visit("bianban1"), digest="0" * 64))
    assert other.status_code == 422
    assert "这套办事规则的内容与您看到的不同" in other.content.decode() and "建立办事规则" in other.content.decode()
    missing = visit("bianban1").post(f"{PAGE}?profile=HAIBOWAN", typed(visit("bianban1"), reason=""))
    assert missing.status_code == 422 and "请填写「理由和依据」。" in missing.content.decode()


@pytest.mark.parametrize("asked", [{"profile": "NOWHERE"}, {"change": "none"}, {"change": str(uuid.uuid4())}])
def test_what_is_not_there_is_not_found(office: Office, visit: Visit, asked: dict[str, str]) -> None:
    assert visit("bianban1").get(PAGE, asked).status_code == 404
    assert visit("bianwei1").get(PAGE).status_code == 403
