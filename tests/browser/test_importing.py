"""An opening balance is brought in by a browser that follows the worker by itself, and by one without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from proposals.models import Posting
from tests.browser.conftest import Site
from tests.browser.doors import PASSWORD
from tests.browser.test_pages import PHONE, barriers, sign_in, too_wide
from tests.faults.importers import workbook

pytestmark = pytest.mark.browser
SOON = 60_000


def chosen(page: Page, file: Path) -> None:
    """Choose a filled template and come to the page of its import."""
    page.goto("/register/opening/")
    page.get_by_label("期初日期").fill("2020-01-01")
    page.get_by_label("依据文件").fill("核定表")
    page.get_by_label("填好的模板").set_input_files(file)
    page.get_by_label("所传文件不含国家秘密").check()
    page.get_by_role("button", name="检查").click()
    expect(page).to_have_url(re.compile(r"/register/opening/[0-9a-f-]{36}/$"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A template with some hundred bodies."""
    kept = tmp_path / "期初.xlsx"
    kept.write_bytes(workbook(400))
    return kept


def openings(site: Site) -> int:
    return Posting.objects.using(site.database.alias).filter(kind="OPENING").count()


def test_the_page_follows_the_worker_by_itself(site: Site, page: Page, file: Path) -> None:
    sign_in(page, "bianban1")
    chosen(page, file)
    expect(page.get_by_text("没有发现问题，将登记以下内容")).to_be_visible(timeout=SOON)
    assert openings(site) == 1, "the demonstration district's own"
    page.get_by_role("button", name="确认登记").dblclick()
    expect(page.get_by_role("heading", name="已完成期初登记")).to_be_visible(timeout=SOON)
    assert openings(site) == 2
    assert barriers(page) == []
    page.set_viewport_size(PHONE)
    assert too_wide(page) == []
    page.get_by_role("link", name="查看编制台账").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("编制台账")


def test_what_the_worker_has_not_come_to_yet_shows_progress_without_barriers(
    site: Site, page: Page, file: Path
) -> None:
    site.database.started[0].terminate()
    site.database.started[0].wait()
    sign_in(page, "bianban1")
    chosen(page, file)
    expect(page.get_by_text("等候处理")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert barriers(page) == []
    page.set_viewport_size(PHONE)
    assert too_wide(page) == []
    site.database.start("manage.py", "worker")
    expect(page.get_by_text("没有发现问题，将登记以下内容")).to_be_visible(timeout=SOON)


def test_without_scripts_a_link_asks_how_far_it_is(site: Site, chromium: Browser, file: Path) -> None:
    context = chromium.new_context(base_url=site.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("用户名").fill("bianban1")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    chosen(page, file)
    for until, press in (("没有发现问题，将登记以下内容", "确认登记"), ("已完成期初登记", "")):
        for _ in range(SOON):
            page.wait_for_load_state()  # an address is there before its page: a count would see nothing yet
            if page.get_by_text(until).count():
                break
            with page.expect_navigation():  # a count before the answer came would still see the old page
                page.get_by_role("link", name="刷新进度").click()
        if press:
            with page.expect_navigation():
                page.get_by_role("button", name=press).click()
    expect(page.get_by_role("heading", name="已完成期初登记")).to_be_visible()
    assert openings(site) == 2
    context.close()
