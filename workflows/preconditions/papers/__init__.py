"""What papers ask before a step: words that were signed and can be printed, numbers and titles that fit the lines.

Takes for granted: the papers' room (`workflows.papers`) says which step freezes which paper.
Refuses: a paper that says otherwise than the lines, that nobody signed, or that no typeface can print.
Public: signing, numbers, titles, values, readable.
"""
