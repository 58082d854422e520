"""The reading of chains in batches: from their first entry, or from the mark that the last reading left.

Takes for granted: nothing; it reads what is there, and asks every module that holds a thing against its record.
Refuses: to mend, and to believe a mark that does not bear our signature.
Public: chains (the whole, `manage.py audit`), going_on (`audit --new`), batches, marks, security (the security record).
"""
