"""A meeting in the browser: its page, a member's ballot, its minutes.

Takes for granted: a member or the secretary.
Refuses: a vote for somebody else.
Public: page, ballot, minutes.
"""
