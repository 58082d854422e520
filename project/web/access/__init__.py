"""Who may open which page, and which cases, registers and lists a person reaches.

Takes for granted: a person with dated duties.
Refuses: every address that the table of the policy does not name.
Public: policy (THE ADDRESSES), visit, cases, registers, lists, growing (pages of what only grows), own_office,
security_stream, queue (jobs that a person sees).
"""
