"""The typefaces of the papers: which plays which part, and how they are fetched and made equal in their measures.

Takes for granted: a package registry at preparation; nothing when a paper is printed.
Refuses: a file whose digest is not the pinned one.
Public: roles, preparing (`python -m docs_templates.typefaces.preparing`).
"""
