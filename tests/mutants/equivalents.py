"""Mutants that no test can kill because they change nothing that anybody could see, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EQUIVALENTS: Mapping[str, str] = MappingProxyType(
    {
        "proposals/ledger/postings.py:_open_accounts: if not new → if False and (not new)": "none to open opens none",
        "proposals/effect/founding_papers.py:_without_posts: for entry in entries if entry.subject_kind == "
        "SubjectKind.CASE → for entry in entries": "what no case wrote is an opening or a correction",
        "proposals/plan/trial.py:_row: 0 → 1 #2": "no line moves what other cases hold",
        "workflows/access.py:lend: True → False": "a new row is inserted anyway; force_insert says so",
    }
)
