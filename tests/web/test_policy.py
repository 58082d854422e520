"""Who may open which page: the table is complete, and every page keeps to it for every role."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from project.web import frame
from project.web.access import policy
from proposals.models import Appointment, Person
from tests import builders
from tests.web.conftest import Visit, World

ROLES = ("bianban1", "bianban2", "hegao", "zhuren", "bianwei1", "bianwei7", "danwei", "danweifuze", "shishouwen",
         "shishenhe", "xitong", "baomi", "shenji")  # fmt: skip


def names() -> set[str]:
    """Return the name of every address of the site."""
    patterns = get_resolver().url_patterns
    assert not any(isinstance(pattern, URLResolver) for pattern in patterns), "an included list would escape the table"
    return {pattern.name for pattern in patterns}


def plain() -> list[str]:
    """Return the names of the pages that need nothing but a person."""
    found = []
    for name in sorted(policy.POLICY):
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        if name not in ("logout", "type_size"):
            found.append(name)
    return found


def test_every_address_has_a_line_in_the_policy_and_every_line_an_address() -> None:
    assert names() ^ set(policy.POLICY) == set()


def test_every_line_of_the_menu_leads_somewhere() -> None:
    wanted = {name for _, lines in frame.MENU for _, name in lines}
    assert wanted - names() == set()


def test_a_page_without_a_line_cannot_be_opened(world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "POLICY", {"login": policy.PUBLIC})
    client = visit("bianban1")
    client.raise_request_exception = False
    assert client.get(reverse("worklist")).status_code == 500


def test_strangers_are_sent_to_the_login_page(world: World) -> None:
    closed = [name for name in plain() if policy.POLICY[name].readers is not None]
    for name in closed:
        answer = Client().get(reverse(name))
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("login")), name


@pytest.mark.parametrize("username", ROLES)
def test_each_role_opens_the_pages_of_its_duties_and_no_other(world: World, visit: Visit, username: str) -> None:
    duties = set(Appointment.objects.filter(person__username=username).values_list("duty", flat=True))
    client = visit(username)
    for name in plain():
        readers = policy.POLICY[name].readers
        expected = 200 if readers in (None, policy.ANYBODY) or duties & readers else 403
        answer = client.get(reverse(name))
        assert answer.status_code in ((expected,) if expected == 403 else (200, 302, 503)), (username, name)


@pytest.mark.parametrize("username", ["danwei", "bianwei7", "shishenhe", "xitong", "shenji"])
def test_a_case_out_of_reach_does_not_exist(world: World, visit: Visit, username: str) -> None:
    client = visit(username)
    for name in ("case", "case_facts", "case_lines", "case_uploads"):
        assert client.get(reverse(name, args=[world.sent.uuid])).status_code in (403, 404), name


def test_an_administrator_who_is_also_a_clerk_sees_no_case(world: World, visit: Visit) -> None:
    clerk = Person.objects.get(username="bianban1")
    with builders.before_conflicts():
        Appointment.objects.create(person=clerk, duty="SYSADMIN", path=world.office.district.path, since="2026-01-01")
    assert visit("bianban1").get(reverse("case", args=[world.sent.uuid])).status_code == 403


def test_an_appointment_that_has_ended_opens_nothing(world: World, visit: Visit) -> None:
    Appointment.objects.filter(person__username="bianban1").update(until="2026-02-01")
    client = visit("bianban1")
    assert client.get(reverse("case_list")).status_code == 403
    assert world.sent.title not in client.get(reverse("worklist")).content.decode()
    assert client.post(reverse("logout")).status_code == 302


def test_the_security_stream_keeps_who_was_turned_away_and_what_was_handed_out(world: World, visit: Visit) -> None:
    unit, clerk = visit("danwei"), visit("bianban1")
    unit.get(reverse("filing"))
    kept = world.sent.uploads.first()
    clerk.get(reverse("upload", args=[kept.uuid]))
    typed = {"key": str(uuid.uuid4()), "seen": "0", "reason": "试"}
    clerk.post(reverse("case_step", args=[world.sent.uuid, "withdraw"]), typed)
    shown = visit("shenji").get(reverse("security")).content.decode()
    assert reverse("filing") in shown and kept.sha256 in shown and "withdraw：STALE" in shown
    assert clerk.get(reverse("security")).status_code == 403
    Appointment.objects.filter(person__username="shenji").update(path="/wuhai/elsewhere/")
    assert kept.sha256 not in visit("shenji").get(reverse("security")).content.decode()
