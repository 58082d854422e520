"""The only place that writes the facts of papers made with a package: lists, cover, 办理记录, 四性 report, 备考表."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from docs_templates.catalogue import RETENTION
from docs_templates.facts.lists import (
    CheckReport,
    CheckRow,
    ChronicleRow,
    ChronicleSheet,
    Cover,
    ListedPaper,
    NoteSheet,
    PaperList,
)
from docs_templates.package.four_properties import Check
from docs_templates.package.pieces import Piece
from docs_templates.printing.text_guard import with_geta
from docs_templates.printing.wording import day
from proposals.case.consents import consents
from proposals.case.lifecycle import CASE_STEPS
from proposals.case.steps.book import STEPS
from proposals.case.values import titles
from proposals.models import Proposal
from proposals.procedure import asks
from proposals.procedure.act import signed
from proposals.procedure.chronicle import lender_in

STEP_LABELS: Mapping[str, str] = {row.step: row.label for row in CASE_STEPS}
# What a step asked its user is what the printed record tells; the whole body stands in the chronicle file.
TOLD = frozenset({asks.TEXT, asks.LINE, asks.DAY, asks.CHOICE})
MOST_TOLD = 80  # characters


def _base(case: Proposal, title: str, at: datetime, sealed: str) -> dict[str, Any]:
    return {
        "case_number": case.number or str(case.uuid)[:8],
        "title": title,
        "organ": case.territory.office_name,
        "dated": at.date().isoformat(),
        "round": case.round,
        "chain_head": sealed,
    }


def paper_list(*, case: Proposal, title: str, pieces: Iterable[Piece], at: datetime, sealed: str) -> PaperList:
    """List the pieces: 报送材料目录 without 档号, or 归档文件目录."""
    rows = tuple(
        ListedPaper(
            title=piece.title,
            number=piece.number,
            responsible=piece.responsible,
            dated=piece.dated,
            pages=piece.pages,
            note=piece.note,
        )
        for piece in pieces
    )
    return PaperList(**_base(case, title, at, sealed), papers=rows)


def chronicle_sheet(
    *, case: Proposal, entries: Sequence[Mapping[str, Any]], at: datetime, sealed: str
) -> ChronicleSheet:
    """Print the chain; `entries` are the parsed lines of the chronicle file."""
    rows = tuple(_row(entry) for entry in entries)
    titled = titles.printable(case)
    title = f"{titled}（原标题：{case.title}）" if titled != case.title else case.title
    return ChronicleSheet(**_base(case, with_geta(title), at, sealed), rows=rows)


def _row(entry: Mapping[str, Any]) -> ChronicleRow:
    body = entry["body"]
    post = f"（{body['actor']['post']}）" if body["actor"]["post"] else ""
    what = _what(body["step"], body["facts"])
    what = what if len(what) <= MOST_TOLD else what[: MOST_TOLD - 1] + "…"
    given = body["frozen"].get("given_for")
    if given and body["step"] in consents.GIVING:
        what += f"（针对第{given['round']}次报送）"  # a word holds for the lines it was given for
    return ChronicleRow(
        seq=entry["seq"],
        at=body["at"][:16].replace("T", " "),
        happened_on=body["happened_on"],
        step=STEP_LABELS.get(body["step"], body["step"]),
        actor=with_geta(f"{signed(body['actor']['name'], lender_in(body))}{post}"),
        on_behalf_of=with_geta(body["on_behalf_of"]),
        confirmed_by=with_geta(body["confirmed_by"]),
        what=with_geta(what),
        hash=entry["hash"],
    )


def _what(step: str, facts: Mapping[str, Any]) -> str:
    told = [facts[name] for name, _ in STEPS[step].added if facts.get(name)]
    for ask in STEPS[step].asks:
        value = facts.get(ask.name)
        if value and isinstance(value, str) and ask.kind in TOLD:
            told.append(day(value) if ask.kind == asks.DAY else dict(ask.choices).get(value, value).rstrip("。"))
    return "；".join(dict.fromkeys(told))


def cover(*, case: Proposal, pieces: Sequence[Piece], at: datetime, sealed: str) -> Cover:
    """Write the cover of the archived file; 全宗号 and 档号 are given in the yearly arrangement."""
    days = sorted(piece.dated for piece in pieces) or [at.date().isoformat()]  # a voided draft may have no paper
    return Cover(
        **_base(case, "机构编制事项归档文件", at, sealed),
        matter=with_geta(titles.matter(titles.printable(case))),
        year=str(at.year),
        retention=RETENTION["Y"],
        started_on=days[0],
        ended_on=days[-1],
        pieces=len(pieces),
        pages=sum(piece.pages for piece in pieces),
    )


def check_report(*, case: Proposal, package: str, checks: Sequence[Check], at: datetime, sealed: str) -> CheckReport:
    """Print the checks of the package."""
    groups = {
        group: tuple(
            CheckRow(code=check.code, name=check.name, result=check.result, detail=with_geta(check.detail))
            for check in checks
            if check.group == group
        )
        for group in ("真实性", "完整性", "可用性", "安全性")
    }
    failed = [check.code for check in checks if check.result == "不通过"]
    undone = [check.code for check in checks if check.result == "未检"]
    verdict = f"不通过：{'、'.join(failed)}。" if failed else "已检项目全部通过。"
    return CheckReport(
        **_base(case, "四性检测报告", at, sealed),
        package=package,
        authenticity=groups["真实性"],
        completeness=groups["完整性"],
        usability=groups["可用性"],
        safety=groups["安全性"],
        verdict=verdict + (f"未检{len(undone)}项（{'、'.join(undone)}），原因见各项说明。" if undone else ""),
    )


def note_sheet(*, case: Proposal, pieces: Sequence[Piece], at: datetime, sealed: str) -> NoteSheet:
    """Write the 备考表; arranger and checker sign in ink."""
    scans = sum(1 for piece in pieces if piece.note)
    uploads = sum(1 for piece in pieces if piece.purpose)
    return NoteSheet(
        **_base(case, "备考表", at, sealed),
        situation=(
            f"本件共{len(pieces)}份文件，{sum(piece.pages for piece in pieces)}页（不含目录、办理记录和检测报告）。",
            f"其中签章件扫描{scans}份，单位报送和收集的材料{uploads}份。",
            "系统制作的文书为PDF/A-2a格式，上传材料保留原格式。",
        ),
    )
