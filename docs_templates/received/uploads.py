"""The only place that lets a file in: its kind is read from its content, what is dangerous or secret is refused."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from mmap import mmap
from pathlib import Path
from typing import Any

from django.conf import settings

from docs_templates.archive import store_bytes

TRIAGE = Path(__file__).with_name("file_types.py")
# Seconds on the wall: for looking into a file, for reading the codes of a scan's pages, for a place to do it in. Files
# are looked into two at a time, so that nobody's file takes the other threads of a site.
PATIENCE: Mapping[str, int] = {"inspect": 20, "codes": 90}
PATIENCE_IN_LINE = 5
OVERTAKEN = (signal.SIGXCPU, signal.SIGPROF, signal.SIGKILL)
PLACES = threading.BoundedSemaphore(2)
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
}
ALLOWED = "PDF、OFD、PNG、JPEG、DOCX、XLSX"
STARTS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
CONTAINERS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"))
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MOST_LISTED = 2 << 20  # bytes of a container's list of parts
DAMAGED = "文件已损坏，打不开，请重新上传。"
STRANGE = "文件结构异常，请另存或打印为普通PDF后上传。"
ADVICE: Mapping[str, str] = {
    "damaged": DAMAGED,
    "too many objects": STRANGE,
    "nested too deeply": STRANGE,
    "drawn too often": STRANGE,
    "unpacks too large": "文件解压后过大，请压缩其中的图片或拆分后上传。",
    "encrypted": "文件已加密，请解除密码后重新上传。",
    "definition": "文件结构异常，请用办公软件另存后重新上传。",
    "macro": "文件含宏或可执行内容，请另存为不含宏的文件后上传。",
    "embedded object": "文件内嵌了其他对象，请去掉后上传。",
    "reaches out": "文件打开时会调用其他程序或连接外部文件（远程模板、外部链接、DDE等），请断开链接后另存再上传。",
    "OpenAction": "文件打开时会自动访问网址或执行操作，请打印为普通PDF后上传。",
    "external data": "文件引用了文件以外的内容，请打印为普通PDF后上传。",
}


class UploadRefused(Exception):
    """The file may not come in; the message says, in Chinese, why and what to do."""


@dataclass(frozen=True)
class Received:
    """A stored file, as the row of an upload wants it: `drafting.add_upload(stored=received.as_stored(), …)`."""

    sha256: str
    media_type: str
    size: int
    pages: int | None
    unread: str = ""  # what of it could not be searched for secret marks

    def as_stored(self) -> dict[str, Any]:
        """Return the four columns by name."""
        return {name: value for name, value in asdict(self).items() if name != "unread"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a file that may come in: its kind, its pages, and what nobody could search for secret marks."""

    kind: str
    pages: int | None
    unread: str


def receive(*, data: bytes, at: datetime) -> Received:
    """Check the file by its content and keep it in the archive; raises UploadRefused.

    Takes up to a second (a child process looks into the file): for the worker, never for a request.
    """
    seen = looked(data=data)
    stored = store_bytes(data=data, media_type=MEDIA_TYPES[seen.kind], at=at)
    return Received(
        sha256=stored.sha256, media_type=MEDIA_TYPES[seen.kind], size=stored.size, pages=seen.pages, unread=seen.unread
    )  # fmt: skip


def looked(*, data: bytes) -> Seen:
    """Look into a file; raises UploadRefused for what may not come in."""
    kind = kind_of(data=data)
    seen = look_into(data=data, kind=kind, work="inspect")
    if reasons := [
        ADVICE.get(found, f"文件含可自动执行的内容（{found}），请打印为普通PDF后上传。") for found in seen["found"]
    ]:
        raise UploadRefused("".join(dict.fromkeys(reasons)))
    if mark := seen.get("secret"):
        raise UploadRefused(f"文件{seen['where']}标有“{mark}”标志。本系统不得处理国家秘密，请按保密规定线下办理。")
    return Seen(kind=kind, pages=seen["pages"] or None, unread=seen.get("unread", ""))


def kind_of(*, data: bytes | mmap) -> str:
    """Return the kind of a file by its first bytes, whatever its name says; raises UploadRefused.

    Nothing is parsed: a container is known by the names that its list of parts mentions.
    """
    if not data:
        raise UploadRefused("文件是空的，请重新选择。")
    if len(data) > settings.UPLOAD_LIMIT:
        raise UploadRefused(too_large())
    for start, kind in STARTS:
        if data[: len(start)] == start:
            return kind
    if data[: len(OLD_OFFICE)] == OLD_OFFICE:
        raise UploadRefused("文件为旧版Office格式或已加密，请另存为DOCX、XLSX或PDF后上传。")
    if data[:4] == b"PK\x03\x04":
        return _container(data)
    raise UploadRefused(f"文件类型不在允许范围，请上传{ALLOWED}。")


def too_large() -> str:
    """Return what is said of a file over the limit."""
    return f"文件超过{settings.UPLOAD_LIMIT // 1024**2}MB，请压缩或拆分后上传。"


def _container(data: bytes | mmap) -> str:
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if at < 0:
        raise UploadRefused(DAMAGED)
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    if size > MOST_LISTED:  # longer than office programs write it
        raise UploadRefused("文件结构异常，请用办公软件另存后重新上传。")
    listed = data[max(0, at - size) : at]
    for name, kind in CONTAINERS:
        if name.encode() in listed:
            return kind
    raise UploadRefused(f"不接受压缩包，请上传{ALLOWED}。")


def look_into(*, data: bytes, kind: str, work: str) -> dict[str, Any]:
    """Have a child process with limits look into the file; a file that it cannot read is refused.

    The child may use so much memory and so many seconds of the processor (triage.py) and of the wall, and no more.
    """
    if not PLACES.acquire(timeout=PATIENCE_IN_LINE):
        raise UploadRefused("正在检查其他文件，请稍后重新上传。")
    try:
        return _looked(data=data, kind=kind, work=work)
    finally:
        PLACES.release()


def _looked(*, data: bytes, kind: str, work: str) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(prefix="upload-") as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-I", str(TRIAGE), work, file.name, kind]
        try:
            told = subprocess.run(command, capture_output=True, timeout=PATIENCE[work], check=True)
        except subprocess.TimeoutExpired:
            raise UploadRefused("文件检查超时，内容可能异常，请打印为普通PDF后上传。") from None
        except subprocess.CalledProcessError as ended:
            if -ended.returncode in OVERTAKEN:
                raise UploadRefused("文件检查超时，内容可能异常，请打印为普通PDF后上传。") from None
            raise UploadRefused("文件打不开或内容异常，请检查后重新上传。") from None
    seen: dict[str, Any] = json.loads(told.stdout)
    return seen
