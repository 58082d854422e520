"""What a checkpoint says and how it is kept: canonical JSON, chained by the file before it, signed with Ed25519.

Anybody verifies one with public tools:
`openssl pkeyutl -verify -pubin -inkey KEY.pub -rawin -in FILE -sigfile FILE.sig`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from proposals.procedure import chronicle

FORMAT = "dongyi-checkpoint-1"
NAME = "checkpoint-{n:06d}.json"
NAMED = re.compile(r"checkpoint-(\d{6,})\.json")
SIGNATURE = ".sig"
PUBLIC = ".pub"
ARRIVING = "arriving-"


class AnchorFault(Exception):
    """A key or a folder of checkpoints cannot be used; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of one chain: kind and identity of its subject, number and hash of its newest entry."""

    kind: str
    subject: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One checkpoint: its number, when it was made, how far entries were counted, ends of chains, last numbers given.

    `heads` holds the chains that grew since the one before, `numbers` the last number of every series.
    """

    n: int
    at: str
    previous: str
    entry: int
    heads: tuple[Head, ...]
    numbers: tuple[tuple[str, int], ...]

    def text(self) -> bytes:
        """Return the bytes that are kept and signed."""
        heads = [[one.kind, one.subject, one.seq, one.hash] for one in self.heads]
        said = {
            "format": FORMAT, "n": self.n, "at": self.at, "previous": self.previous, "entry": self.entry,
            "heads": heads, "numbers": self.numbers,
        }  # fmt: skip
        return chronicle.canonical(said).encode()


def parse(data: bytes) -> Checkpoint:
    """Return the checkpoint that bytes hold; ValueError, KeyError or TypeError when they hold none."""
    said: dict[str, Any] = json.loads(data)
    if said["format"] != FORMAT:
        raise ValueError(said["format"])
    return Checkpoint(
        n=said["n"], at=said["at"], previous=said["previous"], entry=said["entry"],
        heads=tuple(Head(*one) for one in said["heads"]), numbers=tuple((key, last) for key, last in said["numbers"]),
    )  # fmt: skip


def new_key(file: Path) -> Path:
    """Make a key, readable by its owner alone, and the public half beside it; return the public half's file."""
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    beside = file.with_name(file.name + PUBLIC)
    if file.exists() or beside.exists():
        raise AnchorFault(f"{file}已经存在，不会覆盖，请换一个文件名。")
    _write(file, secret, mode=0o600)
    _write(beside, public, mode=0o644)
    return beside


def secret_key(file: Path) -> Ed25519PrivateKey:
    """Return the key of a file; AnchorFault when it is none."""
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as fault:
        raise AnchorFault(f"{file}不是可用的私钥文件：{fault}") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise AnchorFault(f"{file}不是 Ed25519 私钥。")
    return key


def public_key(file: Path) -> Ed25519PublicKey:
    """Return the public key of a file; AnchorFault when it is none."""
    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, TypeError) as fault:
        raise AnchorFault(f"{file}不是可用的公钥文件：{fault}") from fault
    if not isinstance(key, Ed25519PublicKey):
        raise AnchorFault(f"{file}不是 Ed25519 公钥。")
    return key


def keep(checkpoint: Checkpoint, *, folder: Path, key: Ed25519PrivateKey) -> Path:
    """Write a checkpoint and its signature into a folder, flushed; a checkpoint that is there already is not touched.

    A signature without its checkpoint was left by somebody who was stopped between the two, and gives way.
    """
    data = checkpoint.text()
    file = folder / NAME.format(n=checkpoint.n)
    with _alone(folder):
        if file.exists():
            raise AnchorFault(f"{file}已经存在，不会覆盖。")
        _write(file.with_name(file.name + SIGNATURE), key.sign(data), mode=0o644)
        _write(file, data, mode=0o644)
    return file


def digest_of(checkpoint: Checkpoint) -> str:
    """Return what the next checkpoint names as the one before it."""
    return hashlib.sha256(checkpoint.text()).hexdigest()


def read(folder: Path, key: Ed25519PublicKey) -> tuple[list[Checkpoint], list[str]]:
    """Return the checkpoints of a folder, oldest first, and what does not hold of them; a false one is left out."""
    found: list[Checkpoint] = []
    faults = []
    for file in _files(folder):
        try:
            data = file.read_bytes()
            key.verify(file.with_name(file.name + SIGNATURE).read_bytes(), data)
            found.append(parse(data))
        except (OSError, InvalidSignature):
            faults.append(f"检查点文件{file.name}的签名缺失或不符")
        except (ValueError, KeyError, TypeError):
            faults.append(f"检查点文件{file.name}无法读取")
    return found, [*faults, *_gaps(found)]


def _gaps(found: list[Checkpoint]) -> Iterator[str]:
    n, previous = 0, chronicle.GENESIS
    for one in found:
        if one.n != n + 1:
            yield f"检查点第{n + 1}号至第{one.n - 1}号缺失"
        elif one.previous != previous:
            yield f"检查点第{one.n}号与上一号不衔接"
        n, previous = one.n, digest_of(one)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise AnchorFault(f"{folder}不是可以读取的文件夹。")
    return sorted((file for file in folder.iterdir() if NAMED.fullmatch(file.name)), key=lambda file: file.name)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep out whoever else would write into the folder now, where its file system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(file: Path, data: bytes, *, mode: int) -> None:
    """Write beside, flush, then name: the file is there with all its bytes, or not at all."""
    arriving = file.with_name(ARRIVING + file.name)
    arriving.unlink(missing_ok=True)
    descriptor = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    arriving.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
