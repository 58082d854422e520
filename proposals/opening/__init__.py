"""How an office begins: its territory and people, and its opening balance out of the workbook it has.

Takes for granted: organisation, committee, ledger, side_registers.
Refuses: to guess. Every fault is named by sheet, row and column.
Public: territory, data, faults, names, preview, side_data. Inner room: workbook.
"""
