"""The site itself: signing in, the worklist, the security stream, health, and what is said when something fails.

Takes for granted: nothing.
Refuses: to tell a stranger anything.
Public: session, worklist, security, queue (the work behind the pages), health, failures, busy.
"""
