"""The steps that change law, duties, committee, calendar and numbers: a change is drawn up under one of their names."""

from __future__ import annotations

from enum import StrEnum

# The steps of a rulebook by name.
RulebookStep = StrEnum(
    "RulebookStep",
    """
    ADOPT_PROFILE TAKE_OVER_LAW CHANGE_RULE CHANGE_CAP CHANGE_SETTING CHANGE_MEETING_RULE CHANGE_CALENDAR OPEN_SERIES
    ENTER_NUMBERS END_PROVISION OPEN_TERM SEAT_MEMBER END_SEAT APPOINT END_APPOINTMENT CONFIRM_CHANGE DECLINE_CHANGE
    """,
)
