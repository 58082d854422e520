"""What the harness lets happen: one of each kind of step, each way of writing a draft, worker, packages, checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from docs_templates.received import incoming, uploads
from proposals.models import Entry, Person, Register, SubjectKind
from proposals.procedure.act import Actor
from tests import builders
from tests.faults.scene.moments import Known, at
from tests.papers_bound import road
from workflows.attempt import Ref
from workflows.audit.anchors import files, making
from workflows.desks import opening
from workflows.jobs import examining
from workflows.jobs.owners import new_owner
from workflows.jobs.worker import Worker
from workflows.perform import perform

KEY = UUID("11111111-2222-3333-4444-555555555555")
ANCHORS = "anchors"
FILE = road.sheet(2)


@dataclass(frozen=True)
class Act:
    """Something that happens at a moment.

    `whole`: it is one transaction, so nothing of it stands, or all of it. `ends`: an error ends its process.
    """

    name: str
    moment: str
    do: Callable[[Known], Any]
    whole: bool = True
    ends: bool = False


def who(username: str) -> Actor:
    """Return a person as an actor."""
    return Actor.of(Person.objects.get(username=username))


def on_case(step: str, username: str, **facts: Any) -> Callable[[Known], str]:
    """Return how somebody takes a step on the case, always with the same key."""
    return lambda known: _taken(Ref(SubjectKind.CASE, UUID(known["case"])), step, username, known, known["seen"], facts)


def at_meeting(step: str, username: str, **facts: Any) -> Callable[[Known], str]:
    """Return how somebody takes a step on the item before the meeting."""

    def take(known: Known) -> str:
        subject = Ref(SubjectKind.MEETING, UUID(known["meeting"]))
        return _taken(subject, step, username, known, known.get("ballot"), {"item": known["item"], **facts})

    return take


def _taken(subject: Ref, step: str, username: str, known: Known, seen: str | None, facts: Mapping[str, Any]) -> str:
    entry: Entry = perform(
        subject=subject, step=step, actor=who(username), at=at(known), key=known.get("key", KEY), seen=seen, facts=facts
    )
    return entry.hash


def number(known: Known) -> str:
    """Give the paper that was signed its number."""
    return on_case("allot_number", "bianban1", paper=known["paper"])(known)


def open_register(known: Known) -> str:
    """Open the register with its first balance."""
    subject = Ref(SubjectKind.REGISTER, Register.objects.get(territory__path="/wuhai/haibowan/").uuid)
    facts = {name: value for name, value in builders.read("register.json").items() if name != "note"}
    return _taken(subject, "import_opening", "bianban1", known, None, facts)


def open_draft(known: Known) -> None:
    """Open a draft under the identity that its form gave it."""
    register = Register.objects.get(territory__path="/wuhai/haibowan/")
    opening.open_case(
        identity=KEY, territory=register.territory, drafter=Person.objects.get(username="bianban1"), at=at(known),
        title="关于调剂编制的动议", kind="STAFF_TRANSFER", origin="DISTRICT", proposer="区委编办",
    )  # fmt: skip


def save_draft(known: Known) -> None:
    """Save what a draft says; saying the same again changes nothing."""
    from proposals.models import Proposal

    case = Proposal.objects.get(uuid=known["case"])
    if case.reason != "写了一上午的缘由。":
        opening.save_fields(
            case=case.uuid, seen=known["seen"], fields={"reason": "写了一上午的缘由。", "urgency": "URGENT"}
        )


def upload(known: Known) -> None:
    """Let a file in and attach it, under the identity that the form gave it."""
    from proposals.case import drafts

    stored = uploads.receive(data=FILE, at=at(known)).as_stored()
    drafts.add_upload(
        case=UUID(known["case"]), actor=who("bianban1"), at=at(known), stored=stored, purpose="PLAN", name="方案.pdf",
        identity=KEY,
    )  # fmt: skip


def bring(known: Known) -> None:
    """Take a file in as a page does, queue it, and be the worker that looks into it."""
    kept = incoming.keep(chunks=[FILE])
    examining.begin(kept=kept, person=Person.objects.get(username="bianban1"), at=at(known))
    work(known)


def work(known: Known) -> None:
    """Be a worker that starts now: take over what the dead left behind, then do all there is to do."""
    owner = new_owner(connection)
    worker = Worker(owner=owner)
    worker.take_over()
    while job := worker.claim():
        worker.finish(job)
    owner.release()


def checkpoint(known: Known) -> None:
    """Sign a checkpoint of all chains, unless it is there already."""
    folder = Path(settings.VAR) / ANCHORS
    key = folder.with_suffix(".key")
    if not key.exists() or not key.with_name(key.name + files.PUBLIC).exists():
        key.unlink(missing_ok=True)
        files.new_key(key)
    folder.mkdir(exist_ok=True)
    found, faults = files.read(folder, files.public_key(key.with_name(key.name + files.PUBLIC)))
    if faults or len(found) > 1:
        raise AssertionError(faults or found)
    if not found:
        making.make(folders=[folder], key=files.secret_key(key), at=at(known))


ACTS = (
    Act("open the register", "founded", open_register),
    Act("open a draft", "drafted", open_draft),
    Act("save a draft", "drafted", save_draft),
    Act("upload", "drafted", upload, whole=False),
    Act("bring a file and examine it", "drafted", bring, whole=False, ends=True),
    Act("plain step", "sent", on_case("register_incoming", "bianban1", incoming_number="2026-17")),
    Act(
        "step that freezes papers", "asked",
        on_case("finish_argument", "bianban1", conclusion="依据充分、方案可行，建议提请区委编委审议。"),
    ),
    Act("print papers", "argued", work, whole=False, ends=True),
    Act("vote", "voting", at_meeting("cast_ballot", "bianwei3", value="FOR")),
    Act("decide", "counted", at_meeting("conclude_item", "bianban1")),
    Act("allot a number", "signed", number),
    Act("seal the package", "numbered", on_case("seal_package", "bianban2")),
    Act("write the package", "sealed", work, whole=False, ends=True),
    Act("post to the ledger", "answered", on_case("issue_downward", "zhuren")),
    Act("write the archive package", "archived", work, whole=False, ends=True),
    Act("sign a checkpoint", "archived", checkpoint, whole=False, ends=True),
)  # fmt: skip
