"""The rulebook in the browser: the law as of a day, changes that wait, law founded or taken over, numbers.

Takes for granted: a clerk or director; a second person confirms.
Refuses: a change that its drawer confirms.
Public: law, founding_law, standing_law, number_register.
"""
