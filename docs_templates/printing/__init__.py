"""From frozen facts to the bytes of a PDF/A: templates, wording, guards and the press.

Takes for granted: catalogue, facts, render.
Refuses: a missing fact or a character that no typeface draws.
Public: press (the only printer), templates, wording, text_guard, screen_text (a paper read on a page), spans (what of
a paper may be worded by hand).
"""
