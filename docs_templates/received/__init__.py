"""Files that come in: told by their content, searched for secret marks, compared with what was printed.

Takes for granted: archive.
Refuses: what is dangerous, encrypted or marked secret.
Public: uploads, file_types (runs in a child process with limits), file_texts, secret_marks, signed_scans.
"""
