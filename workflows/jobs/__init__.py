"""Work after the commit: papers printed, packages built, permits lapsing, files and workbooks read; at least once.

Takes for granted: the queue's rows; a job may be killed at any moment.
Refuses: to do a job twice to any effect.
Public: worker (runs the queue), owners (who is alive), papers, due, importing, examining
(files that came in).
"""
