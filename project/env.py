"""The only reader of environment variables."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]", "testserver")
SHORTEST_SECRET = 32
SQLITE_DURABLE = (
    "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-20000;"
)


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default when it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str) -> bool:
    """Return whether the variable is switched on (1, true, yes or on)."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def https(hosts: list[str]) -> bool:
    """Return whether the site is served over HTTPS: as DONGYI_HTTPS says, else when a host beyond this machine is."""
    if text("DONGYI_HTTPS"):
        return flag("DONGYI_HTTPS")
    return not set(hosts) <= set(THIS_MACHINE)


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated words of the variable."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """Return the whole number from 1 up of the variable."""
    given = text(name, str(default))
    if not re.fullmatch("[1-9][0-9]{0,8}", given):
        raise ImproperlyConfigured(f"{name} 应为不小于1的整数。")
    return int(given)


def secret_key(var: Path) -> str:
    """Return the key from DONGYI_SECRET_KEY, or one made once and kept readable by its owner only."""
    if given := text("DONGYI_SECRET_KEY"):
        if len(given) < SHORTEST_SECRET or len(set(given)) < 8:
            raise ImproperlyConfigured(
                f"DONGYI_SECRET_KEY 太短或过于简单：不少于{SHORTEST_SECRET}个字符，请用随机生成的密钥，或不设置由系统生成。"
            )
        return given
    var.mkdir(parents=True, exist_ok=True)
    kept = var / "secret-key"
    if not kept.exists():
        descriptor = os.open(kept, os.O_CREAT | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    kept.chmod(0o600)
    return kept.read_text()


def limits(*, lock: int, statement: int, idle: int) -> str:
    """Return the options of a PostgreSQL session that gives up after so many seconds; 0 is never."""
    return f"-c lock_timeout={lock}s -c statement_timeout={statement}s -c idle_in_transaction_session_timeout={idle}s"


def database(var: Path) -> dict:
    """Return the default database: DONGYI_DATABASE_URL (postgresql://user:pass@host:port/name) or durable SQLite.

    A socket folder is given as host in the query: postgresql:///name?host=/run/postgresql&user=dongyi
    """
    url = text("DONGYI_DATABASE_URL")
    if not url:
        file = Path(text("DONGYI_SQLITE", str(var / "dongyi.sqlite3")))
        if file.is_file() and file.stat().st_uid == os.getuid():
            file.chmod(0o600)  # its journal gets the same
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_DURABLE},
            "ATOMIC_REQUESTS": False,
        }
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or unquote(query.get("host", "")),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            # What is sent with its values apart (proposals/prepared.py) is planned at its second use.
            "prepare_threshold": 2,
            "tcp_user_timeout": 10_000,
            # A worker may wait and compute; a transaction that stands still is ended, so that nobody stops everybody.
            "options": limits(lock=20, statement=0, idle=120),
        },
        "ATOMIC_REQUESTS": False,
    }
