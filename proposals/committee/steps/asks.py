"""What each step of a meeting asks of the person who takes it; structured facts (names, results) have guards."""

from __future__ import annotations

from proposals.committee.meetings import AgendaItem
from proposals.committee.voting_rule import Method
from proposals.procedure.asks import CHOICE, COUNT, LINE, PERSON, Ask
from proposals.vocabulary import Motion

ITEM = Ask("item", "议题", PERSON)
CORRECTION = Ask("correction", "所拟更正", PERSON)
MEMBER = Ask("member", "委员", PERSON)
MYSELF = Ask("member", "委员", PERSON, required=False, help="由他人代为登记时填写")
REASON = Ask("reason", "理由", LINE)
MOTION = Ask("motion", "表决动议", CHOICE, required=False, choices=tuple(Motion.choices))
METHOD = Ask("method", "表决方式", CHOICE, required=False, choices=tuple(Method.choices))
NUMBER = Ask("seq", "第几次会议", COUNT)
# What a sitting ratifies comes on its agenda by a step of its own.
WRITTEN = tuple(one for one in AgendaItem.Type.choices if one[0] != AgendaItem.Type.RATIFY)
