"""How people of one name are told apart where only their names stand: by their posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from proposals.text import alike


def told_apart(people: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return what to print for each of the people (identity, name, post): the name, with the post where it is shared.

    Two of one name and one post are numbered in the order given.
    """
    people = list(people)
    names = Counter(alike.key(name) for _, name, _ in people)
    posts = Counter((alike.key(name), post) for _, name, post in people)
    met: Counter[tuple[str, str]] = Counter()
    shown = {}
    for identity, name, post in people:
        key = alike.key(name)
        met[key, post] += 1
        number = f"，第{met[key, post]}名" if posts[key, post] > 1 else ""
        shown[identity] = name if names[key] == 1 else f"{name}（{post}{number}）"
    return shown
