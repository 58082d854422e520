"""Normalises every field and query string of a request before a page sees it; its sender is told what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict

from proposals.text import reading
from proposals.text.reading import Read

# What is secret is taken as it is typed, and never looked into.
UNTOUCHED = ("password", "csrfmiddlewaretoken")


@dataclass(slots=True)
class Changes:
    """What was changed in the fields of one request; a form that is bound to them says how each field is called."""

    found: dict[str, Read] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it when the page is drawn: by then the forms have told their labels."""
        kinds = (("已去除不可见字符", "removed"), ("已换为规范字", "replaced"))
        return (
            "；".join(
                f"{words} {sum(told.values())} 处（{'、'.join(told)}）"
                for words, kind in kinds
                if (told := {self._called(name): n for name, read in self.found.items() if (n := getattr(read, kind))})
            )
            + "，请核对。"
        )

    def _called(self, name: str) -> str:
        return self.labels.get(name, "填写内容")


class ReadDict(QueryDict):
    """The fields of a request after they were read; its copies know the same changes."""

    changes: Changes

    def __deepcopy__(self, memo: MutableMapping[int, Any]) -> ReadDict:
        copied: ReadDict = super().__deepcopy__(memo)
        copied.changes = self.changes
        return copied


def read(sent: QueryDict) -> ReadDict:
    """Return the fields as they are read."""
    kept = ReadDict("", mutable=True, encoding=sent.encoding)
    kept.changes = Changes()
    for name, values in sent.lists():
        told = [Read(value) if name.startswith(UNTOUCHED) else reading.read(value) for value in values]
        kept.setlist(reading.read(name).text, [one.text for one in told])
        if any(one.changed for one in told):
            kept.changes.found[name] = Read("", sum(one.removed for one in told), sum(one.replaced for one in told))
    kept._mutable = False
    return kept


def tell_labels(data: Any, labels: Mapping[str, Any]) -> None:
    """Let the fields of a form say how they are called, where the data were changed."""
    if isinstance(data, ReadDict) and data.changes.found:
        data.changes.labels.update({name: str(label) for name, label in labels.items()})


class ReadingMiddleware:
    """Read query strings, fields and names of files before any page sees them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = read(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            sent = read(request.POST)
            request.POST = sent  # type: ignore[assignment]
            _name_files(request.FILES.values())
            if sent.changes.found and not request.headers.get("HX-Request"):
                messages.warning(request, sent.changes)  # type: ignore[arg-type]
        return self.get_response(request)


def _name_files(files: Iterable[Any]) -> None:
    for file in files:
        file.name = reading.read(file.name or "").text or None
