"""The register of document numbers: every series of a year, every number once, every gap explained.

Takes for granted: nothing but the territory that a series belongs to.
Refuses: a number twice, a gap without a word.
Public: models, register (the only giver), entering (series and used numbers, by two people).
"""
