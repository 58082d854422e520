"""The 四性检测 of a package before it is sealed (DA/T 70 in our own codes): what was checked, what was not, and why."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf

from docs_templates.package.kinds import PACKAGES
from docs_templates.package.pieces import Piece
from docs_templates.printing.text_guard import is_day
from docs_templates.verify.verify import check_chronicle

PASS, FAIL, INAPPLICABLE, UNDONE = "通过", "不通过", "不适用", "未检"
FORMATS = frozenset({"application/pdf", "image/png", "image/jpeg", "application/ofd",
           "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})  # fmt: skip
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Check:
    """One check and its result."""

    code: str
    group: str
    name: str
    result: str
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the check as the package row and the package file keep it."""
        return {"code": self.code, "group": self.group, "name": self.name, "result": self.result, "detail": self.detail}


@dataclass(frozen=True)
class Subject:
    """What is checked: the pieces, the chronicle file, and the description that goes with them."""

    kind: str
    pieces: Sequence[Piece]
    chronicle: bytes
    metadata: Mapping[str, Any]
    made: frozenset[str]  # slugs that are printed after the checks: lists, reports


def _chain_and_digests(it: Subject) -> Iterator[str]:
    wrong, entries = check_chronicle({"data/过程/chronicle.jsonl": it.chronicle})
    yield from wrong
    quoted = str([entry["body"].get("frozen") for entry in entries])
    for piece in it.pieces:
        if piece.frozen_in_chronicle and hashlib.sha256(piece.facts.encode()).hexdigest() not in quoted:
            yield f"{piece.title}所据数据未记入办理记录"


def _lengths(it: Subject) -> Iterator[str]:
    return (f"题名过长：{piece.title[:20]}…" for piece in it.pieces if len(piece.title) > LONGEST_TITLE)


def _formats_of_values(it: Subject) -> Iterator[str]:
    return (f"{piece.title}日期格式不对：{piece.dated}" for piece in it.pieces if not is_day(piece.dated))


def _domains(it: Subject) -> Iterator[str]:
    return (
        f"{p.title}保管期限代码不对：{p.retention}" for p in it.pieces if p.retention not in ("", "Y", "D30", "D10")
    )


def _plausible(it: Subject) -> Iterator[str]:
    sealed = date.fromisoformat(it.metadata["sealed_at"][:10])
    for piece in it.pieces:
        if is_day(piece.dated) and date.fromisoformat(piece.dated) > sealed:
            yield f"{piece.title}日期晚于封包日期"
        if piece.media_type == "application/pdf" and piece.pages < 1:
            yield f"{piece.title}没有页数"


def _special_characters(it: Subject) -> Iterator[str]:
    return (f"题名含控制字符：{p.title!r}" for p in it.pieces if any(ord(letter) < 0x20 for letter in p.title + p.path))


def _no_twins(it: Subject) -> Iterator[str]:
    numbers = Counter(piece.number for piece in it.pieces if piece.number and not piece.note and piece.slug != "shenpi")
    paths = Counter(piece.path for piece in it.pieces)
    yield from (f"文号重复：{number}" for number, count in numbers.items() if count > 1)
    yield from (f"文件名重复：{path}" for path, count in paths.items() if count > 1)


def _attributes(it: Subject) -> Iterator[str]:
    described = {row["path"]: row for row in it.metadata["files"]}
    for piece in it.pieces:
        row = described.get(piece.path)
        if row is None or (row["size"], row["sha256"]) != (len(piece.data), piece.sha256):
            yield f"元数据与文件不符：{piece.path}"


def _linked(it: Subject) -> Iterator[str]:
    paths = {piece.path for piece in it.pieces}
    return (f"元数据所列文件不存在：{row['path']}" for row in it.metadata["files"] if row["path"] not in paths)


def _counts(it: Subject) -> Iterator[str]:
    if it.metadata["count"] != len(it.pieces) or it.metadata["bytes"] != sum(len(p.data) for p in it.pieces):
        yield "总件数或总字节数不符"


def _mandatory(it: Subject) -> Iterator[str]:
    names = ("title", "responsible", "dated", "label")
    return (f"{piece.path}缺少{name}" for piece in it.pieces for name in names if not getattr(piece, name))


def _process(it: Subject) -> Iterator[str]:
    lines = it.chronicle.decode().count("\n")
    if lines != it.metadata["entries"]:
        yield f"办理记录应有{it.metadata['entries']}条，实有{lines}条"


def _required_papers(it: Subject) -> Iterator[str]:
    present = {piece.place for piece in it.pieces}
    for place in PACKAGES[it.kind]:
        if place.required and place.number not in present and not set(place.papers) & it.made:
            yield f"缺少{place.label}"


def _in_scope(it: Subject) -> Iterator[str]:
    places = {place.number for place in PACKAGES[it.kind]}
    return (f"不在归档范围：{piece.title}" for piece in it.pieces if piece.place not in places)


def _readable(it: Subject) -> Iterator[str]:
    if json.loads(json.dumps(it.metadata, ensure_ascii=False).encode()) != it.metadata:
        yield "元数据写出后读回不一致"


def _allowed_formats(it: Subject) -> Iterator[str]:
    return (f"{p.title}格式不在允许范围：{p.media_type}" for p in it.pieces if p.media_type not in FORMATS)


def _opens(it: Subject) -> Iterator[str]:
    for piece in it.pieces:
        if piece.media_type != "application/pdf":
            continue
        try:
            with pikepdf.open(io.BytesIO(piece.data)) as pdf:
                if pdf.is_encrypted:
                    yield f"{piece.title}已加密"
                if piece.pages and len(pdf.pages) != piece.pages:
                    yield f"{piece.title}实有{len(pdf.pages)}页，登记{piece.pages}页"
        except pikepdf.PdfError:
            yield f"{piece.title}打不开"


Finder = Callable[[Subject], Iterator[str]]
DONE: tuple[tuple[str, str, str, Finder], ...] = (
    ("T1", "真实性", "固化信息有效性（办理记录链、文书数据校验值）", _chain_and_digests),
    ("T2", "真实性", "元数据项数据长度", _lengths),
    ("T3", "真实性", "元数据项数据类型和格式", _formats_of_values),
    ("T4", "真实性", "元数据项值域", _domains),
    ("T5", "真实性", "元数据项数据值合理性", _plausible),
    ("T6", "真实性", "元数据项特殊字符", _special_characters),
    ("T8", "真实性", "数据重复性（文号、文件名）", _no_twins),
    ("T9", "真实性", "内容数据电子属性一致性", _attributes),
    ("T10", "真实性", "元数据与内容数据关联", _linked),
    ("I1", "完整性", "总件数、总字节数相符", _counts),
    ("I2", "完整性", "元数据必填项完整", _mandatory),
    ("I3", "完整性", "过程信息完整", _process),
    ("I5", "完整性", "必备文件齐全", _required_papers),
    ("I6", "完整性", "归档范围", _in_scope),
    ("U1", "可用性", "元数据可读", _readable),
    ("U2", "可用性", "内容数据格式在允许范围", _allowed_formats),
    ("U3", "可用性", "内容数据可打开、页数相符", _opens),
)
NOT_DONE = (
    ("T7", "真实性", "档号规范性", INAPPLICABLE, "件号、档号在年度整理时编定"),
    ("T11", "真实性", "信息包目录结构和移交前后一致性", UNDONE, "封包后由包内 verify.py 核验，接收方复核"),
    ("I4", "完整性", "件号连续性", INAPPLICABLE, "件号在年度整理时编定"),
    ("U4", "可用性", "软硬件环境", PASS, "字体全部嵌入（以开源字体代替标准字体），不依赖专用软件"),
    ("U5", "可用性", "包无加密、无非公开压缩", PASS, "ZIP仅存储，未压缩、未加密"),
    ("U6", "可用性", "PDF/A符合性逐件验证", UNDONE, "本机未安装PDF/A验证工具；系统文书按PDF/A-2a制作"),
    ("S1", "安全性", "恶意代码检测", UNDONE, "本机未安装查毒软件；上传时已拒收含活动内容的PDF"),
    ("S2", "安全性", "载体安全", INAPPLICABLE, "未写入离线载体"),
    ("S3", "安全性", "归档过程安全", PASS, "各环节均记入办理记录，链校验见T1"),
)


def examine(subject: Subject) -> tuple[Check, ...]:
    """Run every check that can be run here and name those that cannot."""
    found = [Check(code, group, name, *_result(list(finder(subject)))) for code, group, name, finder in DONE]
    return tuple(found + [Check(*row) for row in NOT_DONE])


def _result(wrong: list[str]) -> tuple[str, str]:
    shown = "；".join(wrong[:5]) + (f"等{len(wrong)}处" if len(wrong) > 5 else "")
    return (FAIL, shown) if wrong else (PASS, "")
