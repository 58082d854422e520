#!/usr/bin/env python3
"""Verify one package of staffing papers: `python3 -I verify.py [PACKAGE.zip or folder]`, Python 3.9 or later.

Checks the manifests, the hash chain of the chronicle and the digests of the papers' facts; prints a verdict in Chinese.
Exit code 0: everything holds. 1: something does not hold. 2: the package cannot be read.
A copy inside a package can be changed together with it: to be sure, use a copy from the office that made the software.
"""

import hashlib
import json
import os
import sys
import zipfile
import zlib
from typing import Any

DOMAIN = b"dongyi-entry-v1\0"
GENESIS = "0" * 64
CHRONICLE, METADATA = "data/过程/chronicle.jsonl", "data/metadata.json"
MANIFESTS = (("manifest-sha256.txt", "sha256", True), ("manifest-sha512.txt", "sha512", True),
             ("manifest-sm3.txt", "sm3", True), ("tagmanifest-sha256.txt", "sha256", False))  # fmt: skip
Files = dict[str, bytes]
Entries = list[dict[str, Any]]
Wrong = list[str]  # sentences
LARGEST = 2 * 1024**3  # bytes, unpacked


class Unreadable(Exception):
    """The package is not a package."""


def read_package(path: str) -> Files:
    """Return {name inside the bag: bytes} of a zip file or an unpacked folder."""
    files = _read_zip(path) if os.path.isfile(path) else _read_folder(path)
    if "bagit.txt" not in files:
        raise Unreadable("缺少 bagit.txt，不是规范的数据包")
    return files


def _read_zip(path: str) -> Files:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as wrong:
        raise Unreadable(f"不是可读的压缩包：{wrong}") from wrong
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise Unreadable("压缩包内有重名文件")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("压缩包已加密")
        if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
            raise Unreadable("压缩包内有不安全的路径")
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise Unreadable("压缩包过大")
        tops = {name.split("/", 1)[0] for name in names}
        if len(tops) != 1 or any("/" not in name for name in names):
            raise Unreadable("压缩包应只含一个顶层目录")
        try:
            return {entry.filename.split("/", 1)[1]: archive.read(entry) for entry in entries}
        except (zipfile.BadZipFile, zlib.error, NotImplementedError) as wrong:
            raise Unreadable(f"压缩包已损坏：{wrong}") from wrong


def _read_folder(path: str) -> Files:
    files: Files = {}
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in names:
            full = os.path.join(folder, name)
            if os.path.islink(full):
                raise Unreadable(f"数据包内不得有链接：{full}")
            with open(full, "rb") as file:
                files[os.path.relpath(full, path).replace(os.sep, "/")] = file.read()
    return files


def check_manifests(files: Files) -> tuple[Wrong, Wrong]:
    """Compare every manifest with what is there, both ways."""
    wrong: Wrong = []
    notes: Wrong = []
    payload = {name for name in files if name.startswith("data/")}
    for manifest, algorithm, of_payload in MANIFESTS:
        if manifest not in files:
            (notes if algorithm == "sm3" else wrong).append(f"缺少校验清单 {manifest}")
            continue
        listed = _manifest(files[manifest], manifest, wrong)
        expected = payload if of_payload else {n for n in files if "/" not in n and n != manifest}
        wrong += [f"{manifest} 未列出文件 {name}" for name in sorted(expected - set(listed))]
        wrong += [f"{manifest} 所列文件不存在：{name}" for name in sorted(set(listed) - set(files))]
        if algorithm not in hashlib.algorithms_available:
            notes.append(f"本机不支持 {algorithm.upper()}，清单 {manifest} 未检")
            continue
        for name in sorted(set(listed) & set(files)):
            if hashlib.new(algorithm, files[name]).hexdigest() != listed[name]:
                wrong.append(f"文件与校验值不符：{name}（{algorithm.upper()}）")
    oxum = f"Payload-Oxum: {sum(len(files[name]) for name in payload)}.{len(payload)}"
    if oxum not in files.get("bag-info.txt", b"").decode("utf-8", "replace").splitlines():
        wrong.append("总字节数或总件数与 bag-info.txt 不符")
    return wrong, notes


def _manifest(data: bytes, manifest: str, wrong: Wrong) -> dict[str, str]:
    listed: dict[str, str] = {}
    for line in data.decode("utf-8", "replace").splitlines():
        digest, gap, name = line.partition("  ")
        if not gap or name in listed:
            wrong.append(f"{manifest} 中有不规范的行：{line[:80]}")
        listed[name] = digest
    return listed


def check_chronicle(files: Files) -> tuple[Wrong, Entries]:
    """Walk the chain from its first entry; return (wrong, entries)."""
    wrong: Wrong = []
    entries: Entries = []
    seq, prev = 0, GENESIS
    subject = ""
    for number, line in enumerate(files.get(CHRONICLE, b"").decode("utf-8", "replace").splitlines(), start=1):
        place = f"办理记录第{number}条"
        try:
            entry = json.loads(line)
            body = json.dumps(entry["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            seal = _seal(entry["alg"], entry["prev"], body)
            subject = subject or entry["subject"]
            if entry["seq"] != seq + 1 or entry["body"]["seq"] != entry["seq"]:
                wrong.append(f"{place}序号不连续，应为第{seq + 1}条")
            if entry["prev"] != prev:
                wrong.append(f"{place}与上一条不衔接")
            if seal != entry["hash"]:
                wrong.append(f"{place}内容与校验值不符")
            if entry["subject"] != subject or entry["body"]["subject"] != subject:
                wrong.append(f"{place}不属于本事项")
            seq, prev = entry["seq"], entry["hash"]
            entries.append(entry)
        except (ValueError, KeyError, TypeError, AttributeError) as bad:
            wrong.append(f"{place}无法读取：{bad!r}")
    if not entries:
        wrong.append("没有办理记录")
    return wrong, entries


def _seal(algorithm: str, prev: str, body: str) -> str:
    state = hashlib.new(algorithm, DOMAIN)
    for part in (prev.encode(), body.encode("utf-8")):
        state.update(len(part).to_bytes(8, "big") + part)
    return state.hexdigest()


def check_papers(files: Files, entries: Entries) -> Wrong:
    """Compare the description with the files, the papers' facts with the chronicle."""
    try:
        described = json.loads(files[METADATA].decode("utf-8"))
        pieces = described["files"]
        wrong = [] if pieces else ["元数据未列出任何文件"]
        if entries and described["sealed_entry"] != entries[-1]["hash"]:
            wrong.append("封包记录不是办理记录的最后一条")
        quoted = json.dumps([entry["body"].get("frozen") for entry in entries])
        for piece in pieces:
            wrong += _check_piece(files, piece, quoted)
    except (KeyError, ValueError, TypeError, AttributeError) as bad:
        return [f"元数据无法读取：{bad!r}"]
    extra = {n for n in files if n.startswith(("data/正文/", "data/附件/"))} - {piece["path"] for piece in pieces}
    return wrong + [f"元数据未列出文件 {name}" for name in sorted(extra)]


def _check_piece(files: Files, piece: dict[str, Any], quoted: str) -> Wrong:
    name = piece["path"]
    wrong: Wrong = []
    if name not in files:
        return [f"元数据所列文件不存在：{name}"]
    if len(files[name]) != piece["size"] or hashlib.sha256(files[name]).hexdigest() != piece["sha256"]:
        wrong.append(f"文件与元数据不符：{name}")
    if piece.get("facts"):
        digest = hashlib.sha256(files.get(piece["facts"], b"")).hexdigest()
        if digest != piece["facts_sha256"]:
            wrong.append(f"文书所据数据与元数据不符：{name}")
        if piece["frozen_in_chronicle"] and digest not in quoted:
            wrong.append(f"文书所据数据未记入办理记录：{name}")
    return wrong


def verify(path: str) -> tuple[int, Wrong]:
    """Return (exit code, lines to print)."""
    try:
        files = read_package(path)
    except (Unreadable, OSError) as bad:
        return 2, [f"无法读取：{bad}"]
    wrong, notes = check_manifests(files)
    chain, entries = check_chronicle(files)
    wrong += chain + check_papers(files, entries)
    lines = [
        f"数据包：{os.path.basename(os.path.abspath(path))}",
        f"文件{len(files)}个，办理记录{len(entries)}条",
    ]
    lines += [f"提示：{note}" for note in notes] + [f"不符：{line}" for line in wrong]
    return (1 if wrong else 0), [*lines, f"结论：核验不通过，共{len(wrong)}处不符" if wrong else "结论：核验通过"]


if __name__ == "__main__":
    code, told = verify(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__)))
    sys.stdout.buffer.write(("\n".join(told) + "\n").encode("utf-8"))
    raise SystemExit(code)
