"""Tables as data: written once, shown, printed, charted and handed out as a file alike.

Takes for granted: what registers and plans say.
Refuses: a cell that a spreadsheet would take for a formula.
Public: tables (Table, Cell), spreadsheets, charts, sources (where a number leads), line_words; a module for each
family of tables.
"""
