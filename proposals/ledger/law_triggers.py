"""How the database gives the law a new word with every row written: for every table of law and calendar, every verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

HEADS = "proposals_head"
# Which tables are a territory's law, and which the country's calendar (scope 0).
LAW = ("proposals_authorityrule", "proposals_cap", "proposals_setting", "proposals_meetingrule")
CALENDAR = ("proposals_calendarnotice", "proposals_calendarday")
SIDES = (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
GIVEN = """INSERT INTO proposals_head (scope, word)
SELECT id, {word} FROM proposals_territory UNION ALL SELECT 0, {word}"""

SQLITE = """CREATE TRIGGER {name} AFTER {verb} ON {table}
BEGIN
{moved}
END;"""
# Taken out and put in again: what an outer INSERT OR IGNORE says of conflicts would hold in here as well.
SQLITE_MOVED = """    DELETE FROM proposals_head WHERE scope = {scope};
    INSERT INTO proposals_head (scope, word) VALUES ({scope}, lower(hex(randomblob(16))));"""
POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION proposals_{room}_moves() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE proposals_head SET word = gen_random_uuid()::text;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO proposals_head (scope, word) VALUES ({old}, gen_random_uuid()::text)
        ON CONFLICT (scope) DO UPDATE SET word = EXCLUDED.word;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO proposals_head (scope, word) VALUES ({new}, gen_random_uuid()::text)
        ON CONFLICT (scope) DO UPDATE SET word = EXCLUDED.word;
    END IF;
    RETURN NULL;
END;
$body$;
"""
POSTGRES = """DROP TRIGGER IF EXISTS {name} ON {table};
CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION proposals_{room}_moves();"""


def wanted(vendor: str) -> dict[str, str]:
    """Return every trigger by name with the statements that make it."""
    make = _sqlite if vendor == "sqlite" else _postgres
    return {name: sql for room, tables in (("law", LAW), ("calendar", CALENDAR)) for name, sql in make(room, tables)}


def _sqlite(room: str, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for table in tables:
        for verb, sides in SIDES:
            scopes = dict.fromkeys(f"{side}.territory_id" if room == "law" else "0" for side in sides)
            name = f"{table}_moves_{verb.lower()}"
            moved = "\n".join(SQLITE_MOVED.format(scope=scope) for scope in scopes)
            yield name, SQLITE.format(name=name, verb=verb, table=table, moved=moved)


def _postgres(room: str, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    old, new = ("OLD.territory_id", "NEW.territory_id") if room == "law" else ("0", "0")
    function = POSTGRES_FUNCTION.format(room=room, old=old, new=new)
    for table in tables:
        for verb in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            name = f"{table}_moves_{verb.lower()}"
            each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
            yield name, function + POSTGRES.format(name=name, verb=verb, table=table, each=each, room=room)


def renew(connection: BaseDatabaseWrapper) -> None:
    """Give every territory and the calendar a new word: while triggers were off, anything may have been written."""
    word = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()::text"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("DELETE FROM proposals_head")
        cursor.execute(GIVEN.format(word=word))


def put_aside(cursor: Any) -> None:
    """Take the triggers of law and calendar off a PostgreSQL database."""
    cursor.execute(
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s",
        ["proposals_%_moves_%"],
    )
    for name, table in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name} ON {table}")
