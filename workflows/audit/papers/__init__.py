"""Papers, numbers, titles and signatures held against the chains and against the files themselves.

Takes for granted: the chain was checked.
Refuses: nothing; it names.
Public: printed, manuscripts, numbers, titles.
"""
