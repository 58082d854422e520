"""A chain written by hand from the words of its format, without the product's own writer."""

from __future__ import annotations

import hashlib
import json
from typing import Any

SUBJECT = "11111111-2222-4333-8444-555555555555"
STEPS = (("draft", "", "DRAFT"), ("send", "DRAFT", "SUBMITTED"), ("accept", "SUBMITTED", "ARGUING"))


def seal(prev: str, body: str, alg: str = "sha256") -> str:
    """Return H(domain, then length and bytes of what came before, then length and bytes of the body)."""
    before, text = prev.encode("ascii"), body.encode("utf-8")
    stream = b"dongyi-entry-v1" + bytes(1)
    stream += bytes(7) + bytes([len(before)]) + before + len(text).to_bytes(8, "big") + text
    return hashlib.new(alg, stream).hexdigest()


def body(seq: int, **changed: Any) -> dict[str, Any]:
    """Return what the entry of that number says."""
    step, source, target = STEPS[seq - 1]
    return {
        "kind": "case", "subject": SUBJECT, "seq": seq, "step": step, "from": source, "to": target, "frozen": {},
        "facts": {"opinion": "同意"}, **changed,
    }  # fmt: skip


def lines(*bodies: dict[str, Any], alg: str = "sha256") -> list[dict[str, Any]]:
    """Return the exported entries of a chain with these bodies, each tied to the one before."""
    made, prev = [], "0" * 64
    for said in bodies or [body(seq) for seq in (1, 2, 3)]:
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        found = seal(prev, text, alg)
        entry = {"alg": alg, "kind": "case", "subject": SUBJECT, "seq": said["seq"], "prev": prev, "hash": found}
        made.append({**entry, "body": said})
        prev = found
    return made
