"""The road that every peer takes: twelve steps, each committed, from the draft to the archive."""

from __future__ import annotations

STEPS = (
    ("analyse", "drafter"), ("convene", "drafter"),
    ("vote", "m1"), ("vote", "m2"), ("vote", "m3"), ("vote", "m4"), ("vote", "m5"),
    ("decide", "chair"), ("evidence", "drafter"), ("submit", "drafter"), ("review", "city"),
)  # fmt: skip
LENGTH = 1 + len(STEPS)
VOTERS = sum(step == "vote" for step, _ in STEPS)
PEOPLE = ("drafter", "chair", "city", "m", "m1", "m2", "m3", "m4", "m5")
# From which state each step leads to which.
MOVES = {
    "analyse": ("draft", "argued"), "convene": ("argued", "meeting"), "vote": ("meeting", "meeting"),
    "decide": ("meeting", "decided"), "evidence": ("decided", "evidenced"), "submit": ("evidenced", "submitted"),
    "review": ("submitted", "archived"),
}  # fmt: skip
FIRST, LAST = "draft", "archived"
FACTS = {"title": "关于增加编制的动议", "unit": "甲中心", "delta": 3}
