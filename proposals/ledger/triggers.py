"""What the database itself refuses and keeps: append-only tables, balances, the tree of bodies, the word of the law.

Triggers vanish silently when a table is rebuilt, so our `migrate` installs them again every time and a system check
refuses to start without them.
"""

from __future__ import annotations

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from proposals.ledger import law_triggers

# Tables whose rows are appended and never changed; REPLACE counts as a change (recursive_triggers is on).
APPEND_ONLY = (
    "proposals_entry", "proposals_posting", "proposals_movement", "proposals_closedperiod", "proposals_ballot",
    "proposals_round", "proposals_receipt", "proposals_recordedcount", "proposals_minutescomment",
    "proposals_succession", "docs_templates_storedobject", "workflows_securityevent",
)  # fmt: skip

# Which duties exclude each other; an older release has no such table, and its appointments no such trigger.
CONFLICTS = "proposals_dutyconflict"

SQL = Path(__file__).parent / "sql"
SQLITE_GUARD = """CREATE TRIGGER {name} BEFORE {verb} ON {table}
BEGIN
    SELECT RAISE(ABORT, 'APPEND_ONLY {table}');
END;"""
POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION proposals_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'APPEND_ONLY %', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END;
$body$;"""
POSTGRES_GUARD = """DROP TRIGGER IF EXISTS {name} ON {table};
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION proposals_append_only();"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Install every trigger anew, whatever was there; a table that does not exist yet is left out."""
    present = set(connection.introspection.table_names())
    if not {*APPEND_ONLY, law_triggers.HEADS, CONFLICTS} <= present:
        return
    with connection.cursor() as cursor:
        for name, sql in _wanted(connection.vendor).items():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(sql)
    law_triggers.renew(connection)


def put_aside(connection: BaseDatabaseWrapper) -> None:
    """Take triggers off until `install`.

    SQLite rebuilds no table that a trigger elsewhere names; and the words of law, which its triggers write, stand in a
    table that an older release does not have.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            law_triggers.put_aside(cursor)
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'proposals_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that are absent or, where the database shows their text, not as we wrote them."""
    wanted = _wanted(connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = {name: sql.strip().rstrip(";") for name, sql in cursor.fetchall()}
            return sorted(name for name, sql in wanted.items() if found.get(name) != sql.strip().rstrip(";"))
        # A trigger switched off ('D') guards nothing.
        cursor.execute(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE %s",
            ["proposals_%"],
        )
        bodies = dict(cursor.fetchall())
    whole = POSTGRES_FUNCTION + "".join(wanted.values())
    return sorted(name for name in wanted if name not in bodies or bodies[name].strip() not in whole)


def _wanted(vendor: str) -> dict[str, str]:
    """Return every trigger by name with the statements that make it."""
    verbs = ("UPDATE", "DELETE") if vendor == "sqlite" else ("UPDATE", "DELETE", "TRUNCATE")
    guard = SQLITE_GUARD if vendor == "sqlite" else POSTGRES_FUNCTION + "\n" + POSTGRES_GUARD
    guarded = {_guard(table, verb): (table, verb) for table in APPEND_ONLY for verb in verbs}
    wanted = {name: guard.format(name=name, table=table, verb=verb) for name, (table, verb) in guarded.items()}
    written = "".join(
        (SQL / f"{table}_{vendor}.sql").read_text() for table in ("movement", "body", "committee", "duty")
    )
    for part in written.split("-- trigger ")[1:]:
        name, sql = part.split("\n", 1)
        wanted[name.strip()] = sql.strip()
    return wanted | law_triggers.wanted(vendor)


def _guard(table: str, verb: str) -> str:
    """Return the name of a guard; all our triggers begin alike, so that they are found."""
    return f"proposals_{table.removeprefix('proposals_')}_no_{verb.lower()}"
