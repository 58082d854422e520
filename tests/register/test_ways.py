"""Every number of the ledger leads to the movements it is the sum of, and every figure to where it was counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from proposals.ledger.origins import PARTS
from proposals.models import Appointment, BodyVersion, Person
from tests import depth
from tests.register import reading
from tests.register.seeded import Seeded

PAGES = ("register", "body", "caps", "permits", "reconciliation", "figures", "plan")
SAMPLE = 3  # rows of a table, from its beginning and its end
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def kinds_of(href: str) -> frozenset[str]:
    """Return what a link has in common with others: where it leads and what it asks, its part, its unit."""
    parts, asked = urlsplit(href), parse_qs(urlsplit(href).query)
    led = f"{UUID.sub('…', parts.path)} {sorted(asked)} {asked.get('part')}"
    return frozenset({led, *(f"{name}={asked[name][0]}" for name in ("unit", "category") if name in asked)})


def of_each_kind(links: Iterable[str]) -> list[str]:
    """Return links of every kind."""
    return depth.covering(links, kinds_of)


def ways(clerk: Client, district: Seeded, name: str, day: date) -> list[tuple[str, int]]:
    """Return the ways to the ledger from the first and last rows of every table of a page, with their numbers."""
    found = []
    for table in reading.tables(reading.opened(clerk, reading.addresses(district)[name], day)):
        for row in [*table.rows[:SAMPLE], *table.rows[SAMPLE:][-SAMPLE:]]:
            for heading, href in row.links.items():
                number = reading.plain(row.cells[heading].split(" → ")[0])
                if href.startswith("/ledger/") and "part=" in href:
                    found.append((href, int(number)))
    return found


@pytest.mark.parametrize("name", PAGES)
def test_the_movements_behind_a_number_sum_to_it(clerk: Client, district: Seeded, name: str) -> None:
    followed = 0
    led = [one for day in (district.first, district.second) for one in dict.fromkeys(ways(clerk, district, name, day))]
    chosen = of_each_kind(href for href, _ in led)
    for href, number in dict.fromkeys(led):
        if href in chosen:
            page = reading.opened(clerk, href)
            line = reading.in_csv(clerk.get(f"{href}&export=csv").content)[0]
            moved = sum(int(row["增减"]) for row in line)
            assert moved == number, (name, href)
            assert reading.words(page.xpath('//p[@class="sum"]/b')[0]) == str(number), href
            if 0 < len(line) <= 50:
                shown = [reading.plain(row.cells["增减"]) for row in reading.tables(page)[0].rows]
                assert sum(int(n.lstrip("'")) for n in shown) == number
            asked = parse_qs(urlsplit(href).query)
            assert "ahead" in asked or all(row["生效日期"] <= asked["as_of"][0] for row in line)
            followed += 1
    assert followed, name


def test_every_part_is_led_to_from_somewhere(clerk: Client, district: Seeded) -> None:
    parts = {
        parse_qs(urlsplit(href).query)["part"][0]
        for name in PAGES
        for day in (district.first, district.second)
        for href, _ in ways(clerk, district, name, day)
    }
    assert parts == set(PARTS)


def counted(page: reading.Element, name: str) -> int:
    """Return how much a page of another register counts."""
    tables = {table.title: table.rows for table in reading.tables(page)}
    if name == "register":
        return int(re.findall(r"机构 (\d+) 个", reading.words(page.get_element_by_id("main")))[0])
    if name == "cases":
        told = re.findall(r"共 (\d+) 条", reading.words(page.get_element_by_id("main")))
        return int(told[0]) if told else 0
    if name == "duty-lists":
        return sum(int(row.cells["项数"]) for rows in tables.values() for row in rows)
    if name == "problems":
        return next(len(rows) for title, rows in tables.items() if title.startswith("问题清单"))
    return len(tables["责任状和一票否决"])


def test_every_figure_leads_to_the_page_on_which_it_is_counted(clerk: Client, district: Seeded) -> None:
    followed = set()
    for day in (district.first, district.second):
        page = reading.opened(clerk, reading.addresses(district)["figures"], day)
        for table in reading.tables(page):
            for row in table.rows:
                href = row.links.get("数值", "")
                name = urlsplit(href).path.strip("/")
                if not href or name == "ledger":
                    continue
                there = reading.opened(clerk, href)
                if fragment := urlsplit(href).fragment:
                    assert there.get_element_by_id(fragment) is not None
                if fragment in ("borrowed-h", "seconded-h"):
                    section = there.xpath(f'//section[@aria-labelledby="{fragment}"]')[0]
                    rows = [one for shown in section.iter("table") for one in reading.rows_in(shown)]
                    number = sum(int(one.cells["人数"]) for one in rows)
                else:
                    number = counted(there, name)
                assert number == int(row.cells["数值"]), (row.cells["项目"], href)
                followed.add(name)
    assert followed == {"register", "problems", "duty-lists", "pledges", "cases"}


def test_batches_lead_to_their_problems(clerk: Client, district: Seeded) -> None:
    for day in (district.first, district.second):
        batches = reading.tables(reading.opened(clerk, "/problems/", day))[0]
        assert batches.title == "各批次销号情况"
        for row in batches.rows:
            for heading in ("登记", "已销号", "未销号"):
                there = reading.opened(clerk, row.links[heading])
                rows = [table.rows for table in reading.tables(there) if table.title.startswith("问题清单")]
                assert sum(map(len, rows)) == int(row.cells[heading]), (row.cells, heading)


def within(district: Seeded, who: str) -> dict[str, str]:
    """Return the addresses of the pages that somebody may open: of a unit those of its own body."""
    found = reading.addresses(district)
    if who != "danwei":
        return found
    return found | dict.fromkeys(("register", "caps"), "/register/") | {"body": own_body()}


def own_body() -> str:
    """Return the address of the page of 区委组织部, the unit whose people stand in the register."""
    return f"/register/bodies/{BodyVersion.objects.get(name='区委组织部').body.uuid}/"


def test_a_unit_reads_its_own_body_and_its_own_numbers(district: Seeded, clerk: Client) -> None:
    unit = Client()
    unit.force_login(Person.objects.get(username="danwei"), backend="django.contrib.auth.backends.ModelBackend")
    (table,) = reading.tables(reading.opened(unit, "/register/"))[:1]
    assert [row.cells["机构名称"].split()[0] for row in table.rows] == ["区委组织部"]
    assert len(reading.tables(reading.opened(clerk, "/register/"))[0].rows) == 50
    for query in ("export=csv", "q=文化馆", "q=文化馆&export=csv", "whole=1"):
        assert "文化馆" in clerk.get(f"/register/?{query}").content.decode()
        assert "文化馆" not in unit.get(f"/register/?{query}").content.decode().replace('value="文化馆"', "")
    assert unit.get(own_body()).status_code == 200
    assert (unit.get(reading.addresses(district)["body"]).status_code, unit.get("/caps/").status_code) == (404, 403)
    Appointment.objects.filter(person__username="danwei").update(unit="")
    assert unit.get(own_body()).status_code == 404


@pytest.mark.parametrize("who", ["danwei", "bianwei1", "shishenhe", "hegao"])
def test_nobody_is_led_where_he_may_not_go(district: Seeded, clerk: Client, who: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
    links = [
        link
        for name in ("register", "body", "caps")
        for table in reading.tables(reading.opened(client, within(district, who)[name]))
        for row in table.rows
        for link in row.links.values()
        if link.startswith("/")
    ]
    chosen = of_each_kind(links)
    assert frozenset().union(*map(kinds_of, links)) == frozenset().union(*map(kinds_of, chosen)) != frozenset()
    for href in chosen:
        assert client.get(href).status_code == 200, (who, href)


def test_a_number_is_a_link_that_the_keyboard_reaches(clerk: Client, district: Seeded) -> None:
    page = reading.opened(clerk, reading.addresses(district)["register"])
    figures = [link for link in page.iter("a") if link.get("class") == "figure"]
    assert len(figures) > 50 and all(link.get("href") and link.get("tabindex") is None for link in figures)


def test_a_category_alone_asks_for_what_its_bodies_have(clerk: Client, district: Seeded) -> None:
    caps = reading.rows_in(reading.opened(clerk, "/ledger/?category=TOWN&unit=ADMIN").xpath("//table")[0])
    assert sum(int(reading.plain(row.cells["增减"])) for row in caps) == 32


def test_the_whole_register_is_shown_on_one_page_for_printing(clerk: Client, district: Seeded) -> None:
    first, whole = (reading.opened(clerk, f"/register/{asked}", district.second) for asked in ("", "?whole=1"))
    assert len(reading.tables(first)[0].rows) == 50
    assert "whole=1" in next(link.get("href") for link in first.iter("a") if "全部显示" in link.text_content())
    assert f"机构 {len(reading.tables(whole)[0].rows)} 个" in reading.words(whole.get_element_by_id("main"))


def test_a_made_up_number_is_not_asked_for(clerk: Client, district: Seeded) -> None:
    for query in ("part=everything", "part=vacant&unit=NONE", "category=X", "case=1"):
        answer = clerk.get(f"/ledger/?{query}")
        assert answer.status_code == 200 and 'class="sum"' not in answer.content.decode()
