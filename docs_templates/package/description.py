"""The only place that describes the content of a package: metadata.json, and metadata.xml after DA/T 46."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as Xml

from django.conf import settings

from docs_templates.catalogue import RETENTION
from docs_templates.package.pieces import Piece
from docs_templates.typefaces.roles import manifest
from proposals.models import Proposal


def describe(
    *, case: Proposal, kind: str, pieces: Sequence[Piece], entries: Sequence[Mapping[str, Any]], at: datetime
) -> dict[str, Any]:
    """Return the description as primitives; `entries` are the parsed lines of the chronicle, the last one seals."""
    return {
        "format": "dongyi-package-v1",
        "kind": kind,
        "case": {
            "uuid": str(case.uuid),
            "number": case.number,
            "title": case.title,
            "kind": case.kind,
            "proposer": case.proposer,
            "territory": case.territory.path,
            "round": case.round,
        },
        "organ": case.territory.office_name,
        "sealed_at": at.isoformat(),
        "sealed_entry": entries[-1]["hash"],
        "fonts": {face["family"]: face["sha256"] for face in manifest(settings.FONTS_ROOT)["faces"]},
        "entries": len(entries),
        "count": len(pieces),
        "bytes": sum(len(piece.data) for piece in pieces),
        "files": [_row(piece) for piece in pieces],
    }


def _row(piece: Piece) -> dict[str, Any]:
    row: dict[str, Any] = {
        "path": piece.path,
        "place": piece.place,
        "title": piece.title,
        "genre": piece.label,
        "number": piece.number,
        "responsible": piece.responsible,
        "dated": piece.dated,
        "pages": piece.pages,
        "media_type": piece.media_type,
        "size": len(piece.data),
        "sha256": piece.sha256,
        "retention": piece.retention,
        "note": piece.note,
    }
    if piece.facts:
        row |= {
            "paper": piece.slug,
            "version": piece.version,
            "facts": piece.facts_path,
            "facts_sha256": hashlib.sha256(piece.facts.encode()).hexdigest(),
            "frozen_in_chronicle": piece.frozen_in_chronicle,
        }
    if piece.purpose:
        row |= {"purpose": piece.purpose, "original_name": piece.original_name}
    return row


def as_json(description: Mapping[str, Any]) -> bytes:
    """Write the description for people and programs."""
    return (json.dumps(description, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def as_xml(*, description: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> bytes:
    """Write the description with the element names of DA/T 46-2009; no conformity is claimed."""
    root = Xml.Element("电子文件元数据")
    for row in description["files"]:
        file = _element(root, "文件实体", 聚合层次="文件")
        _element(_element(file, "来源"), "立档单位名称").text = description["organ"]
        content = _element(file, "内容描述")
        about = {
            "题名": row["title"],
            "文件编号": row["number"],
            "责任者": row["responsible"],
            "日期": row["dated"],
            "文种": row["genre"],
            "密级": "公开或内部（不含国家秘密）",
        }
        _texts(content, about)
        _element(file, "保管期限").text = RETENTION.get(row["retention"], "")
        shape = _element(file, "形式特征")
        _element(shape, "页数").text = str(row["pages"])
        digital = _element(file, "电子属性")
        attributes = {
            "格式信息": row["media_type"],
            "计算机文件名": row["path"],
            "计算机文件大小": str(row["size"]),
            "摘要": f"SHA-256 {row['sha256']}",
        }
        _texts(digital, attributes)
    for entry in entries:
        _business(root, entry)
    Xml.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="utf-8") + b"\n"


def _business(root: Xml.Element, entry: Mapping[str, Any]) -> None:
    body = entry["body"]
    about = {
        "业务标识符": entry["hash"],
        "业务行为": body["step"],
        "行为时间": body["at"],
        "业务状态": body["to"],
        "机构人员": f"{body['actor']['name']} {body['actor']['post']}",
    }
    _texts(_element(root, "业务实体"), about)


def _texts(parent: Xml.Element, about: Mapping[str, str]) -> None:
    for name, value in about.items():
        _element(parent, name).text = value


def _element(parent: Xml.Element, name: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, name, attributes)
