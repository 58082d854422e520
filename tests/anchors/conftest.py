"""The only place for what these tests share: an office with a case, a key, two folders, hands that take guards off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from proposals.ledger import triggers
from proposals.models import Entry, Proposal
from tests.builders import Office
from tests.desks.conftest import case as sent
from tests.desks.conftest import office, opened
from workflows.audit.anchors import files, holding, making
from workflows.audit.anchors.files import Checkpoint

__all__ = ["office", "opened", "sent"]


@dataclass
class Outside:
    """What stands outside the office: a key of its own, and folders that keep checkpoints."""

    key: Path
    folders: list[Path]
    office: Office

    def make(self) -> Checkpoint:
        """Make the next checkpoint, an hour later."""
        self.office.now += timedelta(hours=1)
        return making.make(folders=self.folders, key=files.secret_key(self.key), at=self.office.now)[0]

    def found(self) -> list[str]:
        """Return what does not hold against the checkpoints kept so far."""
        kept, faults = files.read(self.folders[0], files.public_key(self.key.with_name(self.key.name + files.PUBLIC)))
        return [*faults, *holding.findings(kept)]


@pytest.fixture
def case(office: Office, sent: Proposal) -> Proposal:
    """A case of two entries: it was sent, and the office registered it."""
    register(office, sent, 1)
    return Proposal.objects.get(pk=sent.pk)


def register(office: Office, case: Proposal, n: int) -> None:
    """Take one step more on a case."""
    office.take(case, "register_incoming", "bianban1", incoming_number=f"收〔2026〕{n}号")


@pytest.fixture
def outside(office: Office, tmp_path: Path) -> Outside:
    """A key and two empty folders."""
    key = tmp_path / "checkpoint.key"
    files.new_key(key)
    folders = [tmp_path / "drop", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    return Outside(key=key, folders=folders, office=office)


def cut(case: Proposal, seq: int) -> None:
    """Take the guards off and take a case back to an entry, as a restored backup would."""
    triggers.put_aside(connection)
    Entry.objects.filter(subject_id=case.uuid, seq__gt=seq).delete()
    last = Entry.objects.get(subject_id=case.uuid, seq=seq)
    Proposal.objects.filter(pk=case.pk).update(head_seq=seq, head_hash=last.hash, state=last.to_state)
