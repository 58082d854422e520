"""The only place where files are kept: by their sha256, never overwritten, verified whenever they are read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from docs_templates.models import StoredObject


class ObjectMissing(Exception):
    """The store has no file of this digest."""


class ObjectDamaged(Exception):
    """The file no longer has the digest it is stored under."""


def store_bytes(*, data: bytes, media_type: str, at: datetime) -> StoredObject:
    """Keep `data` and return its row; the same bytes are kept once.

    The file is on the disk, down to its directory entry, before the row is written: a row never points to nothing. A
    rolled back transaction leaves a file without a row, which harms nobody.
    """
    digest = hashlib.sha256(data).hexdigest()
    target = object_path(sha256=digest)
    if target.exists():
        _verified(target, digest)
    else:
        _write(target, data)
    _flush_way(target)
    stored, _ = StoredObject.objects.get_or_create(
        sha256=digest, defaults={"size": len(data), "media_type": media_type, "created_at": at}
    )
    return stored


def read_object(*, sha256: str) -> bytes:
    """Return the bytes; raises ObjectMissing or ObjectDamaged."""
    return _verified(object_path(sha256=sha256), sha256)


def object_path(*, sha256: str) -> Path:
    """Return where the file stands, or would stand."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ObjectMissing(f"不是有效的校验值：{sha256[:80]}")
    return Path(settings.ARCHIVE_ROOT) / "objects" / sha256[:2] / sha256[2:4] / sha256


def _verified(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ObjectMissing(f"档案库中没有该文件：{digest}") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise ObjectDamaged(f"档案库中的文件已损坏，与校验值不符：{digest}")
    return data


def _write(target: Path, data: bytes) -> None:
    """Write beside, flush, then link: the name appears at once with all its bytes, and never over another file."""
    make_folders(target.parent)
    handle, name = tempfile.mkstemp(prefix="incoming-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o440)
            os.fsync(file.fileno())
        try:
            os.link(name, target)
        except FileExistsError:
            _verified(target, target.name)  # another process was quicker with the same bytes
    finally:
        os.unlink(name)


def make_folders(folder: Path) -> None:
    """Make a folder and those above it, each flushed into the one that holds it."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True, mode=0o750)
        flush_folder(new.parent)


def _flush_way(target: Path) -> None:
    """Flush the folders that lead to a file, also to one that was there already.

    Whoever put it there may have been stopped before he flushed them: a power failure would then take the name away
    from under the row that is about to be written.
    """
    for folder in (target.parent, *target.parent.parents[:2]):
        flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """Flush the names that a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
