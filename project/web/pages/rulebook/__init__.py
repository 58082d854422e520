"""The rulebook in the browser: the law as of a day, changes that wait, the founding law, the register of numbers.

Takes for granted: a clerk or director; a second person confirms.
Refuses: a change that its drawer confirms.
Public: law, founding_law, number_register.
"""
