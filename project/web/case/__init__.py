"""What the page of a case shows: its way, its record, differences between rounds, the preview of its lines.

Takes for granted: access, forms.
Refuses: to decide; it shows.
Public: page_reading (all that a page reads of a case), casefile, differences, preview, choices (what a step's form
offers), consents, paper_record.
"""
