"""The forms that draw up a change of the rulebook.

Takes for granted: appearance.
Refuses: what cannot be a row of law.
Public: rules, meeting_rule, calendar, number_series.
"""
