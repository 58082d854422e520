"""What a change line says besides its columns: a closed table of keys, each with its label, its kind and its lines.

Takes for granted: organisation, ledger (their closed words).
Refuses: a key that the table does not know, a value that is not of its kind.
Public: table (THE KEYS, which sort of line uses which, faults), kinds (how a value is read, told and stored),
words (what a line may do, and how), filed (a line as a round kept it).
"""
