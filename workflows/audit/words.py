"""What words might hide: bodies whose names read alike, tasks finished for each other, texts that cannot be printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from proposals.case import search, tasks
from proposals.models import BodyVersion, Proposal
from proposals.text import alike
from proposals.text.name_column import LONGEST
from proposals.vocabulary import BodyCategory, State
from workflows.preconditions.papers.readable import unreadable

AT_REST = (State.WITHDRAWN, State.VOID, State.ARCHIVED)


def names() -> Iterator[str]:
    """Name bodies that stand beside each other under names that read alike, and keys that are not their name's."""
    beside: dict[tuple[Any, ...], list[BodyVersion]] = defaultdict(list)
    rows = BodyVersion.objects.filter(valid_to=None, body__closed_on=None).select_related("body__territory")
    for version in rows.order_by("body__code", "id").iterator(chunk_size=2000):
        key = alike.key(version.name)
        if version.name_key != key[:LONGEST]:
            yield f"机构{version.body.code}「{version.name}」的名称检索值与名称不符。"
        inner = version.category == BodyCategory.INNER
        beside[version.body.territory_id, inner and (version.parent_id or version.body_id), key].append(version)
    for same in beside.values():
        if len(same) > 1:
            told = "、".join(f"{one.body.code}「{one.name}」" for one in same)
            yield f"{same[0].body.territory}有{len(same)}个机构名称读来相同：{told}。"


def told_tasks(case: Proposal, bodies: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Hold the tasks of a case against its chain."""
    told, faults = tasks.replayed(bodies)
    yield from faults
    rows = [
        (str(row.uuid), row.title, row.unit, row.done_on.isoformat() if row.done_on else "", row.explanation)
        for row in case.tasks.all()
    ]
    meant = [(one.uuid, one.title, one.unit, one.done_on, one.explanation) for one in told]
    for place, pair in enumerate(zip(rows, meant, strict=False), start=1):
        row, one = pair
        if row[1:] != one[1:] or (one[0] and row[0] != one[0]):
            yield f"第{place}项落实任务「{row[1]}」（{row[2]}）与办理记录不符"
    if len(rows) != len(meant):
        yield f"落实任务现有{len(rows)}项，办理记录为{len(meant)}项"


def texts(case: Proposal) -> Iterator[str]:
    """Name what a case under way says that no paper could print: nobody may mend it where it lies."""
    if not case.editable and case.state not in AT_REST:
        yield from (one.rstrip("。") for one in unreadable(case))


def terms(case: Proposal) -> Iterator[str]:
    """Hold what a case is found by against what it says."""
    kept, meant = set(case.terms.values_list("term", flat=True)), search.meant(case)
    if missing := len(meant - kept):
        yield f"检索词缺{missing}个，按内容检索可能找不到"
    if beyond := len(kept - meant):
        yield f"检索词多出{beyond}个，与现有内容不符"
