"""What every page has in common: its security headers, its frame, its errors, its type size, the way in and out."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from proposals.models import Person
from tests.web.conftest import Visit, World
from workflows.models import Pulse

TEMPLATES = sorted(Path(__file__).resolve().parents[2].joinpath("project/web/templates").rglob("*.html"))
PASSWORD = "Ceshi-2026-kouling"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_style_or_script_of_its_own(template: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.S)
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", text) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag] == []


def test_every_page_sends_a_strict_content_security_policy(world: World, visit: Visit) -> None:
    header = visit("bianban1").get(reverse("worklist")).headers["Content-Security-Policy"]
    assert "default-src 'self'" in header and "object-src 'none'" in header and "frame-ancestors 'none'" in header
    assert "unsafe" not in header


def test_the_frame_names_office_person_post_and_what_waits(world: World, visit: Visit) -> None:
    shown = visit("bianban1").get(reverse("worklist")).content.decode()
    person = Person.objects.get(username="bianban1")
    assert person.name in shown and person.post in shown and world.office.district.office_name in shown
    assert world.sent.title in shown and '<b class="count">1</b>' in shown
    assert shown.count("<h1") == 1 and 'lang="zh-CN"' in shown and 'href="#main"' in shown


def test_the_type_size_is_kept_with_the_person(world: World, visit: Visit) -> None:
    client = visit("bianban1")
    answer = client.post(reverse("type_size"), {"size": "huge", "next": reverse("mine")})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mine"))
    assert 'class="type-huge"' in visit("bianban1").get(reverse("mine")).content.decode()


def test_changing_the_type_size_leads_nowhere_else(world: World, visit: Visit) -> None:
    answer = visit("bianban1").post(reverse("type_size"), {"size": "large", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("worklist")


def test_a_password_opens_the_site_and_leaving_closes_it(world: World) -> None:
    person = Person.objects.get(username="bianban1")
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    assert client.post(reverse("login"), {"username": "bianban1", "password": PASSWORD}).status_code == 302
    assert client.get(reverse("worklist")).status_code == 200
    client.post(reverse("logout"))
    assert client.get(reverse("worklist")).status_code == 302


def test_five_wrong_passwords_close_the_door_for_a_while(world: World) -> None:
    client = Client()
    wrong = {"username": "bianban1", "password": "not-this-one"}
    answers = [client.post(reverse("login"), wrong) for _ in range(5)]
    assert "用户名或密码不正确" in answers[0].content.decode()
    assert "暂停登录" in answers[-1].content.decode()
    assert answers[-1].status_code == 429


def test_without_a_password_nobody_signs_in(world: World) -> None:
    answer = Client().post(reverse("login"), {"username": "zhuren", "password": ""})
    assert answer.status_code == 200 and "请填写「密码」" in answer.content.decode()


def test_errors_speak_chinese_and_say_what_to_do(world: World, visit: Visit) -> None:
    client = visit("danwei")
    missing = client.get("/cases/00000000-0000-0000-0000-000000000000/")
    assert missing.status_code == 404 and "从待办或列表中重新打开" in missing.content.decode()
    closed = client.get(reverse("filing"))
    assert closed.status_code == 403 and "调整职责" in closed.content.decode()
    strict = Client(enforce_csrf_checks=True)
    stale = strict.post(reverse("login"), {"username": "danwei", "password": "x"})
    assert stale.status_code == 403 and "刷新后重新办理" in stale.content.decode()


def test_the_site_says_whether_it_lives_and_is_ready(world: World) -> None:
    assert Client().get(reverse("healthz")).content == b"ok"
    ready = Client().get(reverse("readyz"))
    assert ready.json()["database"] is True and ready.json()["archive"] is True


def test_the_office_is_told_on_its_worklist_that_no_worker_lives_and_a_unit_is_not(world: World, visit: Visit) -> None:
    Pulse.objects.create(at=timezone.now() - timedelta(hours=1))
    assert "没有运行" in visit("bianban1").get(reverse("worklist")).content.decode()
    assert "没有运行" in visit("xitong").get(reverse("worklist")).content.decode()
    assert "没有运行" not in visit("danwei").get(reverse("worklist")).content.decode()
    Pulse.objects.update(at=timezone.now())
    assert "没有运行" not in visit("bianban1").get(reverse("worklist")).content.decode()
