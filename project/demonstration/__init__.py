"""The demonstration: the district's people, a clock, and two cases carried through the one door to the archive.

Takes for granted: a loaded district (`manage.py load_district`).
Refuses: to write beside `workflows.perform`.
Public: cases, office.
"""
