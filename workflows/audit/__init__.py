"""The walk over everything that must hold: every chain from its first entry, rows held against what chains say.

Takes for granted: nothing; it reads what is there.
Refuses: to mend. Every finding names its place.
Public: chains (the entry, `manage.py audit`), going_on (`audit --new`: chains from their last mark on), batches,
marks, and a module for each thing held against its record.
Inner rooms: committee, desks, papers.
"""
