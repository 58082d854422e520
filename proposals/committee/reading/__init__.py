"""What is read of a meeting while one step is judged and taken, or one page drawn: each part once, for all items.

Takes for granted: the lock, where a step is taken; models alone.
Refuses: to be kept. After a write it is made anew.
Public: whole (Reading, and the reading of an act), matters (an item with its rounds and recusals), members.
"""
