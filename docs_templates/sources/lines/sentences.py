"""Many lines of change as one sentence: 核增…、核减…、调剂…; what it leaves to the table is said with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docs_templates.facts.parts import ChangeLine

CHANGE = re.compile(r"([+−])(\d+)名")
ALONG = re.compile(r"随编划转(\d+)人|现任(\d+)人随职数划转")
NOTHING, VACANT = "0名", "空编"
PLATES, GAINED = "加挂牌子", "增加"
NAMED, MOST, CLAUSES = (
    3,
    8,
    6,
)  # so many changes are told apart, of so many bodies; so many matters before they are counted
BODIES_ONLY, POSTS_ONLY, LEADERS_ONLY = "机构编制调整前后对照表", "编制调整前后对照表", "领导职数调整前后对照表"


class Spoken(NamedTuple):
    """What the lines change, without a full stop; `whole` when no table is needed to know it all."""

    text: str
    whole: bool


class _Row(NamedTuple):
    body: str
    item: str
    n: int
    before: str
    after: str
    along: int
    way: str = ""

    @property
    def use(self) -> bool:
        """Whether posts are filled, not given."""
        return self.before.startswith(VACANT)


def spoken(changes: Sequence[ChangeLine]) -> Spoken:
    """Return the lines as one sentence: what becomes of bodies first, then the posts of each type."""
    rows = [row for change in changes if (row := _row(change))]
    others = [change for change in changes if not CHANGE.fullmatch(change.change) and change.change != "不变"]
    matters = _matters(others)
    clauses = [one.text for one in matters]
    counted = len(clauses) > CLAUSES or not all(one.whole for one in matters)
    if len(clauses) > CLAUSES:
        clauses = [*clauses[: CLAUSES - 1], f"其他机构事项{len(clauses) - CLAUSES + 1}项"]
    said = "；".join([*clauses, *_posts(rows)])
    items = {row.item for row in rows}
    named = all(_nameable([row for row in rows if row.item == item]) for item in items)
    return Spoken(said or "调整事项未作变动", not counted and named)


def _matters(lines: Sequence[ChangeLine]) -> list[Spoken]:
    """Return one clause for each matter; what becomes of one body in the same way is said together, or counted."""
    groups: dict[tuple[str, str, str], list[ChangeLine]] = {}
    for line in lines:
        groups.setdefault((line.body, line.item.partition("：")[0], line.change), []).append(line)
    return [_matter(body, item, change, same) for (body, item, change), same in groups.items()]


def _matter(body: str, item: str, change: str, same: Sequence[ChangeLine]) -> Spoken:
    if len(same) == 1:
        return Spoken(same[0].said or same[0].told, True)
    if item == PLATES:
        names = "".join(f"“{line.after if change == GAINED else line.before}”" for line in same)
        return Spoken(f"{body}{'' if change == GAINED else '不再'}加挂{names}牌子", True)
    if change:
        return Spoken(f"{body}{change}{item}{len(same)}项", False)
    return Spoken(f"办理{body}{item}{len(same)}项", False)


def sheet_title(changes: Iterable[ChangeLine]) -> str:
    """Return what the table of before and after is called."""
    rows = [_row(change) for change in changes]
    if not all(rows):
        return BODIES_ONLY
    return LEADERS_ONLY if all(row and "职数" in row.item for row in rows) else POSTS_ONLY


def total(changes: Sequence[ChangeLine]) -> ChangeLine | None:
    """Return the sum of the lines, where they are posts of one type at more than one body."""
    rows = [row for change in changes if (row := _row(change))]
    if len(rows) < 2 or len(rows) != len(changes) or len({row.item for row in rows}) > 1 or any(r.use for r in rows):
        return None
    before, change = sum(int(row.before.removesuffix("名")) for row in rows), sum(row.n for row in rows)
    sign = f"{'+' if change > 0 else '−'}{abs(change)}名" if change else "不变"
    return ChangeLine(body="合计", item=rows[0].item, before=f"{before}名", after=f"{before + change}名", change=sign)


def _row(change: ChangeLine) -> _Row | None:
    found = CHANGE.fullmatch(change.change)
    if found is None:
        return None
    along = ALONG.search(change.note)
    n = int(found[2]) * (1 if found[1] == "+" else -1)
    return _Row(
        change.body, change.item, n, change.before, change.after, int(along[1] or along[2]) if along else 0, change.way
    )


def _posts(rows: Sequence[_Row]) -> Iterator[str]:
    bodies = {(row.body, row.n > 0, row.use) for row in rows}
    if len(bodies) == 1 and len(rows) > 1:
        yield _of_one_body(rows)
        return
    for item in dict.fromkeys(row.item for row in rows):
        mine = [row for row in rows if row.item == item]
        gains, losses = [row for row in mine if row.n > 0], [row for row in mine if row.n < 0]
        along = sum(row.along for row in losses) or sum(row.along for row in gains)
        how = "，现任{}人随职数划转" if "职数" in item else "，随编划转{}人"
        people = how.format(along) if along else ""
        if gains and losses and _sum(gains) == _sum(losses):
            yield f"{_moved(item, gains, losses)}{people}"
        elif losses and all(row.use for row in losses):
            yield _side("核准使用", item, losses)
        else:
            sides = (("核减", losses), ("核增", gains))
            yield "；".join(_side(verb, item, side) for verb, side in sides if side) + people


def _of_one_body(rows: Sequence[_Row]) -> str:
    """Say what one body gets (loses) of several types."""
    verb = "核准使用" if rows[0].use else "核增" if rows[0].n > 0 else "核减"
    return f"{verb}{rows[0].body}{'、'.join(f'{row.item}{abs(row.n)}名{_course(row)}' for row in rows)}"


def _side(verb: str, item: str, rows: Sequence[_Row]) -> str:
    """Say what one side gets (loses) of one type: bodies of equal change together, or many in sum."""
    ways = {row.way for row in rows}
    verb = ways.pop() or verb if len(ways) == 1 else verb
    if len(rows) == 1:
        course = _course(rows[0]).strip("（）")
        return f"{verb}{rows[0].body}{item}{abs(rows[0].n)}名{'，' if course else ''}{course}"
    alike = _alike(rows)
    if not _nameable(rows):
        return f"{verb}{_who(rows)}{item}共{_sum(rows)}名"
    shares = "，".join(
        f"{'、'.join(row.body for row in same)}{'各' if len(same) > 1 else ''}{abs(same[0].n)}名{_course(same[0])}"
        for same in alike
    )
    return f"{verb}{item}{_sum(rows)}名，其中{shares}"


def _moved(item: str, gains: Sequence[_Row], losses: Sequence[_Row]) -> str:
    if _nameable(rows := [*losses, *gains]) and len(rows) > 2:
        return f"{_side('核减', item, losses)}；{_side('核增', item, gains)}"
    said = f"从{_who(losses)}调剂{item}{_sum(gains)}名至{_who(gains)}"
    if len(rows) == 2:
        said += f"，调剂后{losses[0].body}为{losses[0].after}、{gains[0].body}为{gains[0].after}"
    return said


def _alike(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Return the rows in groups that change alike, in the order of their first."""
    groups: dict[tuple[int, str, str], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.n, row.before, row.after), []).append(row)
    return list(groups.values())


def _nameable(rows: Sequence[_Row]) -> bool:
    """Whether one sentence may name every body: few, or many that change alike."""
    return len(_alike(rows)) <= NAMED and len(rows) <= MOST


def _course(row: _Row) -> str:
    return "" if row.use or row.before == NOTHING else f"（由{row.before}调整为{row.after}）"


def _who(rows: Sequence[_Row]) -> str:
    names = list(dict.fromkeys(row.body for row in rows))
    return "、".join(names) if len(names) <= NAMED else f"{names[0]}等{len(names)}个单位"


def _sum(rows: Iterable[_Row]) -> int:
    return sum(abs(row.n) for row in rows)
