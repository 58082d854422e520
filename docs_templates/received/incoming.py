"""Where files wait that nobody has looked into yet: kept whole, by their sha256, beside the archive and not in it."""

from __future__ import annotations

import hashlib
import mmap
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from docs_templates.archive import flush_folder, make_folders
from docs_templates.received.uploads import MEDIA_TYPES, UploadRefused, kind_of, too_large


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was taken in: what it is by its first bytes, and nothing else that needs reading it."""

    sha256: str
    media_type: str
    size: int


def keep(*, chunks: Iterable[bytes]) -> Incoming:
    """Write the file down as it comes, and flush it to its directory entry; raises UploadRefused.

    Nothing is unpacked or parsed: a file costs the request its bytes. More bytes than the limit are not written.
    """
    folder = _folder()
    make_folders(folder)
    handle, name = tempfile.mkstemp(prefix="incoming-", dir=folder)
    try:
        with os.fdopen(handle, "w+b") as file:
            digest, size = hashlib.sha256(), 0
            for chunk in chunks:
                size += len(chunk)
                if size > settings.UPLOAD_LIMIT:
                    raise UploadRefused(too_large())
                digest.update(chunk)
                file.write(chunk)
            if not size:
                raise UploadRefused("文件是空的，请重新选择。")
            file.flush()
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                kind = kind_of(data=data)
            os.fsync(file.fileno())
        os.replace(name, path_of(sha256=digest.hexdigest()))
        flush_folder(folder)
    finally:
        Path(name).unlink(missing_ok=True)
    return Incoming(sha256=digest.hexdigest(), media_type=MEDIA_TYPES[kind], size=size)


def read(*, sha256: str) -> bytes:
    """Return the bytes of a file that waits; raises FileNotFoundError, also where they are others than were named."""
    data = path_of(sha256=sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileNotFoundError(sha256)
    return data


def forget(*, sha256: str) -> None:
    """Take away a file that waits no longer: it stands in the archive, or may stand nowhere."""
    path_of(sha256=sha256).unlink(missing_ok=True)


def left_behind(*, before: datetime) -> list[str]:
    """Return the names of files that came before a moment; what was written in part is taken away at once."""
    folder, names = _folder(), list[str]()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime >= before.timestamp():
            continue
        if path.name.startswith("incoming-"):
            path.unlink(missing_ok=True)
        else:
            names.append(path.name)
    return names


def path_of(*, sha256: str) -> Path:
    """Return where a file waits, or would wait."""
    return _folder() / sha256


def _folder() -> Path:
    return Path(settings.ARCHIVE_ROOT) / "incoming"
