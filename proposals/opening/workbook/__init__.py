"""An office's own workbook, read as it is: headings anywhere, merged and hidden cells, sums, any date.

Takes for granted: text.
Refuses: a formula without a stored value, a number it would have to guess.
Public: sheets (the whole workbook), rows, columns, cells, layout, sums.
"""
