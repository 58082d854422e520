"""The pages of the registers in a browser: no barriers, readable on a phone, numbers that lead on, whole on paper."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest
from lxml import html
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import DESK, PHONE, barriers, too_wide
from tests.register import reading

pytestmark = pytest.mark.browser
NEVER = (
    "我经办的",
    "收文登记簿",
    "退出",
    "导出Excel",
    "导出CSV",
    "查询",
    "下一页",
    "登记承接",
    "入编登记",
    "保存草稿",
    "移除第",
    "字号",
    "数据表",
)


@pytest.fixture
def ground() -> tuple[str, ...]:
    """A district with filled registers."""
    return ("tests.register.seeded",)


def filled(site: Site, page: Page) -> dict[str, str]:
    """Be signed in as the clerk, and return the address of every page of the filled registers."""
    body, draft = site.words
    site.let_in(page.context, "bianban1")
    page.goto("/")
    return reading.addresses_with(body=body, draft=draft)


def too_small(page: Page) -> list[str]:
    """Return the numbers that are links and smaller than a finger or a trembling hand can hit."""
    return page.evaluate("""() => [...document.querySelectorAll("a.figure")].filter(one => {
        const box = one.getBoundingClientRect();
        return one.checkVisibility() && (box.width < 24 || box.height < 24);
    }).map(one => one.textContent)""")


def test_no_page_of_the_registers_has_barriers_on_desk_or_phone(site: Site, page: Page) -> None:
    found: list[str] = []
    addresses = [*filled(site, page).values(), "/ledger/?part=vacant&unit=QUOTAS", "/register/opening/"]
    for size in ("标准", "特大"):
        page.get_by_role("button", name=size, exact=True).click()
        for address in addresses:
            page.set_viewport_size(DESK)
            page.goto(address)
            found += [*barriers(page), *too_small(page)]
            page.set_viewport_size(PHONE)
            found += [*too_wide(page), *too_small(page)]
    assert found == []


def test_a_number_is_plain_until_the_keyboard_comes_to_it_and_leads_to_its_movements(site: Site, page: Page) -> None:
    page.goto(filled(site, page)["body"])
    number = page.locator("a.figure").first
    expect(number).to_have_css("text-decoration-line", "none")
    number.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(number).to_be_focused()
    expect(number).to_have_css("text-decoration-line", "underline")
    said = number.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".sum b")).to_have_text(said)


def test_charts_are_read_on_a_phone_in_every_size(site: Site, page: Page) -> None:
    address = filled(site, page)["register"]
    page.set_viewport_size(PHONE)
    for size, points in (("标准", 15), ("大", 18.75), ("特大", 22.5)):
        page.get_by_role("button", name=size, exact=True).click()
        page.goto(address)
        text = page.locator(".drawn text").first
        expect(text).to_have_css("font-size", f"{points}px")
        lost = page.evaluate("""() => [...document.querySelectorAll(".drawn")].flatMap(drawing => {
            const edge = drawing.getBoundingClientRect().right + 1;
            const rects = [...drawing.querySelectorAll(":scope > rect")];
            const bars = Math.max(...rects.map(one => one.getBoundingClientRect().right));
            return [...drawing.querySelectorAll(":scope > text")].filter((one, place) => {
                const box = one.getBoundingClientRect();
                return box.right > edge || (place % 2 === 1 && box.left < bars);
            }).map(one => one.textContent);
        })""")
        assert lost == [], size


def compact(text: str) -> str:
    """Return a text without spaces, and with every character in its usual form."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(page: Page) -> str:
    """Print the open page as the browser would and return what stands on the paper."""
    paper = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True, prefer_css_page_size=True))
    return compact("".join(sheet.get_textpage().get_text_bounded() for sheet in paper))


def test_every_page_of_the_registers_prints_its_tables_and_no_buttons(site: Site, page: Page) -> None:
    for name, address in filled(site, page).items():
        page.goto(address)
        shown = reading.tables(html.fromstring(page.content()))
        assert shown, name
        paper = printed(page)
        for table in shown:
            for row in (table.rows[0], table.rows[-1]):
                missing = [text for text in (*row.cells.values(), *row.small) if compact(text) not in paper]
                assert missing == [], (name, table.title)
        assert [word for word in NEVER if word in paper] == [], name
        heading = page.get_by_role("heading", level=1).inner_text()
        assert compact(heading) in paper, name
