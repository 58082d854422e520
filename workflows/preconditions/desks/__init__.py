"""What desks ask before a step: somebody to go to, a duty lent rightly, a word not yet taken up.

Takes for granted: the desks' room (`workflows.desks`) says where a case lies and who holds the duty.
Refuses: a step after which the case would lie with nobody.
Public: next_desk, lending, reading, recalls, routing.
"""
