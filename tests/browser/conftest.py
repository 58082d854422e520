"""The only place that starts the site and a real Chromium for tests that act as people do."""

import functools
import json
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests import databases
from tests.databases import Database

# The shell draws no window of its own around a page, which takes a full Chromium half of its time.
CHROMIUMS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = next(filter(os.path.exists, CHROMIUMS), CHROMIUMS[-1])
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 30


@dataclass(frozen=True)
class Ground:
    """A folder with a district's database and archive, what its maker told, and everybody's session."""

    folder: Path
    words: tuple[str, ...]
    keys: Mapping[str, str]


@dataclass(frozen=True)
class Site:
    """A district served by the product's own server, the database below it, and what its ground told."""

    url: str
    database: Database
    words: tuple[str, ...]
    keys: Mapping[str, str]

    def let_in(self, context: BrowserContext, who: str) -> None:
        """Let somebody be signed in from the first page on."""
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.keys[who], "url": self.url}
        context.add_cookies([cookie])


@pytest.fixture(scope="session")
def grounds(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ground]:
    """Grounds by the module that makes them and its arguments, each made once; tests copy them."""
    loaded = databases.sqlite_copy(sqlite_template, tmp_path_factory.mktemp("district"))
    loaded.manage("load_district")

    @functools.cache
    def made(*command: str) -> Ground:
        database = databases.sqlite_folder_copy(loaded.folder, tmp_path_factory.mktemp("ground") / "made")
        told = json.loads(database.run("-m", *command).splitlines()[-1])
        return Ground(database.folder, tuple(told["words"]), told["keys"])

    return made


@pytest.fixture
def ground() -> tuple[str, ...]:
    """The module that makes the ground of the site, and its arguments; a test module may take another."""
    return ("tests.browser.in_hand",)


@pytest.fixture
def site(grounds: Callable[..., Ground], ground: tuple[str, ...], tmp_path: Path, django_db_blocker) -> Iterator[Site]:
    """The site on a district of the test's own, with a worker beside it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = grounds(*ground)
    copy = databases.sqlite_folder_copy(made.folder, tmp_path / "site")
    with django_db_blocker.unblock(), databases.opened(copy) as database:
        database.start("manage.py", "worker")
        server = f"gunicorn project.wsgi --bind 127.0.0.1:{port} --worker-class gthread --threads 4"
        process = database.start("-m", *server.split())
        wait_until_served(port)
        yield Site(f"http://127.0.0.1:{port}", database, made.words, made.keys)
        process.terminate()
        process.wait(timeout=PATIENCE)


def wait_until_served(port: int) -> None:
    """Return when the port answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "the site does not answer"
            time.sleep(0.1)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    # Playwright keeps an event loop in this thread; our tests look into the database beside it, which is safe here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*FLAGS, "--no-sandbox"] if os.getuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def is_complaint(message: ConsoleMessage) -> bool:
    """Return whether the browser complains; it also notes refusals (403, 409, 422), which are answers."""
    refused = ("status of 403", "status of 409", "status of 422")
    return message.type == "error" and not any(words in message.text for words in refused)


def leave(page: Page) -> None:
    """Show nothing where nobody looks: an open page of a meeting asks the site for news every three seconds."""
    page.goto("about:blank")


def press_and_leave(page: Page, selector: str) -> None:
    """Press what sends a form, wait for the answer, and look at nothing more."""
    with page.expect_navigation():
        page.click(selector)
    leave(page)


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """A fresh window of nobody in particular; any error in the browser's console fails the test."""
    context = chromium.new_context(base_url=site.url, locale="zh-CN", timezone_id="Asia/Shanghai")
    window = context.new_page()
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    yield window
    context.close()
    assert complaints == []
