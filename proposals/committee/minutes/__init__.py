"""Minutes: drawn from the record, worded around it, and held to it.

Takes for granted: the record of the meeting.
Refuses: a number, name, day or verdict that the record does not hold.
Public: drawing, check, wording, people, contradiction, correcting, places, models.
"""
