"""Files that come in: told by their content, searched for secret marks, compared with what was printed.

Takes for granted: archive.
Refuses: what is dangerous, encrypted or marked secret.
Public: incoming (where they wait), uploads, file_types (runs in a child process with limits), active_parts,
file_texts, secret_marks, scanner (whatever looks for viruses), signed_scans.
"""
