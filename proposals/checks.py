"""Why the system refuses to start: triggers that are gone, or a SQLite mode that may lose what was acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError

from proposals.ledger import triggers

# Releases in which resetting a WAL file can no longer corrupt the database.
WAL_IS_SAFE_SINCE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


@register("durability")
def database_guards_itself(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report every database that would not keep our promises; one that is not migrated yet is left alone."""
    messages: list[CheckMessage] = []
    for alias in connections:
        connection = connections[alias]
        try:
            if "proposals_entry" not in connection.introspection.table_names():
                continue
            messages += [*_lacking_triggers(connection), *_unsafe_mode(connection)]
        except OperationalError:
            continue
    return messages


def _lacking_triggers(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    names = triggers.missing(connection)
    if not names:
        return []
    return [
        Error(f"数据库缺少防改触发器：{'、'.join(names)}", hint="请运行 manage.py migrate 重新安装。", id="dongyi.E001")
    ]


def _unsafe_mode(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    if connection.vendor != "sqlite" or "memory" in str(connection.settings_dict["NAME"]):
        return []
    found = {name: _pragma(connection, name) for name in ("journal_mode", "synchronous", "mmap_size")}
    wrong = [f"{name}={value}" for name, value in found.items() if not _is_safe(name, value, found)]
    wrong += [f"{name}=0" for name in ("foreign_keys", "recursive_triggers") if _pragma(connection, name) != 1]
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        wrong.append("transaction_mode≠IMMEDIATE")
    if not wrong:
        return []
    return [
        Error(
            f"SQLite 运行方式不能保证断电不丢失：{'、'.join(wrong)}",
            hint="请使用 project/env.py 中的设置（TRUNCATE、EXTRA、IMMEDIATE）。",
            id="dongyi.E002",
        )
    ]


def _is_safe(name: str, value: Any, found: dict[str, Any]) -> bool:
    wal = found["journal_mode"] == "wal"
    if name == "journal_mode":
        return value == "truncate" or (wal and _wal_is_safe(sqlite3.sqlite_version_info))
    if name == "synchronous":
        return value == 3 or (wal and value >= 2)
    return value in (0, None)


def _wal_is_safe(version: tuple[int, ...]) -> bool:
    return version >= WAL_IS_SAFE_SINCE[0] or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in WAL_IS_SAFE_SINCE
    )


def _pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None
