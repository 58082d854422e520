"""The rows beside a chain, sealed by its entries: what stands where, and what it said after each step.

Takes for granted: a step has written its rows before its entry is made; models know their columns.
Refuses: nothing; the audit names what differs from what was sealed.
Public: kept (the table of all tables), sheets (which rows of a subject its entries seal), digests (of a subject now).
"""
