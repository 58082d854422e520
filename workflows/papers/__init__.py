"""How steps and papers meet: what a step freezes, who signed which words, which number it bears.

Takes for granted: docs_templates.
Refuses: to number what was not signed, to print what differs from what was signed.
Public: of_steps, manuscripts, numbers, scans.
"""
