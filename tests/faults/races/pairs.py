"""Which two things are done at once by two people, or by one person twice, or by two workers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from tests.faults.scene import acts
from tests.faults.scene.acts import at_meeting, on_case
from tests.faults.scene.moments import Known

KEYS = (UUID(int=1), UUID(int=2))


class Pair(NamedTuple):
    """Two who act at the same moment.

    `one_key`: they are one press of a button, sent twice. `whole`: each is one transaction, so one comes after the
    other; a worker takes several, between which somebody else may do something.
    """

    name: str
    moment: str
    first: Callable[[Known], Any]
    second: Callable[[Known], Any]
    one_key: bool = False
    whole: bool = True

    def does(self, place: int, known: Known) -> None:
        """Do what the one at this place does."""
        (self.first, self.second)[place](known | {"key": KEYS[0 if self.one_key else place]})


SEND = on_case("send_to_office", "bianban1")
CONCLUDE = {"conclusion": "依据充分、方案可行，建议提请区委编委审议。"}

PAIRS = (
    Pair("send, sent twice", "drafted", SEND, SEND, one_key=True),
    Pair("send, void", "drafted", SEND, on_case("void", "bianban2", reason="重复起草。")),
    Pair("save, send", "drafted", acts.save_draft, SEND),
    Pair("upload, send", "drafted", acts.upload, SEND),
    Pair("upload, sent twice", "drafted", acts.upload, acts.upload, one_key=True),
    Pair("open a draft, sent twice", "drafted", acts.open_draft, acts.open_draft, one_key=True),
    Pair("open the register, open it", "founded", acts.open_register, acts.open_register),
    Pair(
        "accept, withdraw", "received",
        on_case("accept", "bianban2", checks_passed=True), on_case("withdraw", "bianban1", reason="不再需要。"),
    ),
    Pair(
        "finish, finish", "asked",
        on_case("finish_argument", "bianban1", **CONCLUDE), on_case("finish_argument", "bianban2", **CONCLUDE),
    ),
    Pair("print, print", "argued", acts.work, acts.work),
    Pair(
        "vote for, vote against", "voting",
        at_meeting("cast_ballot", "bianwei3", value="FOR"), at_meeting("cast_ballot", "bianwei3", value="AGAINST"),
    ),
    Pair(
        "vote, close", "voting",
        at_meeting("cast_ballot", "bianwei3", value="FOR"), at_meeting("close_ballot", "bianban1"),
    ),
    Pair(
        "conclude, conclude", "counted",
        at_meeting("conclude_item", "bianban1"), at_meeting("conclude_item", "bianban2"),
    ),
    Pair("number, number", "signed", acts.number, acts.number),
    Pair("seal, seal", "numbered", on_case("seal_package", "bianban1"), on_case("seal_package", "bianban2")),
    Pair("pack, pack", "sealed", acts.work, acts.work),
    Pair("pack, reopen", "sealed", acts.work, on_case("reopen_dispatch", "bianban1", reason="需要修改。"), whole=False),
    Pair("issue, issue", "answered", on_case("issue_downward", "zhuren"), on_case("issue_downward", "zhuren")),
)  # fmt: skip
