"""The pages in a real browser: usable by everybody (WCAG 2.2 AA by axe), on a phone, and with live previews."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.doors import PASSWORD

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "project/web/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
TABS = ("plan", "argument", "evidence", "papers", "meetings", "record", "rounds")


def sign_in(page: Page, username: str) -> None:
    """Come in through the login page."""
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("待办")


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the open page; what it approves of, thousands of nodes, it need not tell."""
    page.evaluate(AXE.read_text())
    asked = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate("async asked => (await axe.run(document, asked)).violations", asked)
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def too_wide(page: Page) -> list[str]:
    """Return the address when the page must be scrolled sideways."""
    return [page.url] if page.evaluate("document.documentElement.scrollWidth > window.innerWidth") else []


def test_what_shuts_people_out_is_found(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("""<html lang="zh"><title>页</title><main>
        <h1>页</h1><img src="data:,"><p style="color: #bbb; background: #fff">看不清</p></main>""")
    assert [one.split()[1] for one in barriers(page)] == ["color-contrast:", "image-alt:"]
    page.close()


def test_no_page_of_a_case_has_barriers_on_desk_or_phone(site: Site, page: Page) -> None:
    draft, sent = site.words
    page.goto("/login/")
    assert barriers(page) == []
    sign_in(page, "bianban1")
    lists = ["/", "/done/", "/mine/", "/cases/", "/incoming/", "/filing/", "/archive/", "/paper-records/", "/numbers/"]
    forms = [f"/cases/{draft}/{name}/" for name in ("facts", "lines", "answers", "basis", "uploads")]
    forms += ["/cases/new/", f"/cases/{sent}/steps/register_incoming/", f"/cases/{sent}/steps/withdraw/"]
    forms += [f"/paper-records/new/?case={sent}", f"/paper-records/new/?case={sent}&step=register_incoming"]
    cases = [f"/cases/{sent}/?tab={tab}" for tab in TABS]
    found: list[str] = []
    for address in (*lists, *forms, *cases):
        page.set_viewport_size(DESK)
        page.goto(address)
        found += barriers(page)
        page.set_viewport_size(PHONE)
        found += too_wide(page)
    assert found == []
    # And again for whoever reads with the largest type.
    page.get_by_role("button", name="特大").click()
    for address in ("/", "/cases/", f"/cases/{sent}/", f"/cases/{draft}/lines/"):
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
        found += barriers(page)
        page.set_viewport_size(PHONE)
        found += too_wide(page)
        page.set_viewport_size(DESK)
    page.context.clear_cookies()
    sign_in(page, "zhuren")
    page.goto("/rulebook/steps/open_term/")
    found += barriers(page)
    page.set_viewport_size(PHONE)
    found += too_wide(page)
    seat = page.get_by_label("身份").first
    assert seat.bounding_box()["width"] > 120  # a role can be read
    assert found == []


def test_drafting_and_refusals_work_by_keyboard_and_lose_nothing(site: Site, page: Page) -> None:
    draft, sent = site.words
    sign_in(page, "bianban1")
    starts_at_the_main_part(page)
    draws_the_plan_anew(page, draft)
    keeps_what_was_typed(page, sent)


def draws_the_plan_anew(page: Page, draft: str) -> None:
    """The preview follows the typing; nothing is kept before it is saved."""
    page.goto(f"/cases/{draft}/lines/")
    number = page.get_by_label("申请数").first
    before = page.locator("#preview").inner_text()
    number.fill("97")
    number.press("Tab")
    expect(page.locator("#preview")).not_to_have_text(before)
    expect(page.locator("#preview")).to_contain_text("97")
    page.reload()
    assert page.get_by_label("申请数").first.input_value() != "97"


def keeps_what_was_typed(page: Page, sent: str) -> None:
    """A refusal takes the focus and repeats the form."""
    page.goto(f"/cases/{sent}/steps/delegate/")
    page.get_by_label("理由").fill("出差三天")
    page.get_by_role("button", name="委托代办").click()
    expect(page.locator(".reasons")).to_be_focused()
    expect(page.get_by_label("理由")).to_have_value("出差三天")


def starts_at_the_main_part(page: Page) -> None:
    """The first key leads past the frame."""
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
