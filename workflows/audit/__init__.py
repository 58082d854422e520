"""The walk over everything that must hold: every chain from its first entry, rows held against what chains say.

Takes for granted: nothing; it reads what is there.
Refuses: to mend. Every finding names its place.
Public: a module for each thing held against its record.
Inner rooms: reading (the entry: chains whole or from their mark on), anchors, committee, desks, papers.
"""
