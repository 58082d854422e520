"""The steps of a rulebook: one person draws a change up, another settles it, and it takes effect from its day.

Takes for granted: everything was judged before.
Refuses: nothing.
Public: book (THE STEPS), law and people (drawing up), drawn (what is kept of it), settling (confirmed or declined).
"""
