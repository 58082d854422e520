"""Every figure that a report on the district's bodies and posts needs, as of a day, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import Count, Q

from proposals.case.models import Proposal
from proposals.law.lawbook import Lawbook
from proposals.law.rows import CapRow
from proposals.ledger import balances
from proposals.ledger.balances import NOTHING, Standing
from proposals.ledger.models import Posting
from proposals.ledger.origins import categories_of
from proposals.organisation.bodies import BodyVersion
from proposals.organisation.people import Territory
from proposals.side_registers import totals as side_data
from proposals.side_registers.models import Borrowed, DutyItem, Pledge, ReportedFigure, Seconded, SideRow
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, QuotaType

ORGANS = (BodyCategory.PARTY_ORGAN, BodyCategory.GOVERNMENT_ORGAN)
PLACES = (BodyCategory.TOWN, BodyCategory.STREET)
CHIEF, DEPUTY = LeaderLevel.SECTION_CHIEF, LeaderLevel.SECTION_DEPUTY
Sums = Mapping[tuple[str, str], Standing]


class Figure(NamedTuple):
    """One figure: what, how many, and the register or paper it comes from; `note` shows how it is made up.

    `register` is where it was counted, `narrow` what was asked there.
    """

    group: str
    label: str
    value: str
    measure: str
    source: str
    note: str = ""
    warning: str = ""
    register: str = ""
    narrow: Mapping[str, str] = MappingProxyType({})


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
    caps, source = Lawbook.standing(territory=territory, on=as_of).caps, _register(as_of)
    organs = sum(count[category] for category in ORGANS)
    parts = "+".join(str(count[category]) for category in ORGANS)
    note = f"{parts}；{_cap(caps.get('PARTY_GOVERNMENT'))}"
    yield Figure("机构", "党政机构", str(organs), "个", source, note, "", "bodies", {"category": "ORGANS"})
    for category in BodyCategory:
        if count[category]:
            number, cap = str(count[category]), _cap(caps.get(category))
            yield Figure("机构", category.label, number, "个", source, cap, "", "bodies", {"category": category})


def posts(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield quotas and leader posts of the organs, of town and streets, and of the whole district."""
    sums = balances.by_category(territory=territory, as_of=as_of)
    source = _ledger(territory, as_of)
    scoped = Lawbook.standing(territory=territory, on=as_of).scoped_caps
    admin = _over(sums, "ORGANS", QuotaType.ADMIN)
    where = {"category": "ORGANS", "unit": QuotaType.ADMIN}
    yield _standing("党政机构行政编制", admin, source, where, scoped.get("ADMIN"))
    leading = [("党政机构", "ORGANS"), *((place.label, place) for place in PLACES)]
    for label, category in [*leading, ("党政机构和镇街", "ORGANS_AND_PLACES")]:
        both = "合计" if category == "ORGANS_AND_PLACES" else ""
        chiefs, deputies = _over(sums, category, CHIEF), _over(sums, category, DEPUTY)
        yield _leaders(f"{label}科级职数{both}", chiefs, deputies, source, {"category": category})
    totals = balances.totals(territory=territory, as_of=as_of)
    for unit in QuotaType:
        found = sum((numbers for (_, one), numbers in sums.items() if one == unit), NOTHING)
        if unit in totals:
            total, headroom = totals[unit]
            left = "" if headroom is None else f"，未分配{headroom}"
            yield _standing(f"全区{UNIT_LABELS[unit]}", found, source, {"unit": unit}, note=f"总量{total}{left}；")


def _over(sums: Sums, category: str, unit: str) -> Standing:
    return sum((sums.get((one, unit), NOTHING) for one in categories_of(category=category)), NOTHING)


def _standing(
    label: str, numbers: Standing, source: str, where: Mapping[str, str], cap: CapRow | None = None, note: str = ""
) -> Figure:
    made = f"{note}实有{numbers.actual}，已核未入{numbers.committed}，在办占用{numbers.held}，空编{numbers.vacant}"
    told = f"{made}；{_cap(cap)}" if cap else made
    narrow = {"part": "approved", **where}
    return Figure("编制", label, str(numbers.approved), "名", source, told, "", "ledger", narrow)


def _leaders(label: str, chiefs: Standing, deputies: Standing, source: str, where: Mapping[str, str]) -> Figure:
    both = chiefs + deputies
    note = f"正科级{chiefs.approved}+副科级{deputies.approved}；实有{both.actual}"
    narrow = {"part": "approved", "unit": "SECTION_LEADERS", **where}
    return Figure("领导职数", label, str(both.approved), "名", source, note, "", "ledger", narrow)


def problems(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield what was entered, closed and left of every batch of problems."""
    for batch in side_data.batches(territory=territory, on=as_of):
        note = f"已销号{batch.closed}，未销号{batch.left}，销号率{batch.percent}"
        source = f"问题整改台账（截至{as_of}）"
        narrow = {"batch": batch.batch, "place": "problems-h"}
        yield Figure("问题整改", batch.batch, str(batch.entered), "条", source, note, "", "problems", narrow)


def duties(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield claim rates of power lists and the length of the other lists."""
    for rate in side_data.claim_rates(territory=territory, on=as_of):
        limit = f"要求{rate.duty_list.threshold}%" if rate.duty_list.threshold else "不作承接率要求"
        beyond = f"；另有{rate.unclaimable}项不具备承接条件" if rate.unclaimable else ""
        note = f"{rate.base}项中承接{rate.claimed}项，{rate.percent}（{limit}）{beyond}"
        listed, narrow = rate.duty_list, {"list": rate.duty_list.code, "show": "claimed"}
        claimed = str(rate.claimed)
        yield Figure("权责清单", listed.title, claimed, "项", listed.paper, note, rate.warning, "duty_lists", narrow)
    items = DutyItem.objects.standing(on=as_of).filter(territory=territory).exclude(duty_list__list_type="POWER")
    lists: dict[tuple[str, str], tuple[int, dict[str, None]]] = {}
    for code, title, paper, count in items.values_list("duty_list__code", "duty_list__title", "paper", "count"):
        total, papers = lists.get((code, title), (0, {}))
        lists[code, title] = total + count, papers | {paper: None}
    for (code, title), (total, papers) in lists.items():
        source, narrow = "、".join(papers), {"list": code}
        yield Figure("权责清单", title, str(total), "项", source, register="duty_lists", narrow=narrow)


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
    paper, place = rows[0].paper, {"place": "pledges-h"}
    yield Figure("责任状和一票否决", "清理事项", str(len(rows)), "项", paper, note, "", "pledges", place)


def staff_elsewhere(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield borrowed and seconded staff: counts."""
    for label, table, place in (("借调抽调人员", Borrowed, "borrowed-h"), ("派驻镇街人员", Seconded, "seconded-h")):
        rows: list[SideRow] = list(table.objects.standing(on=as_of).filter(territory=territory))
        papers = "、".join(dict.fromkeys(row.paper for row in rows))
        count = sum(getattr(row, "count", 0) for row in rows)
        source = papers or f"借调派驻台账（截至{as_of}）"
        yield Figure("人员", label, str(count), "人", source, _split(rows), "", "pledges", {"place": place})


def matters(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield how many proposals were accepted, decided, filed and took effect by the day."""
    cases = Proposal.objects.filter(territory=territory)
    steps = (
        ("受理动议事项", "accepted_on"), ("作出决定", "decided_on"), ("上报市委编办", "filed_on"), ("印发生效", "effective_on"),
    )  # fmt: skip
    counts = cases.aggregate(**{column: Count("pk", filter=Q(**{f"{column}__lte": as_of})) for _, column in steps})
    for label, column in steps:
        count = counts[column]
        source = f"办理记录（截至{as_of}）"
        yield Figure("动议办理", label, str(count), "件", source, register="cases", narrow={"reached": column})


def reported(*, territory: Territory, as_of: date) -> Iterator[Figure]:
    """Yield what units reported and no register can compute, quoted with its source."""
    for row in ReportedFigure.objects.standing(on=as_of).filter(territory=territory):
        yield Figure(row.group, row.label, str(row.value), row.measure, row.paper, _split([row]))


def _split(rows: list[SideRow] | list[ReportedFigure]) -> str:
    return "示例拆分" if any(row.illustrative for row in rows) else ""


def _cap(cap: CapRow | None) -> str:
    return f"限额{cap.value}（{cap.paper or cap.citation}）" if cap else ""


def _register(as_of: date) -> str:
    return f"机构编制台账（截至{as_of}）"


def _ledger(territory: Territory, as_of: date) -> str:
    last = Posting.objects.filter(territory=territory, effective_on__lte=as_of).order_by("-effective_on", "-id").first()
    return f"编制台账（截至{as_of}；最近依据：{last.paper or last.get_kind_display()}）" if last else "编制台账"
