"""The only place that builds the package of a case: gathers, lists, checks, seals and keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from docs_templates.archive import store_bytes
from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import to_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.models import Package
from docs_templates.package import papers
from docs_templates.package.bag import bag
from docs_templates.package.description import as_json, as_xml, describe
from docs_templates.package.four_properties import Check, Subject, examine
from docs_templates.package.kinds import MADE_WITH_PACKAGE
from docs_templates.package.pieces import Piece, gather, of_paper
from docs_templates.printing.press import print_frozen
from docs_templates.sources.wording import all_written
from proposals.models import Entry, Proposal
from proposals.procedure import chronicle

VERIFIER = Path(__file__).parent.parent / "verify" / "verify.py"
LIST_TITLES: Mapping[str, tuple[str, str]] = {
    Package.Kind.FILING: ("mulu", "报送材料目录"),
    Package.Kind.ARCHIVE: ("guidang_mulu", "归档文件目录"),
}
ZIP = "application/zip"
README = """{title}

本数据包按 BagIt 1.0 组织，可直接用普通解压软件打开，不依赖任何专用软件。

data/正文      系统制作的文书（PDF/A-2a）及其签章件扫描
data/附件      单位报送和收集的材料，保留原格式
data/数据      各文书所据的数据（文书冻结时的内容）
data/过程      办理记录，逐条以 SHA-256 首尾相连
data/metadata.json、metadata.xml、四性检测.json    目录、元数据和检测结果
manifest-*.txt    校验清单（SHA-256、SHA-512、SM3）

核验：在本目录运行  python3 -I verify.py
核验程序随包附带，如需确信，请使用从制作单位另行取得的核验程序。
本包的 SHA-256 值登记在封包之后的办理记录中（包外）。
"""


def build_package(*, case: Proposal, kind: str, sealed: Entry) -> Package:
    """Build, check and keep the package that the entry `sealed` seals; a repeated call returns the first one.

    Holds the chronicle up to and including `sealed`; every date in it is that entry's, so the same content gives the
    same bytes. For the worker: takes a second or two and must not run inside the transaction of a step.
    """
    kept = Package.objects.filter(subject_uuid=case.uuid, kind=kind, sealed_entry_hash=sealed.hash).first()
    if kept:
        return kept
    name, data, checks = assemble(case=case, kind=kind, sealed=sealed)
    stored = store_bytes(data=data, media_type=ZIP, at=sealed.at)
    package, _ = Package.objects.get_or_create(
        subject_uuid=case.uuid,
        kind=kind,
        sealed_entry_hash=sealed.hash,
        defaults={
            "round": case.round,
            "sha256": stored.sha256,
            "size": stored.size,
            "file_name": f"{name}.zip",
            "checks": [check.as_json() for check in checks],
            "created_at": sealed.at,
        },
    )
    return package


def assemble(*, case: Proposal, kind: str, sealed: Entry) -> tuple[str, bytes, tuple[Check, ...]]:
    """Return the package's name, its bytes and its checks."""
    at = timezone.localtime(sealed.at)
    lines = [chronicle.line(entry) for entry in chronicle.chain(case.uuid) if entry.seq <= sealed.seq]
    entries = [json.loads(line) for line in lines]
    record = "".join(f"{line}\n" for line in lines).encode()
    pieces = list(gather(case=case, kind=kind, at=sealed.at))
    pieces += _made_before_checks(case, kind, pieces, entries, at)
    name = f"{case.number or str(case.uuid)[:8]}-{Package.Kind(kind).label}-第{case.round}次"
    described = describe(case=case, kind=kind, pieces=pieces, entries=entries, at=at)
    checks = examine(
        Subject(kind=kind, pieces=pieces, chronicle=record, metadata=described, made=frozenset({"sixing"}))
    )
    report = papers.check_report(
        case=case, package=name, checks=checks, at=at, sealed=entries[-1]["hash"]
    )  # fmt: skip
    pieces.append(_print(kind, "sixing", report))
    described = describe(case=case, kind=kind, pieces=pieces, entries=entries, at=at)
    return name, _seal(name, pieces, record, described, entries, checks, at), checks


def _made_before_checks(
    case: Proposal, kind: str, pieces: list[Piece], entries: list[dict[str, Any]], at: datetime
) -> list[Piece]:
    """Print the papers that tell what is in the package."""
    slug, title = LIST_TITLES[Package.Kind(kind)]
    sealed = entries[-1]["hash"]
    about: dict[str, Any] = {"case": case, "at": at, "sealed": sealed}
    made: list[tuple[str, PaperFacts]] = [
        (slug, papers.paper_list(title=title, pieces=pieces, **about)),
        ("banlijilu", papers.chronicle_sheet(entries=entries, **about)),
    ]
    if kind == Package.Kind.ARCHIVE:
        made.append(("fengmian", papers.cover(pieces=pieces, **about)))
        made.append(("beikaobiao", papers.note_sheet(pieces=pieces, **about)))
    return [_print(kind, made_slug, facts) for made_slug, facts in made]


def _print(kind: str, slug: str, facts: PaperFacts) -> Piece:
    if slug not in MADE_WITH_PACKAGE:
        raise ValueError(f"{slug} is frozen by a step, not made with the package")
    canonical = to_canonical(all_written(facts))
    printed = print_frozen(slug=slug, canonical=canonical, version=1, fonts_root=settings.FONTS_ROOT)
    piece = of_paper(
        kind=kind, slug=slug, version=1, canonical=canonical, pdf=printed.pdf, pages=printed.pages, frozen=False
    )
    return replace(piece, title=BY_SLUG[slug].label if slug == "banlijilu" else piece.title)


def _seal(
    name: str,
    pieces: list[Piece],
    record: bytes,
    described: dict[str, Any],
    entries: list[dict[str, Any]],
    checks: tuple[Check, ...],
    at: datetime,
) -> bytes:
    payload = {piece.path: piece.data for piece in pieces}
    payload |= {piece.facts_path: piece.facts.encode() for piece in pieces if piece.facts}
    payload["data/过程/chronicle.jsonl"] = record
    payload["data/metadata.json"] = as_json(described)
    payload["data/metadata.xml"] = as_xml(description=described, entries=entries)
    payload["data/四性检测.json"] = as_json({"checks": [check.as_json() for check in checks]})
    title = f"{described['case']['number']} {described['case']['title']}"
    return bag(
        name=name,
        payload=payload,
        tags={"README.txt": README.format(title=title).encode(), "verify.py": VERIFIER.read_bytes()},
        info={
            "Source-Organization": described["organ"],
            "External-Identifier": described["case"]["uuid"],
            "Internal-Sender-Identifier": described["case"]["number"],
        },
        on=at.date(),
    )
