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


def _in(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"tests/{folder}/test_{name}.py" for name in names)


ROOMS: tuple[Room, ...] = (
    Room(
        "voting", 50,
        ("proposals/committee/voting.py", "proposals/committee/voting_rule.py", "proposals/committee/counting.py"),
        _in("committee", "naive_count", "voting", "meeting", "cast_stays_cast"),
    ),
    Room(
        "ledger", 40, _of("proposals/ledger", "triggers", "models", "closed_periods"),
        (*_in("ledger", "origins", "corrections", "closed_periods", "known_at", "posts_by_hand", "readings_by_hand"),
         *_in("opening", "opening", "opened_with_a_pool"), *_in("plan", "plan_by_hand")),
    ),
    Room(
        "plan", 55, _of("proposals/plan"),
        (*_in("plan", "plan_by_hand"), *_in("ledger", "posts_by_hand"), *_in("side_registers", "problem_parts"),
         *_in("rules", "vacancies"), *_in("case", "leaning")),
    ),
    Room(
        "effect", 30, _of("proposals/effect"),
        (*_in("ledger", "posts_by_hand", "corrections"), *_in("use_of_posts", "permits"),
         *_in("side_registers", "problem_parts"), *_in("effect", "beside"), *_in("case", "ways_back")),
    ),
    Room(
        "law", 30, _of("proposals/law", "models"),
        (*_in("law", "routing", "road_law"), *_in("rulebook", "rulebook", "shapes_of_settings"),
         *_in("rules", "streets", "boundaries")),
    ),
    Room(
        "rules", 55, (*_of("proposals/rules"), *_of("proposals/rules/clauses")),
        _in("rules", "boundaries", "basis", "bodies", "duties", "overriding", "procedure", "quotas", "registers",
            "streets", "use_of_posts", "vacancies")
        + _in("text", "names"),
    ),
    Room(
        "access", 20, ("workflows/access.py", "workflows/desks/lending.py"), _in("desks", "who_may", "lending"),
    ),
    Room("chain", 15, ("proposals/procedure/chronicle.py",), _in("procedure", "chain")),
    Room("verifier", 25, ("docs_templates/verify/verify.py",), _in("papers", "verifier")),
)  # fmt: skip
