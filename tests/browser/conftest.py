"""The only place that starts the site and a real Chromium for tests that act as people do."""

import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests import databases
from tests.databases import Database

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 30


@dataclass(frozen=True)
class Site:
    """The demonstration district served by the product's own server, and the database below it."""

    url: str
    database: Database


@pytest.fixture(scope="session")
def district_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demonstration district, that tests copy."""
    database = databases.sqlite_copy(sqlite_template, tmp_path_factory.mktemp("district"))
    database.manage("load_district")
    return Path(database.environment["DONGYI_SQLITE"])


@pytest.fixture
def site(district_template: Path, tmp_path: Path, django_db_blocker) -> Iterator[Site]:
    """The site on a district of the test's own, with a worker beside it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    copy = databases.sqlite_copy(district_template, tmp_path)
    with django_db_blocker.unblock(), databases.opened(copy) as database:
        database.start("manage.py", "worker")
        server = f"gunicorn project.wsgi --bind 127.0.0.1:{port} --worker-class gthread --threads 4"
        process = database.start("-m", *server.split())
        wait_until_served(port)
        yield Site(f"http://127.0.0.1:{port}", database)
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
