"""A case in the browser: its page, a step of it, its way through the desks, its papers and files, and the lists of cases.

Takes for granted: a case that the person reaches.
Refuses: a file of another's case.
Public: page, step, flow, lists, files, manuscript, plan_export.
"""
