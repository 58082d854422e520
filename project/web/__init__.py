"""The only HTTP of the project: pages, forms, tables and the policy of who may open what.

Takes for granted: workflows; a page never writes but through the door or a draft.
Refuses: an address that the policy does not name.
Public: door (takes a step from a form), frame (what every page shows), meeting_room, receiving. Rooms, lowest first:
intake, access, tables, forms, case, pages.
"""
