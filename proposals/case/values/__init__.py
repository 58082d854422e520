"""What the lines of a case say in numbers and names: the value in force, sums, and the title that follows from them.

Takes for granted: the lines of the case.
Refuses: a title or a typed number that counts otherwise than the lines.
Public: in_force (granted, else decided, else requested), sums, bound_numbers, titles,
placed_lines (bodies named by where they are, when a name alone may mean two).
"""
