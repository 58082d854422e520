"""The only place where stories open pages, read forms as a browser shows them, fill them in and send them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from lxml import html

from proposals.models import Person

Element = html.HtmlElement
HALF_WIDTH = str.maketrans("，；：（）", ",;:()")
OWN_LOGIN = "django.contrib.auth.backends.ModelBackend"


class Visitor:
    """A person at a browser: a session with all its guards, the page that is open, and the forms on it."""

    def __init__(self, person: Person, clock: Any) -> None:
        self.person, self.clock, self.signed_in = person, clock, clock.now
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person, backend=OWN_LOGIN)
        self.response, self.at = HttpResponse(), "/"

    def open(self, address: str, *, status: int = 200) -> Visitor:
        """Open an address and expect this answer."""
        self.clock.tick(seconds=5)
        self.at = address
        return self._answered(self.client.get(address), status)

    def follow(self, words: str) -> Visitor:
        """Follow the link of these words on the open page."""
        found = [link for link in self.page.iter("a") if said(link) == words]
        assert found, f"{self.person.name}在{self.at}看不到「{words}」:{self.offered}"
        return self.open(urljoin(self.at, found[0].get("href")))

    def press(self, words: str, *, status: int = 302, **typed: Any) -> Visitor:
        """Fill in the form that has the button of these words, and press it; expect this answer."""
        button = self._button(words)
        form = next(above for above in button.iterancestors("form"))
        files = fill(form, typed)
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        if button.get("name"):
            data[button.get("name")] = button.get("value", "")
        self.clock.tick(seconds=5)
        return self._answered(self.client.post(urljoin(self.at, form.get("action") or ""), data | files), status)

    def onward(self) -> Visitor:
        """Go where the last answer sends the browser."""
        return self.open(self.response.headers["Location"])

    @property
    def page(self) -> Element:
        """The open page as a browser reads it."""
        return html.fromstring(self.response.content.decode())

    @property
    def words(self) -> str:
        """Everything the open page says."""
        return said(self.page)

    @property
    def offered(self) -> list[str]:
        """The words of every link and button that may be used."""
        return [said(one) for one in self.page.iter("a", "button")]

    @property
    def reasons(self) -> str:
        """What the page says against what was tried: every refusal and every mistake in the form."""
        return " ".join(said(one) for one in self.page.find_class("reasons"))

    def refuses(self, *sentences: str) -> None:
        """Expect that the open page refuses, and says why in these words, whatever the width of its marks."""
        told = self.reasons.translate(HALF_WIDTH)
        for one in sentences:
            assert one.translate(HALF_WIDTH) in told, told

    def _button(self, words: str) -> Element:
        found = [one for one in self.page.iter("button") if said(one) == words and one.get("disabled") is None]
        assert found, f"{self.person.name}在{self.at}看不到「{words}」:{self.offered}"
        return found[0]

    def _answered(self, response: HttpResponse, status: int) -> Visitor:
        self.response = response
        if response.status_code != status:
            told = self.reasons or self.words[:800] if response.content else response.headers.get("Location")
            raise AssertionError(f"{self.person.name}在{self.at}:{response.status_code}，应为{status}:{told}")
        return self


def fill(form: Element, typed: dict[str, Any]) -> dict[str, Any]:
    """Type values into the fields of a form, which must be there and offer them; return the files chosen."""
    for name, value in typed.items():
        assert name in form.fields, f"{name}: {sorted(form.fields)}"
        if not isinstance(value, SimpleUploadedFile):
            form.fields[name] = value if isinstance(value, bool | set) else str(value)
    return {name: value for name, value in typed.items() if isinstance(value, SimpleUploadedFile)}


def said(element: Element) -> str:
    """Return the words of an element as they are read, white space folded."""
    return " ".join(element.text_content().split())
