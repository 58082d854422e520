"""How an office writes: names that read alike, whole numbers, document numbers, text that can be printed.

Takes for granted: nothing.
Refuses: to guess. Where a text may mean two things, both are said.
Public: reading (text as it is kept), alike (one name or two), name_column, namesakes, numerals, document_numbers,
terms (what is looked for).
"""
