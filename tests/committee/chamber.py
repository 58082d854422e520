"""The only place where tests seat the committee of nine, bring matters before it, and let members come and vote."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from proposals.committee import planning
from proposals.models import AgendaItem, Body, CommitteeTerm, Meeting, Proposal
from tests import builders
from tests.builders import Office
from workflows.attempt import Ref, Refused
from workflows.perform import perform

MEMBERS = ("bianwei1", "bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "bianwei8", "zhuren")
CHAIR, VICE = MEMBERS[0], MEMBERS[1]


class Chamber:
    """An office, its committee and one meeting at a time."""

    def __init__(self, **rule: Any) -> None:
        self.office: Office = builders.office_with_law(**rule)
        self.meeting: Meeting | None = None

    @property
    def term(self) -> CommitteeTerm:
        return self.office.district.committee_terms.get()

    def member(self, username: str) -> str:
        return str(self.office.people[username].uuid)

    def body(self, name: str = "演示街道") -> Body:
        return self.office.bodies.get(name) or builders.add_body(self.office, name, category="STREET")

    def scheduled(self, title: str = "关于修订演示街道“三定”规定的动议", *, body: str = "演示街道") -> Proposal:
        """Carry a case to where the chair has agreed to put it before the committee."""
        line = {"op": "CHARTER", "body": self.body(body).uuid}
        case = builders.draft(self.office, "SANDING_REVISE", [line], title=title)
        number = str(Proposal.objects.exclude(number="").count() + 1)
        self.office.take(case, "send_to_office", "bianban1")
        self.office.take(case, "register_incoming", "bianban1", incoming_number=number)
        self.office.take(case, "accept", "bianban1", checks_passed=True)
        self.office.take(case, "finish_argument", "bianban1", conclusion="建议提请编委会审议。")
        self.office.take(case, "propose_item", "zhuren", opinion="同意提请审议。")
        self.office.take(case, "approve_item", CHAIR)
        return Proposal.objects.get(pk=case.pk)

    def plan(self, *, days: int = 7, form: str = "SITTING") -> Meeting:
        """Plan a meeting some days ahead."""
        self.meeting = planning.plan_meeting(
            territory=self.office.district, starts_at=self.office.now + timedelta(days=days), place="区委二楼会议室",
            planned_by=self.office.people["bianban1"], at=self.office.tick(), form=form,
        )  # fmt: skip
        return self.meeting

    def take(self, step: str, who: str = "bianban1", *, key: uuid.UUID | None = None, seen: str | None = None, **facts):
        """Take a step on the meeting."""
        return perform(
            subject=Ref("meeting", self.meeting.uuid),
            step=step,
            actor=self.office.actor(who),
            at=self.office.tick(),
            key=key or uuid.uuid4(),
            seen=seen,
            **builders.told(facts),
        )

    def put(self, case: Proposal | None = None, **facts: Any) -> AgendaItem:
        """Put a case, or an item of another type, on the agenda."""
        named = {"type": "CASE", "proposal": str(case.uuid)} if case else {"type": "REGULATION"}
        self.take("put_item", **{**named, **facts})
        return self.now.items.order_by("position").last()

    def call(self, *, seq: int | None = None) -> None:
        """Send the notice."""
        self.take("call_meeting", seq=seq or planning.next_number(meeting=self.meeting))

    def open(self, present: Iterable[str] = MEMBERS) -> None:
        """Let a week pass, freeze the agenda, let members sign in, open the sitting."""
        self.take("freeze_agenda", CHAIR)
        self.office.tick(days=7)
        for one in present:
            self.take("check_in", one)
        self.take("open_meeting")

    def open_item(self, item: AgendaItem) -> None:
        self.take("open_item", item=str(item.uuid))

    def vote(self, item: AgendaItem, votes: Mapping[str, str]) -> None:
        """Let members vote one after another, as they saw the ballot."""
        for who, value in votes.items():
            self.cast(item, who, value)

    def cast(self, item: AgendaItem, who: str, value: str = "FOR"):
        concern = self.fresh(item).ballot_concern
        return self.take("cast_ballot", who, seen=concern, item=str(item.uuid), value=value)

    def decide(self, item: AgendaItem, *, dissent: Mapping[str, str] | None = None) -> None:
        """Take an item up, count nobody objecting but those named, announce the result."""
        self.open_item(item)
        named = {self.member(who): value for who, value in (dissent or {}).items()}
        self.take("record_no_objection", item=str(item.uuid), dissent=named)
        self.take("conclude_item", item=str(item.uuid))

    def sign(self) -> None:
        """Close the meeting and bring its minutes to signature."""
        self.take("close_meeting")
        self.take("draft_minutes")
        self.take("circulate_minutes")
        self.take("sign_minutes", CHAIR)

    def fresh(self, item: AgendaItem) -> AgendaItem:
        return AgendaItem.objects.get(pk=item.pk)

    @property
    def now(self) -> Meeting:
        """The meeting as it stands."""
        return Meeting.objects.get(pk=self.meeting.pk)


@contextmanager
def refused(code: str, words: str = ""):
    """Expect a refusal that names a code and says these words."""
    with pytest.raises(Refused) as refusal:
        yield refusal
    assert code in refusal.value.codes, refusal.value
    assert words in str(refusal.value), str(refusal.value)


def state_of(case: Proposal) -> str:
    return Proposal.objects.get(pk=case.pk).state
