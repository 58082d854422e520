"""How the law, the duties, the calendar and the committee change: one person draws up, another confirms.

Takes for granted: law, committee, organisation.
Refuses: a change that its drawer confirms, or that no longer fits beside what was confirmed since.
Public: lifecycle (the table of steps), preconditions, profiles (ready founding laws), appointing, calendar_notices,
calendar_text, asks.
"""
