"""What people type in: one form a step, built from what the step asks.

Takes for granted: intake.
Refuses: text that cannot be printed, with its place; nothing that was typed is lost.
Public: asked (the form of a step), appearance, drafts, lines, line_fields, manuscript, numbers, paper, paper_meeting,
sitting, business_day. Inner room: rulebook.
"""
