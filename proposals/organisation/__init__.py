"""Who there is: territories, people with their dated duties, bodies with their versions, working days of a year.

Takes for granted: text, vocabulary.
Refuses: a body under itself, a duty without its place, a working day beyond the known calendar.
Public: people, bodies, body_words (what a body is called), kinship (who is above whom), duty_places, duty_conflicts
(who may not be what at one time), unit_bodies (whose body a unit's people belong to), calendar, working_days,
credit_code.
"""
