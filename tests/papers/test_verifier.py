"""The verifier on a small package made by hand: every damage has its own sentence, and nothing else is said."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from docs_templates.verify import verify as verifier
from tests.procedure import by_hand

Files = dict[str, bytes]
RECORD, METADATA, PAPER, FACTS = (
    "data/过程/chronicle.jsonl", "data/metadata.json", "data/正文/01-请示.pdf", "data/数据/01.json",
)  # fmt: skip


def sha(data: bytes, name: str = "sha256") -> str:
    return hashlib.new(name, data).hexdigest()


def package(
    lines: list[dict[str, Any]] | None = None, described: Mapping[str, Any] | None = None, **changed: Any
) -> Files:
    """Make the files of a package; `described` and `changed` replace parts of its description and of its one paper."""
    facts = b'{"n":1}'
    if lines is None:
        lines = by_hand.lines(by_hand.body(1), by_hand.body(2, frozen={"papers": {"qingshi": sha(facts)}}))
    piece = {
        "path": PAPER, "size": 4, "sha256": sha(b"%PDF"), "facts": FACTS, "facts_sha256": sha(facts),
        "frozen_in_chronicle": True, **changed,
    }  # fmt: skip
    told = {"files": [piece], "sealed_entry": lines[-1]["hash"] if lines else "", **(described or {})}
    record = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)
    return listed({
        RECORD: record.encode(), METADATA: json.dumps(told).encode(), PAPER: b"%PDF", FACTS: facts,
        "bagit.txt": b"BagIt-Version: 1.0\n",
    })  # fmt: skip


def listed(files: Files) -> Files:
    """Write the manifests and the sums of a package anew."""
    files = {name: data for name, data in files.items() if "manifest" not in name and name != "bag-info.txt"}
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    size = sum(len(data) for data in payload.values())
    files["bag-info.txt"] = f"Bag-Size: small\nPayload-Oxum: {size}.{len(payload)}\n".encode()
    for kind in ("sha256", "sha512", "sm3"):
        files[f"manifest-{kind}.txt"] = "".join(
            f"{sha(data, kind)}  {name}\n" for name, data in payload.items()
        ).encode()
    tags = {name: data for name, data in files.items() if "/" not in name}
    files["tagmanifest-sha256.txt"] = "".join(f"{sha(data)}  {name}\n" for name, data in tags.items()).encode()
    return files


def zipped(files: Files, target: Path, top: str = "包/") -> str:
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{top}{name}", data)
    return str(target)


def wrong(files: Files, tmp_path: Path) -> list[str]:
    """Return what the verifier says is wrong, and check that it counts its own sentences."""
    code, said = verifier.verify(zipped(files, tmp_path / "p.zip"))
    found = [line.removeprefix("不符：") for line in said if line.startswith("不符：")]
    assert code == (1 if found else 0)
    assert said[-1] == (f"结论：核验不通过，共{len(found)}处不符" if found else "结论：核验通过")
    return found


def test_what_holds_is_said_to_hold_in_a_zip_and_in_a_folder(tmp_path: Path) -> None:
    files = package()
    said = ["文件10个，办理记录2条", "结论：核验通过"]
    assert verifier.verify(zipped(files, tmp_path / "p.zip")) == (0, ["数据包：p.zip", *said])
    for name, data in files.items():
        (tmp_path / "bag" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "bag" / name).write_bytes(data)
    assert verifier.verify(str(tmp_path / "bag")) == (0, ["数据包：bag", *said])
    (tmp_path / "bag/more.txt").symlink_to("/etc/hostname")
    assert verifier.verify(str(tmp_path / "bag")) == (2, [f"无法读取：数据包内不得有链接：{tmp_path}/bag/more.txt"])


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {path: data for path, data in files.items() if path != name}


def put(name: str, data: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, name: data}


def added(name: str, more: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, name: files[name] + more}


SHA512, TAGS = "manifest-sha512.txt", "tagmanifest-sha256.txt"
TAGGED = "文件与校验值不符：{}（SHA256）"
DAMAGED: list[tuple[Callable[[Files], Files], list[str]]] = [
    (without(SHA512), [f"缺少校验清单 {SHA512}", f"{TAGS} 所列文件不存在：{SHA512}"]),
    (put("more.txt", b""), [f"{TAGS} 未列出文件 more.txt"]),
    (added(SHA512, b"x" * 81 + b"\n"),
     [f"{SHA512} 中有不规范的行：{'x' * 80}", f"{SHA512} 所列文件不存在：", TAGGED.format(SHA512)]),
    (added(TAGS, sha(b"BagIt-Version: 1.0\n").encode() + b"  bagit.txt\n"),
     [f"{TAGS} 中有不规范的行：{sha(b'BagIt-Version: 1.0' + bytes([10]))}  bagit.txt"]),
    (put("bagit.txt", b"BagIt-Version: 2.0\n"), [TAGGED.format("bagit.txt")]),
    (put(FACTS, b'{"n":2}'),
     [*(f"文件与校验值不符：{FACTS}（{name}）" for name in ("SHA256", "SHA512", "SM3")),
      f"文书所据数据与元数据不符：{PAPER}", f"文书所据数据未记入办理记录：{PAPER}"]),
    (lambda files: listed({**files, FACTS: b'{"n":2}'}),
     [f"文书所据数据与元数据不符：{PAPER}", f"文书所据数据未记入办理记录：{PAPER}"]),
    (lambda files: listed(without(FACTS)(files)),
     [f"文书所据数据与元数据不符：{PAPER}", f"文书所据数据未记入办理记录：{PAPER}"]),
    (lambda files: listed({**files, PAPER: b"%PDf"}), [f"文件与元数据不符：{PAPER}"]),
    (lambda files: listed({**files, PAPER: b"%PDF1"}), [f"文件与元数据不符：{PAPER}"]),
    (lambda files: listed(without(PAPER)(files)), [f"元数据所列文件不存在：{PAPER}"]),
    (lambda files: listed({**files, "data/附件/02.pdf": b"", "data/正文/03.pdf": b"", "data/其他.pdf": b""}),
     ["元数据未列出文件 data/正文/03.pdf", "元数据未列出文件 data/附件/02.pdf"]),
    (lambda files: listed(without(METADATA)(files)), [f"元数据无法读取：KeyError('{METADATA}')"]),
    (lambda files: listed(without(RECORD)(files)), ["没有办理记录", f"文书所据数据未记入办理记录：{PAPER}"]),
    (lambda files: listed(put(RECORD, b"[]\n")(files)),
     ["办理记录第1条无法读取：TypeError('list indices must be integers or slices, not str')", "没有办理记录",
      f"文书所据数据未记入办理记录：{PAPER}"]),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(DAMAGED)))
def test_a_damage_is_named_with_its_own_sentences(number: int, tmp_path: Path) -> None:
    damage, said = DAMAGED[number]
    assert sorted(wrong(damage(package()), tmp_path)) == sorted(said)


def test_the_size_and_the_number_of_files_are_compared(tmp_path: Path) -> None:
    files = package()
    size = sum(len(data) for name, data in files.items() if name.startswith("data/"))
    assert f"Payload-Oxum: {size}.4" in files["bag-info.txt"].decode()
    for told in (f"{size}.5", f"{size + 1}.4"):
        changed = {**files, "bag-info.txt": f"Payload-Oxum: {told}\n".encode()}
        assert wrong(changed, tmp_path) == [TAGGED.format("bag-info.txt"), "总字节数或总件数与 bag-info.txt 不符"]


def test_a_missing_or_unknown_sm3_is_a_hint_and_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = listed(package())
    tags = b"".join(line for line in files[TAGS].splitlines(keepends=True) if b"sm3" not in line)
    code, said = verifier.verify(zipped({**without("manifest-sm3.txt")(files), TAGS: tags}, tmp_path / "p.zip"))
    assert (code, said[2]) == (0, "提示：缺少校验清单 manifest-sm3.txt")
    known, new = {"sha256", "sha512"}, hashlib.new
    monkeypatch.setattr(verifier.hashlib, "algorithms_available", known)
    monkeypatch.setattr(verifier.hashlib, "new", lambda kind, data=b"": new({name: name for name in known}[kind], data))
    code, said = verifier.verify(zipped(files, tmp_path / "q.zip"))
    assert (code, said[2:]) == (0, ["提示：本机不支持 SM3，清单 manifest-sm3.txt 未检", "结论：核验通过"])


def chained(change: Callable[[list[dict[str, Any]]], Any]) -> list[dict[str, Any]]:
    lines = by_hand.lines()
    change(lines)
    return lines


def gone(number: int) -> Callable[[list[dict[str, Any]]], Any]:
    return lambda lines: lines.pop(number)


BROKEN: list[tuple[list[dict[str, Any]], list[str]]] = [
    (by_hand.lines(), []),
    (chained(gone(0)), ["办理记录第1条序号不连续，应为第1条", "办理记录第1条与上一条不衔接"]),
    (chained(gone(1)), ["办理记录第2条序号不连续，应为第2条", "办理记录第2条与上一条不衔接"]),
    (chained(lambda lines: lines[1]["body"].update(step="other")), ["办理记录第2条内容与校验值不符"]),
    (chained(lambda lines: lines[1].update(seq=5)),
     ["办理记录第2条序号不连续，应为第2条", "办理记录第3条序号不连续，应为第6条"]),
    (by_hand.lines(by_hand.body(1), by_hand.body(2, subject="x")), ["办理记录第2条不属于本事项"]),
    (chained(lambda lines: lines[1].update(subject="x")), ["办理记录第2条不属于本事项"]),
    (chained(lambda lines: lines[1].update(alg="none")),
     ["办理记录第2条无法读取：ValueError('unsupported hash type none')", "办理记录第3条序号不连续，应为第2条",
      "办理记录第3条与上一条不衔接"]),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_a_chain_that_does_not_hold_is_named_entry_by_entry(number: int, tmp_path: Path) -> None:
    lines, said = BROKEN[number]
    assert wrong(package(lines, frozen_in_chronicle=False), tmp_path) == said


def test_a_package_sealed_before_the_last_entry_and_an_empty_description_are_named(tmp_path: Path) -> None:
    last = by_hand.lines()[1]["hash"]
    sealed = package(by_hand.lines(), {"sealed_entry": last}, frozen_in_chronicle=False)
    assert wrong(sealed, tmp_path) == ["封包记录不是办理记录的最后一条"]
    assert wrong(package(described={"files": []}), tmp_path) == ["元数据未列出任何文件", f"元数据未列出文件 {PAPER}"]
    assert wrong(package(facts=""), tmp_path) == []


UNREADABLE: list[tuple[Mapping[str, bytes], str]] = [
    ({"甲/bagit.txt": b"", "乙/x": b""}, "压缩包应只含一个顶层目录"),
    ({"甲/bagit.txt": b"", "x": b""}, "压缩包应只含一个顶层目录"),
    ({"bagit.txt": b""}, "压缩包应只含一个顶层目录"),
    ({}, "压缩包应只含一个顶层目录"),
    ({"甲/x": b""}, "缺少 bagit.txt，不是规范的数据包"),
    ({"/甲/bagit.txt": b""}, "压缩包内有不安全的路径"),
    ({"甲/../bagit.txt": b""}, "压缩包内有不安全的路径"),
    ({"甲/a\\bagit.txt": b""}, "压缩包内有不安全的路径"),
]


@pytest.mark.parametrize("number", range(len(UNREADABLE)))
def test_a_zip_that_is_no_package_is_refused_with_its_reason(number: int, tmp_path: Path) -> None:
    files, said = UNREADABLE[number]
    assert verifier.verify(zipped(dict(files), tmp_path / "p.zip", top="")) == (2, [f"无法读取：{said}"])


def test_two_files_of_one_name_too_much_and_secrets_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "twice.zip"
    with zipfile.ZipFile(target, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("甲/bagit.txt", b"1")
        archive.writestr("甲/bagit.txt", b"2")
    assert verifier.verify(str(target)) == (2, ["无法读取：压缩包内有重名文件"])
    files = package()
    assert verifier.LARGEST == 2 * 1024**3
    whole = sum(len(data) for data in files.values())
    monkeypatch.setattr(verifier, "LARGEST", whole)
    assert verifier.verify(zipped(files, tmp_path / "p.zip"))[0] == 0
    monkeypatch.setattr(verifier, "LARGEST", whole - 1)
    assert verifier.verify(zipped(files, tmp_path / "p.zip")) == (2, ["无法读取：压缩包过大"])
    data = bytearray(Path(zipped({"bagit.txt": b"x"}, tmp_path / "s.zip")).read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "s.zip").write_bytes(data)
    assert verifier.verify(str(tmp_path / "s.zip")) == (2, ["无法读取：压缩包已加密"])


def test_a_damaged_zip_is_refused_and_a_directory_in_it_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert verifier.verify(str(tmp_path / "no.zip")) == (2, ["无法读取：不是可读的压缩包：File is not a zip file"])
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("包/data/", b"")
        for name, data in package().items():
            archive.writestr(f"包/{name}", data)
    (tmp_path / "p.zip").write_bytes(kept.getvalue())
    assert verifier.verify(str(tmp_path / "p.zip"))[0] == 0
    (tmp_path / "bad.zip").write_bytes(kept.getvalue().replace(b"BagIt-Version", b"BagIt-version", 1))
    code, said = verifier.verify(str(tmp_path / "bad.zip"))
    assert code == 2 and said[0].startswith("无法读取：压缩包已损坏：Bad CRC-32")
