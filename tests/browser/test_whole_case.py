"""One case in a real browser, by everybody it passes: drafter, chair, secretary, members, archivist, city."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from proposals.models import Meeting, Proposal
from tests.browser.conftest import Site, leave, press_and_leave
from tests.browser.test_pages import sign_in

pytestmark = pytest.mark.browser

CLERK, SECOND, REVIEWER, DIRECTOR, CHAIR = "bianban1", "bianban2", "hegao", "zhuren", "bianwei1"
MEMBERS = ("bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "bianwei8", DIRECTOR, CHAIR)


class Street:
    """Everybody's own window on the site."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self.chromium, self.site = chromium, site
        self.windows: dict[str, Page] = {}

    def window(self, who: str) -> Page:
        """Return somebody's window, signed in: the clerk as people do, the others from the first page on."""
        if who not in self.windows:
            context = self.chromium.new_context(base_url=self.site.url, locale="zh-CN", timezone_id="Asia/Shanghai")
            page = self.windows[who] = context.new_page()
            sign_in(page, who) if who == CLERK else self.site.let_in(context, who)
        return self.windows[who]

    def step(self, who: str, case: str, step: str, **typed: str) -> None:
        """Open the form of a step on the case, fill it in, send it, and see that nothing was refused."""
        page = self.window(who)
        page.goto(f"/cases/{case}/steps/{step}/")
        send(page, typed)
        assert page.locator(".reasons[role=alert]").all_inner_texts() == [], step

    def press(self, who: str, meeting: str, button: str, **typed: str) -> None:
        """Press a button of the meeting's page, fill in the form that opens, if one does, and leave the page."""
        page = self.window(who)
        page.goto(f"/meetings/{meeting}/")
        page.click(f"#{button}")
        if "/steps/" in page.url:
            send(page, typed)
        assert page.locator(".reasons[role=alert]").all_inner_texts() == [], button
        leave(page)

    def state(self, case: str) -> str:
        """Return where the case stands."""
        return Proposal.objects.using(self.site.database.alias).get(uuid=case).state


def send(page: Page, typed: dict[str, str]) -> None:
    """Fill in the open form and send it."""
    for name, text in typed.items():
        field = page.locator(f"main [name={name}]").first
        kind = field.evaluate("e => e.type")
        if kind == "checkbox":
            field.check()
        elif kind.startswith("select"):
            field.select_option(text)
        else:
            field.fill(text)
    page.locator("main form .btn-primary").first.click()
    page.wait_for_load_state()


@pytest.fixture
def street(chromium: Browser, site: Site) -> Iterator[Street]:
    """The site with everybody in front of it."""
    opened = Street(chromium, site)
    yield opened
    for window in opened.windows.values():
        window.context.close()


def test_a_case_goes_from_its_drafter_through_the_committee_to_the_city(street: Street) -> None:
    case, _ = street.site.words
    drafted_and_argued(street, case)
    decided(street, case)
    filed_and_answered(street, case)
    assert street.state(case) == "CITY_APPROVED"
    page = street.window(CLERK)
    page.goto(f"/cases/{case}/")
    expect(page.locator("main")).to_contain_text("乌编发〔2026〕12号")


def drafted_and_argued(street: Street, case: str) -> None:
    page = street.window(CLERK)
    page.goto(f"/cases/{case}/facts/")
    send(page, {"summary": "申请核增千里山镇和六个街道副科级领导职数13名。"})
    street.step(CLERK, case, "send_to_office")
    street.step(CLERK, case, "register_incoming", incoming_number="2026-901")
    street.step(CLERK, case, "accept", checks_passed="1")
    street.step(CLERK, case, "finish_argument", conclusion="经论证必要、合理、可行，建议提请区委编委审议。")
    desk = street.window(CLERK)
    desk.goto(f"/cases/{case}/papers/goutong/")
    desk.fill("[name=paragraphs]", "现就核增领导职数有关情况函商。")
    desk.click("button:text-is('拟稿')")
    street.step(REVIEWER, case, "review_paper", paper="goutong")
    street.step(DIRECTOR, case, "sign_paper", paper="goutong")
    street.step(CLERK, case, "consult_city")
    street.step(CLERK, case, "record_city_opinion", result="AGREE")
    street.step(DIRECTOR, case, "propose_item", opinion="室务会研究同意，提请审议。")
    street.step(CHAIR, case, "approve_item")
    assert street.state(case) == "SCHEDULED"


def decided(street: Street, case: str) -> None:
    desk = street.window(CLERK)
    desk.goto("/meetings/new/")
    send(desk, {"starts_at": "2099-01-01T09:00", "place": "区委二楼会议室"})
    meeting = desk.url.rstrip("/").rsplit("/", 1)[-1]
    street.press(CLERK, meeting, "put_item-0", type="CASE", proposal=case)
    street.press(CLERK, meeting, "call_meeting-0")
    street.press(CHAIR, meeting, "freeze_agenda-0")
    street.press(CHAIR, meeting, "allow_short_notice-0", reason="事项紧急,同意会前送达材料。")
    for who in MEMBERS:
        page = street.window(who)
        page.goto(f"/meetings/{meeting}/ballot/")
        press_and_leave(page, "text=签到")
    for button in ("open_meeting-0", "open_item-1", "open_ballot-1"):
        street.press(CLERK, meeting, button)
    for who in MEMBERS:
        page = street.window(who)
        page.goto(f"/meetings/{meeting}/ballot/")
        page.click("#vote-FOR")
        page.click("#confirm")
        expect(page.locator("#live")).to_contain_text("表决回执")
        leave(page)
    for button in ("close_ballot-1", "conclude_item-1", "close_meeting-0"):
        street.press(CLERK, meeting, button)
    sign(street, meeting)
    assert street.state(case) == "MINUTES_SIGNED"


def sign(street: Street, meeting: str) -> None:
    desk, chair = street.window(CLERK), street.window(CHAIR)
    street.press(CLERK, meeting, "draft_minutes-0")
    desk.goto(f"/meetings/{meeting}/minutes/")
    desk.click("text=送核对")
    send(desk, {})
    chair.goto(f"/meetings/{meeting}/minutes/")
    chair.click("text=签发纪要")
    send(chair, {})
    assert Meeting.objects.using(street.site.database.alias).get(uuid=meeting).state == "SIGNED"


def signed(street: Street, case: str, paper: str) -> None:
    """Draft a paper, let another review it and the chair sign it, each at a browser."""
    street.step(CLERK, case, "draft_paper", paper=paper)
    street.step(REVIEWER, case, "review_paper", paper=paper)
    street.step(CHAIR, case, "sign_paper", paper=paper)


def filed_and_answered(street: Street, case: str) -> None:
    street.step(CLERK, case, "prepare_filing")
    signed(street, case, "qingshi")
    street.step(CLERK, case, "allot_number", paper="qingshi")
    street.step(SECOND, case, "seal_package")
    page = street.window(DIRECTOR)
    for _ in range(60):
        page.goto(f"/cases/{case}/")
        if page.locator(f"main a[href='/cases/{case}/steps/file_upward/']").count():
            break
        page.wait_for_timeout(1000)
    street.step(DIRECTOR, case, "file_upward")
    street.step("shishouwen", case, "sign_for")
    street.step("shishouwen", case, "city_accept")
    street.step("shishenhe", case, "city_approve", number="乌编发〔2026〕12号")
