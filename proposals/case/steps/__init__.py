"""What the steps of a case write down, a module for each part of the way.

Takes for granted: everything was judged before; a body never refuses.
Refuses: nothing.
Public: drafting, deciding, writing, filing, overriding.
"""
