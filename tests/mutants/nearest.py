"""The core that mutants are made of, room by room, and the tests that stand nearest to each."""

from __future__ import annotations

from typing import NamedTuple

from tests.architecture.source import ROOT


class Room(NamedTuple):
    """What is mutated together: modules, how many mutants of a whole run fall on them, and the files of tests asked."""

    name: str
    mutants: int
    modules: tuple[str, ...]
    tests: tuple[str, ...]


def _of(room: str, *without: str) -> tuple[str, ...]:
    """Return the modules of a room; its faces, and what is no function of Python (triggers), are nobody's mutants."""
    found = sorted(
        path.relative_to(ROOT) for path in (ROOT / room).glob("*.py") if path.stem not in ("__init__", *without)
    )
    return tuple(str(path) for path in found)


LEDGER = "tests/ledger/"
BY_HAND = tuple(f"{LEDGER}test_{name}.py" for name in ("plan_by_hand", "posts_by_hand", "every_change", "permits"))
ROOMS: tuple[Room, ...] = (
    Room(
        "voting", 50,
        ("proposals/committee/voting.py", "proposals/committee/voting_rule.py", "proposals/committee/counting.py"),
        ("tests/committee/test_naive_count.py", "tests/committee/test_voting.py", "tests/committee/test_meeting.py"),
    ),
    Room(
        "ledger", 40, _of("proposals/ledger", "triggers", "models", "closed_periods"),
        (f"{LEDGER}test_opening.py", f"{LEDGER}test_origins.py", f"{LEDGER}test_corrections.py",
         f"{LEDGER}test_moments.py",
         f"{LEDGER}test_closed_periods.py", f"{LEDGER}test_business_day.py", f"{LEDGER}test_known_at.py", *BY_HAND),
    ),
    Room(
        "plan", 55, _of("proposals/plan"),
        (*BY_HAND, f"{LEDGER}test_talent_pool.py", f"{LEDGER}test_problem_parts.py", "tests/values/test_lines_hold.py",
         "tests/values/test_kinship.py", "tests/rules/test_side_registers.py"),
    ),
    Room(
        "effect", 30, _of("proposals/effect"),
        (*BY_HAND, f"{LEDGER}test_problem_parts.py", f"{LEDGER}test_corrections.py",
         f"{LEDGER}test_moments.py",
         "tests/values/test_ways_back.py", "tests/values/test_kinship.py", "tests/rules/test_use_of_posts.py"),
    ),
    Room(
        "law", 30, _of("proposals/law", "models"),
        ("tests/rules/test_routing.py", "tests/rules/test_rulebook.py", "tests/rules/test_law.py"),
    ),
    Room(
        "rules", 55, _of("proposals/rules"),
        tuple(
            f"tests/rules/test_{name}.py" for name in (
                "basis", "bodies", "duties", "law", "overriding", "procedure", "quotas", "registers", "streets",
                "use_of_posts", "vacancies", "side_registers",
            )
        ),
    ),
    Room(
        "access", 20, ("workflows/access.py", "workflows/desks/lending.py"),
        ("tests/duties/test_reach.py", "tests/duties/test_lending.py"),
    ),
    Room(
        "chain", 15, ("proposals/procedure/chronicle.py",),
        ("tests/procedure/test_chain.py",),
    ),
    Room("verifier", 25, ("docs_templates/verify/verify.py",), ("tests/papers/test_verifier.py",)),
)  # fmt: skip
