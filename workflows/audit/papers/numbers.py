"""Numbers held against each other: what is entered in a book of numbers stands there once, as it is written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from docs_templates.catalogue import BY_SLUG
from docs_templates.models import AllocatedNumber, FrozenPaper, NumberSeries
from docs_templates.numbers import entering
from docs_templates.numbers import register as numbering
from proposals.models import Proposal, RuleChange
from proposals.text import document_numbers
from workflows.papers.numbers import CITY_ANSWERS

Use = AllocatedNumber.Use


def incoming() -> Iterator[str]:
    """Say which incoming number stands on two cases of a territory, and which case is told apart by another."""
    held = defaultdict(list)
    for case in Proposal.objects.exclude(number="", number_key="").select_related("territory").order_by("pk"):
        key = document_numbers.key(case.number)
        held[case.territory_id, key].append(case)
        if case.number_key != key and len(held[case.territory_id, key]) == 1:
            yield f"事项「{case}」：收文登记号{case.number}的查重值不符。"
    for cases in held.values():
        if len(cases) > 1:
            titles = "」「".join(case.title for case in cases)
            yield f"收文登记号{cases[0].number}登记了两次：「{titles}」。"


def outgoing() -> Iterator[str]:
    """Say what in the register of numbers is not as it was entered, what nobody explains, what papers bear else."""
    rows = list(AllocatedNumber.objects.select_related("series", "change"))
    for row in rows:
        yield from (f"文号登记簿「{row.text}」：{fault}。" for fault in _faults(row))
    yield from _runs(rows)
    for series in NumberSeries.objects.filter(own=True):
        if missing := numbering.gaps(series):
            yield f"文号登记簿「{series}」：缺{'、'.join(map(str, missing[:10]))}号，没有登记，也没有说明。"
    yield from _borne({(row.territory, row.key): row for row in rows})


def _faults(row: AllocatedNumber) -> Iterator[str]:
    if row.key != document_numbers.key(row.text):
        yield "查重值不符"
    parts = document_numbers.parse(row.text)
    if row.series and parts and parts != (row.series.word, row.series.year, row.number):
        yield f"与所在字号「{row.series}」{row.number}号不符"
    if row.series and row.series.territory != row.territory:
        yield "与所在字号不属同一地区"
    if row.use in (Use.PAPER, Use.VOID):
        if not row.reason or row.change is None or row.change.status != RuleChange.Status.CONFIRMED:
            yield f"登记为{row.get_use_display()}，没有两人办理的说明"
    elif row.subject_uuid is None:
        yield "没有使用它的事项"


def _runs(rows: list[AllocatedNumber]) -> Iterator[str]:
    """Say which confirmed run of numbers is not in the register as it was drawn up."""
    by_key = {(row.territory, row.key): row for row in rows}
    changes = RuleChange.objects.filter(
        table__in=(entering.OPEN, entering.ENTER), status=RuleChange.Status.CONFIRMED
    ).select_related("territory")
    for change in changes:
        span = entering.span_of(change.table, change.content)
        found = [by_key.get((change.territory.path, document_numbers.key(text))) for text in span.texts]
        if any(row is None or row.use != span.use or row.change_id != change.pk for row in found):
            yield f"变更「{change.reason}」（{change.uuid}）登记的文号已不存在或被改动。"
        if change.table == entering.OPEN and not NumberSeries.objects.filter(change=change).exists():
            yield f"变更「{change.reason}」（{change.uuid}）启用的字号已不存在。"


def _borne(register: Mapping[tuple[str, str], AllocatedNumber]) -> Iterator[str]:
    """Hold every number that a paper bears against the register, and every used number against its paper."""
    cases = {case.uuid: case for case in Proposal.objects.select_related("territory__parent")}
    bearing: dict[int, set[UUID]] = defaultdict(set)
    for paper in FrozenPaper.objects.order_by("pk"):
        text, case = _printed(paper), cases.get(paper.subject_uuid)
        if not text or case is None:
            continue
        of_city = paper.slug in CITY_ANSWERS.values()
        issuer = case.territory.parent if of_city and case.territory.parent else case.territory
        row = register.get((issuer.path, document_numbers.key(text)))
        label = f"事项「{case}」《{BY_SLUG[paper.slug].label}》的文号{text}"
        if row is None:
            yield f"{label}没有登入文号登记簿。"
        elif row.subject_uuid != case.uuid and not of_city:
            yield f"{label}已经用于别的事项，同一文号印在两份文书上。"
        else:
            bearing[row.pk].add(case.uuid)
    for row in register.values():
        made_here = row.purpose.partition("/")[0] in BY_SLUG and row.use in (Use.ALLOTTED, Use.TYPED)
        if made_here and row.subject_uuid in cases and row.subject_uuid not in bearing[row.pk]:
            yield f"文号登记簿「{row.text}」：所登记的文书已不存在或文号不符。"


def _printed(paper: FrozenPaper) -> str:
    """Return the number that a paper bears, or nothing; minutes are counted by their meetings."""
    facts = json.loads(paper.facts)
    own = facts.get("number", "") if paper.slug == "hezhundan" else ""
    return str((facts.get("head") or {}).get("number", "") or own) if paper.slug not in ("jiyao", "jielu") else ""
