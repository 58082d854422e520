"""One of two who act at one moment where only one may succeed: `python -m tests.faults.rivals …`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

APART = 2.0  # seconds between two rounds
THOUGHT = 0.5  # between what is judged and the first write: without a lock both have judged by then


def main() -> None:
    """Set the scene, or try one thing after the other, each from its own moment on."""
    import django

    django.setup()
    print(json.dumps(prepare() if sys.argv[1] == "prepare" else compete(json.loads(sys.argv[2]), float(sys.argv[3]))))


def prepare() -> dict[str, list[list[Any]]]:
    """Commit a district and return, by what is fought for, what each of the two tries."""
    from django.db import transaction

    from tests.ledger.books import found

    with transaction.atomic():
        books = found()
        books.beside()
        claim = {"op": "DUTY_CLAIM", "n": 25, "params": {"row": "claimable", "mode": "WHOLE"}}
        name = {"op": "CREATE", "params": {"name": "新设中心", "category": "PSU"}}
        gone = {"op": "ABOLISH_INNER", "body": "丁局办公室"}

        rivals = {"a row beside": (claim, claim), "a name": (name, name), "a body": (gone, gone)}
        told = {what: [["issue", str(books.case(line).uuid)] for line in pair] for what, pair in rivals.items()}
        told["a person"] = [["appoint", books.territory.pk, duty] for duty in ("SYSADMIN", "AUDITOR")]
        told["what is ratified"] = [["ratify", meeting] for meeting in _sittings(books)]
    return told


def _sittings(books: Any) -> list[int]:
    """Enter something decided by circulation, and two sittings that could ratify it."""
    from proposals.committee.voting_rule import VotingRule
    from proposals.models import AgendaItem, CommitteeTerm, Meeting

    term = CommitteeTerm.objects.create(territory=books.territory, name="第一届", since=date(2020, 1, 1))
    usual = {
        "territory": books.territory, "term": term, "year": 2026, "place": "一楼", "planned_by": books.person,
        "starts_at": books.entry().at, "created_at": books.entry().at,
    }  # fmt: skip
    decided = Meeting.objects.create(
        form="CIRCULATION",
        state="CLOSED",
        rule=VotingRule(citation="议事规则").to_data(),
        head_seq=1,
        head_hash="0" * 64,
        **usual,
    )
    AgendaItem.objects.create(meeting=decided, position=1, title="甲", status="CONCLUDED", outcome="APPROVED")
    return [Meeting.objects.create(form="SITTING", **usual).pk for _ in range(2)]


def compete(turns: list[list[Any]], start: float) -> list[str]:
    """Try the turns in order; tell of each whether it was done, or why not."""
    from django.db import connection

    told = []
    for place, (what, *words) in enumerate(turns):
        time.sleep(max(0.0, start + place * APART - time.time()))
        with connection.execute_wrapper(Thinking()):
            told.append(ACTS[what](*words))
    return told


class Thinking:
    """Waits before the first write, as a slow machine would."""

    def __init__(self) -> None:
        self.done = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.done and sql.startswith(("INSERT", "UPDATE")):
            self.done = True
            time.sleep(THOUGHT)
        return execute(sql, params, many, context)


def issue(uuid: str) -> str:
    """Let a case take effect."""
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    from proposals.effect import carrying_out
    from proposals.ledger.postings import LedgerRefused
    from proposals.models import Entry, Proposal

    try:
        with transaction.atomic(durable=True):
            case = Proposal.objects.get(uuid=uuid)
            entry: Any = Entry(
                subject_id=case.uuid, hash=case.uuid.hex, at=timezone.now(), happened_on=date(2026, 3, 9)
            )
            carrying_out.apply(case=case, entry=entry, paper=f"海编发{case.pk}号", effective_on=date(2026, 3, 9))
    except LedgerRefused:
        return "refused"
    except IntegrityError as error:
        return str(error)
    return "done"


def appoint(territory: int, duty: str) -> str:
    """Give a person a duty, in the rulebook of one place or of another: no lock of a rulebook is held here."""
    from django.db import transaction

    from proposals.models import Appointment, Person, Rulebook
    from proposals.rulebook.appointing import goes_together

    with transaction.atomic(durable=True):
        person = Person.objects.latest("pk")
        rulebook = Rulebook(territory_id=territory)
        if list(goes_together(rulebook, _act(person=str(person.uuid), duty=duty, since="2026-03-01"))):
            return "refused"
        path = rulebook.territory.path
        Appointment.objects.create(person=person, duty=duty, path=path, since=date(2026, 3, 1))
    return "done"


def ratify(pk: int) -> str:
    """Put on the agenda of one sitting what was decided by circulation."""
    from django.db import transaction

    from proposals.committee import planning
    from proposals.committee.steps.preconditions.agenda import something_to_ratify
    from proposals.models import Meeting

    with transaction.atomic(durable=True):
        meeting = Meeting.objects.get(pk=pk)
        if list(something_to_ratify(meeting, _act())):
            return "refused"
        for item in planning.to_ratify(meeting):
            meeting.items.create(position=1, type="RATIFY", title=item.title, ratifies=item)
    return "done"


def _act(**facts: Any) -> Any:
    from django.utils import timezone

    from proposals.models import Person
    from proposals.procedure.act import Act, Actor

    actor = Actor.of(Person.objects.latest("pk"))
    return Act(step="", actor=actor, at=timezone.now(), happened_on=date(2026, 3, 9), facts=facts)


ACTS: Mapping[str, Any] = {"issue": issue, "appoint": appoint, "ratify": ratify}

if __name__ == "__main__":
    main()
