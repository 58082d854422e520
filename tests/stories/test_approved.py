"""Approved at first go: everything is typed, voted and signed over HTTP, from the login to the archived package."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from docs_templates.models import FrozenPaper, Package
from proposals.models import AgendaItem, Ballot
from proposals.vocabulary import State
from tests.committee.chamber import MEMBERS
from tests.papers_bound import road
from tests.stories.town import CITY, CLERK, SECOND, Town, stations
from tests.stories.visitor import said

POST = {"op": "LEADER_ADD", "body": "演示街道", "unit": "SECTION_DEPUTY", "requested": 2, "source": "CITY"}
WAY_TO_THE_COMMITTEE = [
    State.SUBMITTED, State.INTAKE_REVIEW, State.ARGUING, State.OFFICE_REVIEW, State.PRE_COMM, State.OFFICE_REVIEW,
    State.AGENDA_APPROVAL, State.SCHEDULED,
]  # fmt: skip
THROUGH_THE_COMMITTEE = [State.IN_DELIBERATION, State.APPROVED, State.MINUTES_DRAFT, State.MINUTES_SIGNED]
UP_AND_DOWN = [
    State.DISPATCHING, State.PACKAGED, State.FILED, State.CITY_RECEIVED, State.CITY_ACCEPTED, State.CITY_APPROVED,
    State.DISPATCHING_DOWN, State.IMPLEMENTING, State.CLOSED, State.ARCHIVED,
]  # fmt: skip


@pytest.mark.full_press
def test_a_proposal_is_typed_voted_filed_answered_issued_and_archived(town: Town, tmp_path: Path) -> None:
    case = town.opened("关于核增演示街道副科级领导职数的动议", "LEADER_POSTS")
    town.written(case, POST)
    town.upload(case, "INSTRUCTION")
    town.proposed(town.argued(case), consult=True)
    assert stations(case) == WAY_TO_THE_COMMITTEE

    (item,) = town.called_for(case, pressing=MEMBERS)
    town.balloted(item, {"bianwei7": "ABSTAIN", "bianwei8": "AGAINST"}, pressing=MEMBERS)
    town.minuted()
    tally = AgendaItem.objects.get(pk=item.pk).tally
    assert (tally["in_favour"], tally["against"], tally["abstained"]) == (7, 1, 1)
    assert Ballot.objects.filter(round__item=item).count() == len(MEMBERS)
    assert stations(case)[8:] == THROUGH_THE_COMMITTEE

    town.filed(case)
    town.step(case, "city_approve", CITY, number="乌编发〔2026〕12号")
    town.closed(town.issued(case))
    assert stations(case)[12:] == UP_AND_DOWN
    assert town.numbers("演示街道", "SECTION_DEPUTY").approved == 2

    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=record")
    assert "批复同意 乌编发〔2026〕12号" in page.words
    assert "文书：请示" in page.words
    assert "上传材料" not in page.offered
    for package in Package.objects.filter(subject_uuid=case.uuid):
        data = town.visitor(SECOND).open(f"/packages/{package.uuid}/").response.content
        verified(data, tmp_path / str(package.kind))
    assert all(paper.rendered_sha256 for paper in FrozenPaper.objects.filter(subject_uuid=case.uuid))


def verified(data: bytes, folder: Path) -> None:
    """Unpack a package and let the verifier inside it check everything, as its receiver would."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        package.extractall(folder)
    (script,) = folder.glob("*/verify.py")
    run = subprocess.run([sys.executable, "-I", script.name], cwd=script.parent, capture_output=True, check=False)
    assert run.returncode == 0, run.stdout.decode()


def test_nobody_comes_in_without_the_right_password(town: Town) -> None:
    clerk = town.office.people[CLERK]
    clerk.set_password("bianban-8-zi")
    clerk.save()
    browser = Client(enforce_csrf_checks=True)
    assert browser.get("/").headers["Location"] == "/login/?next=/"
    page = html.fromstring(browser.get("/login/?next=/").content)
    (form,) = [one for one in page.forms if "password" in one.fields]
    form.fields.update({"username": CLERK, "password": "bianban-7-zi"})
    answer = browser.post("/login/?next=/", dict(form.form_values()))
    assert "用户名或密码不正确，请核对后重新输入" in said(html.fromstring(answer.content))
    form.fields["password"] = "bianban-8-zi"
    assert browser.post("/login/?next=/", dict(form.form_values())).headers["Location"] == "/"
    assert "经办甲" in said(html.fromstring(browser.get("/").content))


def test_a_page_that_was_overtaken_is_told_what_happened_meanwhile(town: Town) -> None:
    case = town.draft("SANDING_REVISE", {"op": "CHARTER", "body": "演示街道"})
    address = f"/cases/{case.uuid}/steps/send_to_office/"
    late = town.visitor(CLERK).open(address)
    town.step(case, "send_to_office", SECOND)
    late.press("报送编办", status=409)
    late.refuses("经办乙于", "办理了「报送编办」", "请刷新页面")
    assert road.now(case).head_seq == 1


def test_a_double_click_makes_one_entry_and_no_complaint(town: Town) -> None:
    case = town.draft("SANDING_REVISE", {"op": "CHARTER", "body": "演示街道"})
    twice = town.visitor(CLERK).open(f"/cases/{case.uuid}/steps/send_to_office/")
    first = twice.response
    twice.press("报送编办")
    twice.response = first
    twice.press("报送编办")
    assert road.now(case).head_seq == 1
