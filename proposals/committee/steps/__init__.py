"""The steps of a meeting: what they ask, what must hold before them, what the system adds, what they write down.

Takes for granted: meetings, ballots, roll, minutes.
Refuses: a step out of its order, by name and with what to do.
Public: book (THE STEPS), asks, preconditions (a room of its own), system_facts;
calling, sitting, recording, balloting, circulating, minuting; writes.
"""
