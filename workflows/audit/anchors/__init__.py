"""Anchors outside: signed checkpoints of every chain's end, kept where who runs the database cannot write.

Takes for granted: a key that the site's own processes cannot read, and at least one folder elsewhere.
Refuses: a checkpoint over data that do not hold against the last one.
Public: files (what a checkpoint says, its chain and signatures), making, holding (what the data say to them).
"""
