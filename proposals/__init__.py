"""Facts and law: what a staffing proposal is, what the ledger holds, and what the rules say of both.

Takes for granted: nothing of this project; it is the lowest floor.
Refuses: to know of HTTP, templates, paper or who holds which duty.
Rooms, lowest first: vocabulary, text, organisation, procedure, ledger, case, side_registers, use_of_posts, plan, law,
effect, rules, committee, rulebook, opening, register. `models` is the face for Django and for the upper floors.
"""
