"""The clauses of the law, one class each, by subject.

Takes for granted: what a rule sees of a case (`rules.view`), and its figures from the law as of a day.
Refuses: nothing itself; a finding says what is wrong, the rulebook how strongly.
Public: procedure (who decides, what must have been asked), basis, bodies, names, quotas, vacancies, duties, endings,
registers, streets, uses.
"""
