"""Desks, lent duties and readings held against the chains of cases.

Takes for granted: the chain was checked.
Refuses: nothing; it names.
Public: lending, reading, tasks.
"""
