"""What happened on paper, entered by one person and confirmed by another who sees all of it.

Takes for granted: a scan.
Refuses: a confirmation by the person who entered it.
Public: records, meeting, city_reply.
"""
