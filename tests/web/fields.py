"""The only place that finds what a page can be told: the fields of its forms, and the words of its address."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django import forms
from django.urls import get_resolver
from lxml import html

from tests.architecture.source import Module, modules

READERS = frozenset({"word", "given", "choice", "whole", "number_among", "day", "month", "identity"})
# What lists read beside: keys of pages, the form in which a table leaves, and the frame of a register.
EVERYWHERE = ("after", "before", "page", "as_of", "district", "export", "whole", "")


class Sent(NamedTuple):
    """A form as the browser would send it untouched."""

    address: str
    fields: dict[str, str]
    names: tuple[str, ...]


def posts(address: str, content: bytes) -> Iterator[Sent]:
    """Yield the forms of a page that change something, each with what stands in its fields."""
    page = html.fromstring(content)
    for form in page.xpath("//form[@method='post']"):
        names = tuple(name for name in form.fields if name != "csrfmiddlewaretoken")
        filled = {name: form.fields[name] for name in names if isinstance(form.fields[name], str)}
        yield Sent(form.get("action") or address, filled, names)


@cache
def asked_in(module: str) -> tuple[str, ...]:
    """Return the words that the address of a page of this module may carry."""
    path = f"{module.replace('.', '/')}.py"
    found = next(one for one in modules("project") if one.path == path)
    return tuple(dict.fromkeys((*_read_in(found), *_query_fields(module), *EVERYWHERE)))


def _read_in(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="readers"), attr=reader), args=[_, ast.Constant(value), *_]
            ):
                if reader in READERS:
                    yield value


def _query_fields(module: str) -> Iterator[str]:
    """Yield the fields of the forms that search, by the name they have by convention."""
    for found in forms.BaseForm.__subclasses__():
        yield from _fields_of(found, module)


def _fields_of(kind: type, module: str) -> Iterator[str]:
    if kind.__module__ == module and kind.__name__.endswith("Query"):
        yield from kind.base_fields  # type: ignore[attr-defined]
    for below in kind.__subclasses__():
        yield from _fields_of(below, module)


def module_of(name: str) -> str:
    """Return the module of the page that has this name."""
    return next(one.callback.__module__ for one in get_resolver().url_patterns if one.name == name)
