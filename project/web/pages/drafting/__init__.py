"""Opening a case and writing what it says: facts, answers, basis, files, and the lines with what they would change.

Takes for granted: a draft that the person may change.
Refuses: a save over somebody else's.
Public: drafts, lines.
"""
