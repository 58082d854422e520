"""What a browser sends, before anything else sees it: normalised text, files cut off at their limit.

Takes for granted: proposals.text.
Refuses: unreadable text, with its place; more bytes than are allowed.
Public: text, upload_limit.
"""
