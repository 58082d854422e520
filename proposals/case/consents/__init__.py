"""What others said of a case before its decision, each word with the round and digest of the lines it saw.

Takes for granted: snapshots of the case.
Refuses: a word given for other lines than those that are asked for now.
Public: consents, opinions, models.
"""
