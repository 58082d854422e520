"""The committee: its terms and seats, its meetings, how votes are counted, and who still has to act.

Takes for granted: organisation, procedure, case.
Refuses: a count that no rule of meeting gives, a vote after the chair's, two seats for one person.
Public: lifecycle (THE OTHER TABLE), models, meetings, ballots, roll, voting (the only counter), voting_rule,
counting, carried (which steps of its cases a meeting takes along), results, terms, waiting, planning, concerned.
Inner rooms: minutes, reading, steps.
"""
