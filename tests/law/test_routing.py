"""Who decides: the highest of any line, by dated rows with citation, filed as the district's law says."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.case import kinds
from proposals.law import law_in_time, routing
from proposals.law.lawbook import Lawbook
from proposals.models import AuthorityRule, BodyVersion, ChangeLine, ChangeOp
from proposals.rulebook import profiles
from proposals.vocabulary import BodyCategory, Decider, DecisionMode, FilingMode, Rank, Track
from tests.reached import Reached
from tests.rules.district import DAY, DEPUTY, PSU, District

pytestmark = pytest.mark.django_db

OFFICE, COMMITTEE, PARTY, CITY = Decider.OFFICE, Decider.COMMITTEE, Decider.PARTY_COMMITTEE, Decider.CITY
AUDIT, APPROVE, RECORD = DecisionMode.AUDIT, DecisionMode.APPROVE, DecisionMode.RECORD


def road(case) -> list[tuple[str, str]]:
    return [(leg.decider, leg.mode) for leg in routing.of_case(case=case, on=DAY)]


def test_a_transfer_within_the_district_is_decided_by_the_committee_and_recorded_by_the_city() -> None:
    district = District()
    giver, street = district.body("甲中心", posts={PSU: (9, 0)}), district.body("乙街道", category=BodyCategory.STREET)
    line = {"op": "QUOTA_TRANSFER", "body": giver, "counterpart": street, "unit": PSU, "requested": 3}
    case = district.open().case("STAFF_TRANSFER", line)
    assert road(case) == [(OFFICE, AUDIT), (COMMITTEE, APPROVE), (CITY, RECORD)]
    routing.settle(case=case, on=DAY)
    assert case.filing_mode == FilingMode.RECORD
    assert case.route[1]["citation"] == "地方各级人民政府机构设置和编制管理条例第十八条"


def test_posts_of_section_leaders_are_decided_by_the_city() -> None:
    district = District()
    street = district.body("乙街道", category=BodyCategory.STREET)
    case = district.case("LEADER_POSTS", {"op": "LEADER_ADD", "body": street, "unit": DEPUTY, "requested": 2})
    assert road(case) == [(OFFICE, AUDIT), (COMMITTEE, AUDIT), (CITY, APPROVE)]
    assert routing.filing_mode(routing.of_case(case=case, on=DAY)) == FilingMode.APPROVE


@pytest.mark.parametrize(("rank", "decides"), [(Rank.VICE_SECTION, CITY), (Rank.SUB_SECTION, COMMITTEE)])
def test_the_rank_of_a_body_says_who_decides_it(rank: int, decides: str) -> None:
    line = {"op": "CREATE", "rank": rank, "params": {"name": "丙中心", "category": "PSU"}}
    assert (decides, APPROVE) in road(District().case("PSU_SETUP", line))


def test_one_line_for_the_city_takes_the_whole_case_there() -> None:
    district = District(totals={PSU: 20})
    body = district.body("甲中心", posts={PSU: (1, 1)})
    new = {"op": "CREATE", "rank": Rank.VICE_SECTION, "params": {"name": "丙中心", "category": "PSU"}}
    posts = {"op": "QUOTA_ADD", "body": body, "unit": PSU, "requested": 8, "params": {"source": "POOL"}}
    inner = {"op": "RENAME_INNER", "body": body, "params": {"name": "综合股"}}
    case = district.open().case("PSU_SETUP", new, posts, inner)
    assert road(case) == [(OFFICE, AUDIT), (COMMITTEE, AUDIT), (CITY, APPROVE)]


@pytest.mark.parametrize(("totals", "decides"), [({PSU: 20}, COMMITTEE), ({}, CITY)])
def test_posts_that_nobody_is_named_to_give_come_from_above_where_there_is_no_total(totals: dict, decides: str) -> None:
    district = District(totals=totals)
    body = district.body("甲中心", posts={PSU: (1, 1)})
    case = district.open().case("STAFF_INCREASE", {"op": "QUOTA_ADD", "body": body, "unit": PSU, "requested": 2})
    assert (decides, APPROVE) in road(case)


def test_an_organ_goes_by_the_party_committee_too() -> None:
    line = {"op": "CREATE", "rank": Rank.SECTION, "params": {"name": "区数据局", "category": "GOVERNMENT_ORGAN"}}
    assert (PARTY, AUDIT) in road(District().case("ORG_SETUP", line))


def test_the_use_of_an_approved_quota_is_decided_by_the_office_and_not_filed() -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (3, 1)})
    case = district.open().case("STAFF_USE", {"op": "USE", "body": body, "unit": PSU})
    assert road(case) == [(OFFICE, APPROVE)]
    assert routing.filing_mode(routing.of_case(case=case, on=DAY)) == FilingMode.NONE


@pytest.mark.parametrize(("profile", "mode"), [("HAIBOWAN", FilingMode.RECORD), ("FUSHAN", FilingMode.NONE)])
def test_no_motion_of_haibowan_stays_unfiled_but_fushans_may(profile: str, mode: str) -> None:
    case = District(profile).case("OTHER", {"op": "OTHER"})
    assert routing.filing_mode(routing.of_case(case=case, on=DAY)) == mode


def test_a_row_counts_from_its_day_to_its_last_day() -> None:
    district = District()
    case = district.case("OTHER", {"op": "OTHER"})
    AuthorityRule.objects.filter(op="OTHER", decider=COMMITTEE).update(until=date(2026, 3, 10))
    AuthorityRule.objects.create(
        territory=district.territory, op="OTHER", decider=OFFICE, mode=APPROVE, since=date(2026, 3, 11), citation="新规"
    )
    assert (COMMITTEE, APPROVE) in road(case)
    later = routing.of_case(case=case, on=date(2026, 3, 11))
    assert [(leg.decider, leg.mode) for leg in later] == [(OFFICE, APPROVE), (CITY, RECORD)]


@pytest.mark.parametrize("profile", profiles.names())
def test_every_profile_says_for_every_kind_and_line_who_decides(profile: str) -> None:
    territory = District(profile).territory
    rows = Lawbook.standing(territory=territory, on=DAY).authority
    for kind in kinds.KINDS:
        for op in {*kind.ops, *ChangeOp.values}:
            for rank in Rank.values:
                unit = {"LEADER": DEPUTY}.get(op.split("_")[0], PSU)
                line = routing.LineFacts(op, BodyCategory.PSU, unit, rank, op == "LEADER_ADD")
                assert routing.route(kind=kind.code, lines=[line], rows=rows, filed=kind.filed)


LINES = st.builds(
    routing.LineFacts,
    op=st.sampled_from(ChangeOp.values),
    category=st.sampled_from(BodyCategory.values),
    unit=st.sampled_from(["", PSU, DEPUTY, "ADMIN", "SECTION_CHIEF"]),
    rank=st.sampled_from(Rank.values),
    raises_total=st.booleans(),
)


def height(legs: tuple[routing.RouteLeg, ...]) -> int:
    return next(routing.ORDER.index(leg.decider) for leg in legs if leg.mode == APPROVE)


ROUTED = Reached(least=0.5)


@ROUTED.often_enough
@given(lines=st.lists(LINES, min_size=1, max_size=6), more=LINES, kind=st.sampled_from(sorted(kinds.BY_CODE)))
def test_a_further_line_never_lowers_who_decides_and_order_does_not_matter(lines: list, more, kind: str) -> None:
    rows = rows_of_haibowan()
    ROUTED.example()
    try:
        legs = routing.route(kind=kind, lines=lines, rows=rows, filed=True)
        further = routing.route(kind=kind, lines=[*lines, more], rows=rows, filed=True)
    except routing.Unrouted:
        return
    ROUTED.here()
    assert height(further) >= height(legs)
    assert sum(leg.mode == APPROVE for leg in further) == 1
    assert {leg.decider for leg in legs} <= {leg.decider for leg in further}
    assert routing.route(kind=kind, lines=[more, *reversed(lines)], rows=rows, filed=True) == further


@cache
def rows_of_haibowan() -> tuple[AuthorityRule, ...]:
    """The founding authority rows, without a database."""
    return tuple(
        AuthorityRule(**row) for row in profiles._authority(profiles.read("HAIBOWAN")["authority"], date(2019, 1, 1))
    )


def row(**fields) -> AuthorityRule:
    usual = {"kind": "", "op": "", "category": "", "unit": "", "min_rank": 0, "max_rank": 99, "raises_total": None}
    return AuthorityRule(**{**usual, "decider": COMMITTEE, "mode": APPROVE, "citation": "规则", **fields})


def facts(op: str = "USE", category: str = "PSU", unit: str = PSU, rank: int = 20, raises: bool = False):
    return routing.LineFacts(op, category, unit, rank, raises)


def refusal(*lines, rows, kind: str = "OTHER") -> str:
    with pytest.raises(routing.Unrouted) as refused:
        routing.route(kind=kind, lines=lines, rows=rows, filed=True)
    return str(refused.value)


def test_nobody_is_asked_about_nothing_and_a_line_without_its_row_is_named() -> None:
    assert refusal(rows=[row(kind="OTHER")]) == "尚未填写调整事项，请至少填写一项。"
    only = [row(op="USE")]
    assert refusal(facts("OTHER"), rows=only) == "办事规则没有写明「其他」由谁决定。"
    assert refusal(facts(), facts("OTHER"), rows=only) == "办事规则没有写明「其他」由谁决定。"
    assert refusal(facts(), rows=[row(op="USE", mode=AUDIT), row(op="USE", decider=CITY, mode=RECORD)]) == (
        "办事规则没有写明「使用编制」由谁决定。"
    )
    assert refusal(facts(), rows=[row()]) == "办事规则没有写明「使用编制」由谁决定。"
    assert [leg.mode for leg in routing.route(kind="OTHER", lines=[facts()], rows=only, filed=False)] == [APPROVE]


@pytest.mark.parametrize(
    ("fields", "covered"),
    [
        ({"op": "USE"}, True), ({"op": "OTHER"}, False), ({"unit": PSU}, True), ({"unit": "ADMIN"}, False),
        ({"category": "PSU"}, True), ({"category": "STREET"}, False), ({"kind": "OTHER"}, False), ({}, False),
        ({"op": "USE", "kind": "OTHER"}, True), ({"op": "USE", "kind": "STAFF_USE"}, False),
        ({"op": "USE", "min_rank": 20}, True), ({"op": "USE", "min_rank": 21}, False),
        ({"op": "USE", "max_rank": 20}, True), ({"op": "USE", "max_rank": 19}, False),
        ({"op": "USE", "raises_total": False}, True), ({"op": "USE", "raises_total": True}, False),
    ],
)  # fmt: skip
def test_a_row_covers_a_line_when_all_that_it_says_holds(fields: dict, covered: bool) -> None:
    assert routing.covers(row=row(**fields), kind="OTHER", line=facts()) is covered


def test_the_strongest_word_of_each_body_counts_and_the_highest_approves() -> None:
    rows = [
        row(op="USE", decider=OFFICE, mode=AUDIT, citation="一"), row(op="USE", decider=OFFICE, citation="二"),
        row(op="USE", decider=OFFICE, citation="三"), row(op="USE", decider=CITY, mode=RECORD, citation="四"),
        row(op="OTHER", decider=PARTY, citation="五"), row(op="OTHER", decider=CITY, mode=RECORD, citation="六"),
    ]  # fmt: skip

    def legs(*lines, filed: bool = True):
        return [tuple(leg) for leg in routing.route(kind="OTHER", lines=lines, rows=rows, filed=filed)]

    assert legs(facts()) == [(OFFICE, APPROVE, "二"), (CITY, RECORD, "四")]
    assert legs(facts("OTHER"), facts()) == [(OFFICE, AUDIT, "二"), (PARTY, APPROVE, "五"), (CITY, RECORD, "四")]
    rows[3:4] = []
    assert legs(facts(), filed=False) == [(OFFICE, APPROVE, "二")]
    assert legs(facts()) == [(OFFICE, APPROVE, "二"), (CITY, RECORD, "动议一律上报市委编办（区级规定）")]
    whole = row(kind="OTHER", decider=CITY, citation="七")
    assert [tuple(leg) for leg in routing.route(kind="OTHER", lines=[facts("CHARTER")], rows=[whole], filed=True)] == [
        (CITY, APPROVE, "七")
    ]


@pytest.mark.parametrize(
    ("line", "category", "rank", "raises"),
    [
        ({"op": "RENAME"}, "PSU", 20, False), ({"op": "RENAME", "rank": 10}, "PSU", 20, False),
        ({"op": "RERANK", "rank": 30}, "PSU", 30, False), ({"op": "RENAME_INNER"}, "INNER", 20, False),
        ({"op": "CREATE_INNER", "rank": 10}, "INNER", 10, False), ({"op": "MERGE"}, "PSU", 40, False),
        ({"op": "QUOTA_TRANSFER"}, "PSU", 20, False), ({"op": "LEVEL_UP"}, "PSU", 20, True),
        ({"op": "RECLASSIFY", "params": {"category": "TOWN"}}, "TOWN", 20, False),
        ({"op": "LEVEL_DOWN"}, "PSU", 20, True),
        ({"op": "QUOTA_ADD", "unit": PSU}, "PSU", 20, False), ({"op": "QUOTA_ADD", "unit": "ADMIN"}, "PSU", 20, True),
        ({"op": "LEADER_ADD", "unit": DEPUTY}, "PSU", 20, True),
        ({"op": "QUOTA_CUT", "unit": "ADMIN"}, "PSU", 20, False),
        ({"op": "LEADER_ADD", "unit": DEPUTY, "params": {"source": "POOL"}}, "PSU", 20, False),
        ({"op": "QUOTA_ADD", "unit": PSU, "params": {"source": "CITY"}}, "PSU", 20, True),
        ({"op": "QUOTA_ADD", "unit": "ADMIN", "params": {"source": "POOL"}}, "PSU", 20, False),
    ],
)  # fmt: skip
def test_what_the_law_looks_at_in_a_line(line: dict, category: str, rank: int, raises: bool) -> None:
    """The body ranks 20, the other one 40; the district keeps a total of posts of institutions only."""
    changed = ChangeLine(**{"op": "", "unit": "", "params": {}, **line})
    body, other = BodyVersion(category="PSU", rank=20), BodyVersion(category="STREET", rank=40)
    found = routing._facts(changed, body, other, {PSU})
    assert found == routing.LineFacts(changed.op, category, changed.unit, rank, raises)


def test_a_line_without_a_body_has_no_category_but_its_own() -> None:
    line = ChangeLine(op="CREATE", rank=10, params={"category": "PSU"})
    assert routing._facts(line, None, None, set()) == ("CREATE", "PSU", "", 10, False)
    assert routing._facts(ChangeLine(op="OTHER", params={}), None, None, set())[1] == ""


def test_two_roads_are_one_when_the_same_bodies_do_the_same_by_whatever_clause() -> None:
    road_of_old = [routing.RouteLeg(OFFICE, AUDIT, "旧"), routing.RouteLeg(COMMITTEE, APPROVE, "旧")]
    assert law_in_time._same(road_of_old, [leg._replace(citation="新") for leg in road_of_old])
    assert not law_in_time._same(road_of_old, [road_of_old[0], routing.RouteLeg(COMMITTEE, AUDIT, "旧")])
    assert not law_in_time._same(road_of_old, [road_of_old[0], routing.RouteLeg(PARTY, APPROVE, "旧")])
    assert not law_in_time._same(road_of_old, road_of_old[:1])


@pytest.mark.parametrize(
    ("mode", "filing"), [(APPROVE, FilingMode.APPROVE), (AUDIT, FilingMode.APPROVE), (RECORD, FilingMode.RECORD)]
)
def test_what_the_city_does_says_how_a_case_is_filed(mode: str, filing: str) -> None:
    below = routing.RouteLeg(COMMITTEE, RECORD, "")
    assert routing.filing_mode([below, routing.RouteLeg(CITY, mode, "")]) == filing
    assert routing.filing_mode([below]) == routing.filing_mode([]) == FilingMode.NONE


def test_a_road_costs_three_statements_however_many_lines(django_assert_max_num_queries) -> None:
    district = District()
    bodies = [district.body(f"第{n}中心") for n in range(12)]
    lines = [{"op": "RENAME", "body": body, "params": {"name": f"新{n}"}} for n, body in enumerate(bodies)]
    case = district.case("ORG_RENAME", *lines)
    Lawbook.standing(territory=district.territory, on=DAY)  # what the process remembers of the law is not counted
    with django_assert_max_num_queries(3):
        routing.of_case(case=case, on=DAY)


def test_small_kinds_take_the_short_track() -> None:
    assert {kind.code for kind in kinds.KINDS if kind.track == Track.SHORT} == {
        "STAFF_USE", "INTERNAL_RENAME", "CORRECTION",
    }  # fmt: skip
