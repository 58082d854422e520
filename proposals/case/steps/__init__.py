"""What the steps of a case write down, a module for each part of the way.

Takes for granted: everything was judged before; a body never refuses.
Refuses: nothing.
Public: book (THE STEPS: each row with its body); drafting, arguing, deciding, writing, filing, implementing, aside,
overriding; writes (what several steps write alike).
"""
