"""What comes in and goes out in writing: the incoming register, files from outside, papers before they are papers.

Takes for granted: a case.
Refuses: an incoming number twice in a territory.
Public: incoming (the register and its numbers), uploads (a file and what it is for), examinations (what was
found in it), manuscripts (who drafted, reviewed and signed which words).
"""
