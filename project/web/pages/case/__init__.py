"""A case in the browser: its page, its way, a step of it, its papers and files, and the lists of cases.

Takes for granted: a case that the person reaches.
Refuses: a file of another's case.
Public: page, step, flow, lists, files, manuscript, plan_export.
"""
