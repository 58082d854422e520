"""Paper: how the facts of a case look when they are printed, numbered, packed and kept.

Takes for granted: proposals.
Refuses: to print what was not frozen, to overwrite a kept file.
Public: catalogue (THE PAPERS), freezing, archive, models. Rooms, lowest first: verify, facts, numbers, typefaces,
render, printing, sources, received, package.
"""
