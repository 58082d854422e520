"""Where papers get their facts: from the models and the chain of a case or a meeting to frozen dataclasses.

Takes for granted: facts, numbers, proposals.
Refuses: to invent; a fact that is not there is asked for by name.
Public: by_paper (the one entry), dossier (what papers are told, read at most once), record, issuer; a module for each
family of papers. Inner room: lines.
"""
