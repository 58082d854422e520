"""By what remembered law is known: a word that the database itself changes with every row of law or calendar written.

The word is drawn at random by triggers (`proposals/ledger/law_triggers.py`), whoever writes and by whatever way. So
one word never stands for two contents: not after a rollback, not in another database, not in a restored one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from django.db import models
from django.db.models import Q

from proposals.prepared import Prepared

# The days are the country's; every other scope is a territory.
CALENDAR = 0
TRIES = 3
Content = TypeVar("Content")


class Head(models.Model):
    """The present word of a territory's law, or of the country's calendar; written by triggers alone."""

    scope = models.PositiveBigIntegerField(primary_key=True, help_text="territory; 0 is the country's calendar")
    word = models.CharField(max_length=36)

    def __str__(self) -> str:
        return f"{self.scope} {self.word}"


BOTH: Prepared[tuple[int, str]] = Prepared(
    lambda territory: Head.objects.filter(Q(scope=territory) | Q(scope=CALENDAR)).values_list("scope", "word")
)
_ONE: Prepared[tuple[str]] = Prepared(lambda scope: Head.objects.filter(scope=scope).values_list("word"))


class Heads(NamedTuple):
    """The words of a territory's law and of the calendar, read in one statement; empty where nothing was written."""

    law: str
    calendar: str


class Moved(Exception):
    """What was read may hold parts from before a change and parts from after it."""


def of(territory_id: int) -> Heads:
    """Return the words as the transaction sees them now: one tiny read."""
    return said(territory_id, BOTH(territory=territory_id))


def said(territory_id: int, rows: Iterable[tuple[int, str]]) -> Heads:
    """Return the words as they were read together with other rows."""
    found = dict(rows)
    return Heads(found.get(territory_id, ""), found.get(CALENDAR, ""))


def word_of(scope: int) -> str:
    """Return the word of one scope as the transaction sees it now."""
    return next((word for (word,) in _ONE(scope=scope)), "")


def steady(read: Callable[[int], Content], *, scope: int, word: str) -> Content:
    """Read the content of a word; raise Moved where somebody changed it meanwhile, so that it is not remembered."""
    content = read(scope)
    if word_of(scope) != word:
        raise Moved
    return content


def remembered(
    kept: Callable[[int, str], Content], read: Callable[[int], Content], *, scope: int, word: str
) -> Content:
    """Return what a bounded memory keeps under the word; without a word, or while it keeps moving, read the rows."""
    for _ in range(TRIES):
        if not word:
            break
        try:
            return kept(scope, word)
        except Moved:
            word = word_of(scope)
    return read(scope)
