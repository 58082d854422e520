"""The office of the demonstration: its people, a clock, and files that pass the guard every file passes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

import proposals
from docs_templates.received import uploads
from docs_templates.render import draw
from proposals.case import drafts
from proposals.models import Entry, Person, Proposal, Territory, Upload
from proposals.procedure.act import Actor
from workflows import subjects
from workflows.attempt import Ref
from workflows.perform import perform

DATA = Path(proposals.__file__).parent / "data" / "haibowan"
CLERK = "bianban1"
Tell = Callable[[str], None]


class Office:
    """The district, its people, and a clock that runs from two weeks ago up to now."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.district = Territory.objects.get(path="/wuhai/haibowan/")
        self.now = timezone.now() - timedelta(days=14)
        self.people = {person.username: person for person in Person.objects.all()}

    def tick(self) -> datetime:
        """Let a minute pass, but never overtake the real clock."""
        self.now = min(self.now + timedelta(minutes=1), timezone.now())
        return self.now

    def arrive(self) -> None:
        """Let the days pass until now."""
        self.now = timezone.now()

    def take(self, subject: Any, step: str, who: str, *, seen: str | None = None, **facts: Any) -> Entry:
        """Take a step as somebody who has just looked, and tell who did what and where it led."""
        fresh = type(subject).objects.get(pk=subject.pk)
        person = self.people[who]
        entry = perform(
            subject=Ref(fresh.subject_kind, fresh.uuid),
            step=step,
            actor=Actor.of(person),
            at=self.tick(),
            key=uuid4(),
            seen=seen or (fresh.concern if isinstance(fresh, Proposal) else None),
            facts=facts,
        )
        label = subjects.row_of(kind=fresh.subject_kind, step=step).label
        stands = type(subject).objects.get(pk=subject.pk).get_state_display()
        self.tell(f"  {person.name:<6}　{label}　→ {stands}")
        return entry

    def attach(self, case: Proposal, purpose: str) -> Upload:
        """Upload a page that says what the real material would be."""
        label = Upload.Purpose(purpose).label
        return self.upload(case, purpose, page(f"{label}（演示材料）", case.title), f"{label}.pdf")

    def upload(self, case: Proposal, purpose: str, data: bytes, name: str) -> Upload:
        """Upload bytes through the guard that every file passes."""
        received = uploads.receive(data=data, at=self.now)
        actor = Actor.of(self.people[CLERK])
        return drafts.add_upload(
            case=case.uuid, actor=actor, at=self.now, stored=received.as_stored(), purpose=purpose, name=name
        )


def page(title: str, text: str) -> bytes:
    """Return a one-page PDF with a title and a line."""
    body = f"<h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>"
    return draw(html=f'<html lang="zh"><meta charset="utf-8"><body>{body}', fonts_root=settings.FONTS_ROOT).pdf


def read(name: str) -> dict[str, Any]:
    """Read a data file of the demonstration district."""
    content: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return content
