"""The command behind `make pictures`: starts the demonstration and takes the three pictures that the READMEs show."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/pictures"
PASSWORD = "haibowan-demo"
DESK, PHONE = {"width": 1280, "height": 1180}, {"width": 390, "height": 880}
COLOURS, PAPER_PIXELS = 64, 560
PATIENCE = 900


def kept(name: str, picture: Image.Image) -> None:
    """Keep a picture with few colours: it shows pages, no photographs."""
    file = PICTURES / name
    picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


def seen(page: Page) -> Image.Image:
    """Return what the window shows."""
    return Image.open(io.BytesIO(page.screenshot()))


def signed_in(browser: Browser, url: str, who: str, size: dict[str, int]) -> Page:
    """Return a window in which somebody is signed in."""
    context = browser.new_context(base_url=url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    return page


def case(page: Page) -> None:
    """Take the page of a case that went all the way: posts from the district's institutions to its streets."""
    page.goto("/archive/")
    page.get_by_role("link", name="调剂33名").first.click()
    page.wait_for_load_state()
    kept("case.png", seen(page))


def ballot(page: Page) -> None:
    """Take a member's choice on a phone."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("会议")).first.click()
    page.wait_for_selector("#vote-FOR")
    kept("ballot.png", seen(page))


def paper(page: Page) -> None:
    """Take the first page of the request that was filed to the city, as it was printed."""
    page.goto("/archive/")
    page.get_by_role("link", name="领导职数").first.click()
    page.get_by_role("link", name="文书", exact=True).click()
    pdf = page.locator("tr", has_text="请示").get_by_role("link", name="PDF").first.get_attribute("href")
    sheet = pypdfium2.PdfDocument(page.request.get(str(pdf)).body())[0]
    kept("paper.png", sheet.render(scale=PAPER_PIXELS / sheet.get_width()).to_pil())


TAKEN: tuple[tuple[Callable[[Page], None], str, dict[str, int]], ...] = (
    (case, "bianban1", DESK), (ballot, "bianwei2", PHONE), (paper, "bianban1", DESK),
)  # fmt: skip


def take(url: str) -> None:
    """Take every picture from a demonstration that is being served."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--no-sandbox"])
        for picture, who, size in TAKEN:
            picture(signed_in(browser, url, who, size))
        browser.close()


def served(port: int, demo: subprocess.Popen[bytes]) -> str:
    """Return the address of the demonstration once it answers."""
    url, deadline = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
    while time.monotonic() < deadline and demo.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()
            return url
        except (URLError, OSError):
            time.sleep(1)
    raise SystemExit("the demonstration did not start")


def main() -> None:
    """Start the demonstration in a folder of its own, take the pictures, end it; an address given is used as it is."""
    if sys.argv[1:]:
        take(sys.argv[1])
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = ROOT / "var/pictures/demo"
    place.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--port", str(port)]
    demo = subprocess.Popen(command, env=os.environ | {"DONGYI_VAR": str(place)}, stdout=subprocess.DEVNULL)
    try:
        take(served(port, demo))
    finally:
        demo.terminate()
        demo.wait()


if __name__ == "__main__":
    main()
