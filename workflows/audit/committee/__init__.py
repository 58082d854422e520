"""Meetings, ballots, agendas and seats held against the chains of meetings and rulebooks.

Takes for granted: the chain was checked.
Refuses: nothing; it names.
Public: agenda, ballots, seats.
"""
