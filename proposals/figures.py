"""Every figure that a report on the district's bodies and posts needs, as of a day, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from proposals import balances, side_data
from proposals.balances import NOTHING, Standing
from proposals.lawbook import Lawbook
from proposals.models.establishment import BodyVersion
from proposals.models.organisation import Territory
from proposals.models.proposal import Proposal
from proposals.models.quota import UNIT_LABELS, Posting
from proposals.models.rulebook import Cap
from proposals.models.sideregisters import Borrowed, DutyItem, Pledge, ReportedFigure, Seconded, SideRow
from proposals.states import BodyCategory, LeaderLevel, QuotaType

ORGANS = (BodyCategory.PARTY_ORGAN, BodyCategory.GOVERNMENT_ORGAN)
PLACES = (BodyCategory.TOWN, BodyCategory.STREET)
CHIEF, DEPUTY = LeaderLevel.SECTION_CHIEF, LeaderLevel.SECTION_DEPUTY
Sums = Mapping[tuple[str, str], Standing]


class Figure(NamedTuple):
    """One figure: what, how many, and the register or paper it comes from; `note` shows how it is made up."""

    group: str
    label: str
    value: str
    measure: str
    source: str
    note: str = ""
    warning: str = ""


def all_of(*, territory: Territory, as_of: date) -> list[Figure]:
    """Return every figure as of a day in the order of a report; a fixed number of queries."""
    return [
        *bodies(territory=territory, as_of=as_of),
        *posts(territory=territory, as_of=as_of),
        *problems(territory=territory, as_of=as_of),
        *duties(territory=territory, as_of=as_of),
        *pledges(territory=territory, as_of=as_of),
        *staff_elsewhere(territory=territory, as_of=as_of),
        *matters(territory=territory, as_of=as_of),
        *reported(territory=territory, as_of=as_of),
    ]


def bodies(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield how many bodies of each category stand, against the caps."""
    standing = BodyVersion.objects.standing(on=as_of).filter(body__territory=territory)
    count = Counter(standing.values_list("category", flat=True))
    caps, source = Lawbook(territory=territory, on=as_of).caps, _register(as_of)
    organs = sum(count[category] for category in ORGANS)
    parts = "+".join(str(count[category]) for category in ORGANS)
    yield Figure("机构", "党政机构", str(organs), "个", source, f"{parts}；{_cap(caps.get('PARTY_GOVERNMENT'))}")
    for category in BodyCategory:
        if count[category]:
            yield Figure("机构", category.label, str(count[category]), "个", source, _cap(caps.get(category)))


def posts(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield quotas and leader posts of the organs, of town and streets, and of the whole district."""
    sums = balances.by_category(territory=territory, as_of=as_of)
    source = _ledger(territory, as_of)
    organs = {unit: _over(sums, ORGANS, unit) for unit in (QuotaType.ADMIN, CHIEF, DEPUTY)}
    scoped = {cap.subject: cap for cap in Cap.objects.in_force(territory=territory, on=as_of).exclude(scope="")}
    yield _standing("编制", "党政机构行政编制", organs[QuotaType.ADMIN], source, scoped.get("ADMIN"))
    yield _leaders("党政机构科级职数", organs[CHIEF], organs[DEPUTY], source)
    for place in PLACES:
        yield _leaders(f"{place.label}科级职数", _over(sums, [place], CHIEF), _over(sums, [place], DEPUTY), source)
    everywhere = (*ORGANS, *PLACES)
    yield _leaders(
        "党政机构和镇街科级职数合计", _over(sums, everywhere, CHIEF), _over(sums, everywhere, DEPUTY), source
    )
    totals = balances.totals(territory=territory, as_of=as_of)
    for unit in QuotaType:
        found = sum((numbers for (_, one), numbers in sums.items() if one == unit), NOTHING)
        if unit in totals:
            total, headroom = totals[unit]
            left = "" if headroom is None else f"，未分配{headroom}"
            yield _standing("编制", f"全区{UNIT_LABELS[unit]}", found, source, note=f"总量{total}{left}；")


def _over(sums: Sums, categories: tuple[str, ...] | list[str], unit: str) -> Standing:
    return sum((sums.get((category, unit), NOTHING) for category in categories), NOTHING)


def _standing(group: str, label: str, numbers: Standing, source: str, cap: Cap | None = None, note: str = "") -> Figure:
    made = f"{note}实有{numbers.actual}，已核未入{numbers.committed}，在办占用{numbers.held}，空编{numbers.vacant}"
    return Figure(group, label, str(numbers.approved), "名", source, f"{made}；{_cap(cap)}" if cap else made)


def _leaders(label: str, chiefs: Standing, deputies: Standing, source: str) -> Figure:
    both = chiefs + deputies
    note = f"正科级{chiefs.approved}+副科级{deputies.approved}；实有{both.actual}"
    return Figure("领导职数", label, str(both.approved), "名", source, note)


def problems(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield what was entered, closed and left of every batch of problems."""
    for batch in side_data.batches(territory=territory, on=as_of):
        note = f"已销号{batch.closed}，未销号{batch.left}，销号率{batch.percent}"
        yield Figure("问题整改", batch.batch, str(batch.entered), "条", f"问题整改台账（截至{as_of}）", note)


def duties(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield claim rates of power lists and the length of the other lists."""
    for rate in side_data.claim_rates(territory=territory, on=as_of):
        limit = f"要求{rate.duty_list.threshold}%" if rate.duty_list.threshold else "不作承接率要求"
        beyond = f"；另有{rate.unclaimable}项不具备承接条件" if rate.unclaimable else ""
        note = f"{rate.base}项中承接{rate.claimed}项，{rate.percent}（{limit}）{beyond}"
        paper = rate.duty_list.paper
        yield Figure("权责清单", rate.duty_list.title, str(rate.claimed), "项", paper, note, rate.warning)
    items = DutyItem.objects.standing(on=as_of).filter(territory=territory).exclude(duty_list__list_type="POWER")
    lists: dict[str, tuple[int, dict[str, None]]] = {}
    for title, paper, count in items.values_list("duty_list__title", "paper", "count"):
        total, papers = lists.get(title, (0, {}))
        lists[title] = total + count, papers | {paper: None}
    for title, (total, papers) in lists.items():
        yield Figure("权责清单", title, str(total), "项", "、".join(papers))


def pledges(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield the pledges and vetoes found, cancelled and kept."""
    rows = list(Pledge.objects.standing(on=as_of).filter(territory=territory))
    if not rows:
        return
    results = Counter(row.result for row in rows)
    forms = Counter(row.form for row in rows if row.result == Pledge.Result.KEPT)
    parts = "+".join(str(forms[form]) for form in Pledge.Form)
    note = f"取消{results[Pledge.Result.CANCELLED]}，保留{results[Pledge.Result.KEPT]}（{parts}）"
    if results[Pledge.Result.FOUND]:
        note += f"，待清理{results[Pledge.Result.FOUND]}"
    yield Figure("责任状和一票否决", "清理事项", str(len(rows)), "项", rows[0].paper, note)


def staff_elsewhere(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield borrowed and seconded staff: counts."""
    for label, table in (("借调抽调人员", Borrowed), ("派驻镇街人员", Seconded)):
        rows: list[SideRow] = list(table.objects.standing(on=as_of).filter(territory=territory))
        papers = "、".join(dict.fromkeys(row.paper for row in rows))
        count = sum(getattr(row, "count", 0) for row in rows)
        yield Figure("人员", label, str(count), "人", papers or f"借调派驻台账（截至{as_of}）", _split(rows))


def matters(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield how many proposals were accepted, decided, filed and took effect by the day."""
    cases = Proposal.objects.filter(territory=territory)
    steps = (
        ("受理动议事项", "accepted_on"), ("作出决定", "decided_on"), ("上报市委编办", "filed_on"), ("印发生效", "effective_on"),
    )  # fmt: skip
    for label, column in steps:
        count = cases.filter(**{f"{column}__lte": as_of}).count()
        yield Figure("动议办理", label, str(count), "件", f"办理记录（截至{as_of}）")


def reported(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield what units reported and no register can compute, quoted with its source."""
    for row in ReportedFigure.objects.standing(on=as_of).filter(territory=territory):
        yield Figure(row.group, row.label, str(row.value), row.measure, row.paper, _split([row]))


def _split(rows: list[SideRow] | list[ReportedFigure]) -> str:
    return "示例拆分" if any(row.illustrative for row in rows) else ""


def _cap(cap: Cap | None) -> str:
    return f"限额{cap.value}（{cap.paper or cap.citation}）" if cap else ""


def _register(as_of: date) -> str:
    return f"机构编制台账（截至{as_of}）"


def _ledger(territory: Territory, as_of: date) -> str:
    last = Posting.objects.filter(territory=territory, effective_on__lte=as_of).order_by("-effective_on", "-id").first()
    return f"编制台账（截至{as_of}；最近依据：{last.paper or last.get_kind_display()}）" if last else "编制台账"
