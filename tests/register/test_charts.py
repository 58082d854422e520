"""Charts tell use, vacancy and history in bars with words, and give the same numbers as a table."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from lxml import html

from project.web.tables import charts
from tests.papers_bound import road
from tests.register import reading
from tests.register.seeded import Seeded


def drawn(page: reading.Element) -> dict[str, reading.Element]:
    """Return the charts of a page by title."""
    return {reading.words(one.find("figcaption")): one for one in page.find_class("chart")}


def labels(figure: reading.Element) -> list[tuple[str, str]]:
    """Return the lines of a chart: label and numbers."""
    texts = [text.text_content() for text in figure.xpath("./svg/text")]
    return list(zip(texts[::2], texts[1::2], strict=True))


def test_the_register_draws_use_and_vacancy_of_the_bodies_that_were_asked_for(clerk: Client, district: Seeded) -> None:
    page = reading.opened(clerk, "/register/?category=PSU", district.second)
    use, vacant = drawn(page).values()
    assert list(drawn(page)) == ["各机构编制使用情况（实有/核定，前12个）", "各机构空编（前12个）"]
    rows = {row.cells["机构名称"]: row.cells for table in reading.tables(page)[:1] for row in table.rows}
    for figure in (use, vacant):
        assert figure.find("svg").get("role") == "img"
        assert figure.find("svg").find("title").text == reading.words(figure.find("figcaption"))
        assert len(labels(figure)) == 12
    for label, numbers in labels(use):
        cells = next(cells for name, cells in rows.items() if name.startswith(label.removesuffix("…")))
        assert numbers == f"{cells['事业类编制实有']}/{cells['事业类编制核定']}"
    approved = [int(numbers.split("/")[1]) for _, numbers in labels(use)]
    free = [int(n) for _, n in labels(vacant)]
    assert approved == sorted(approved, reverse=True) and free == sorted(free, reverse=True)
    assert max(int(cells["事业类编制核定"]) for cells in rows.values()) == approved[0]


def test_every_chart_gives_its_numbers_as_a_table(clerk: Client, district: Seeded) -> None:
    library = f"/register/bodies/{road.body(district.office, '区图书馆').uuid}/"
    for address in ("/register/", "/register/?category=ORGANS", library, "/caps/"):
        page = reading.opened(clerk, address, district.second)
        assert drawn(page)
        tables = reading.tables(page)
        for title, figure in drawn(page).items():
            own = [reading.rows_in(table) for table in figure.iter("table")] or [table.rows for table in tables[:1]]
            for (label, numbers), row in zip(labels(figure), own[0], strict=True):
                said = [reading.plain(text) for text in row.cells.values()]
                assert any(text.startswith(label.removesuffix("…")) for text in said), (title, label, said)
                assert set(numbers.split("/")) <= set(said), (title, label, said)


def test_the_history_of_a_body_is_drawn_up_to_the_day(clerk: Client, district: Seeded) -> None:
    library = f"/register/bodies/{road.body(district.office, '区图书馆').uuid}/"
    shown = drawn(reading.opened(clerk, library, district.second))["核定编制变化"]
    assert labels(shown) == [("2020-06-30", "12")]
    before = reading.opened(clerk, library, district.first.replace(year=2018))
    assert drawn(before) == {}


def test_nothing_on_a_chart_is_scaled_and_everything_fits(clerk: Client, district: Seeded) -> None:
    page = reading.opened(clerk, "/register/", district.second)
    for figure in drawn(page).values():
        drawing = html.tostring(figure.find("svg")).decode()
        assert "viewbox" not in drawing.lower() and 'width="100%"' in drawing and "style=" not in drawing
        ends = [float(x) + float(w) for x, w in re.findall(r'<rect x="([\d.]+)%"[^>]* width="([\d.]+)%"', drawing)]
        assert ends and max(ends) <= charts.SPAN + 0.1


@pytest.mark.parametrize(
    ("bar", "shades"),
    [
        (charts.Bar("甲", 10, 2, 3), ["used", "kept", "free"]),
        (charts.Bar("甲", 13, 0, -3), ["used", "over"]),
        (charts.Bar("甲", 0, 0, 0), []),
    ],
)
def test_a_bar_has_a_part_for_everything_that_posts_are_doing(bar: charts.Bar, shades: list[str]) -> None:
    chart = charts.usage(title="使用", bars=[bar])
    used = re.findall(r'height="0.9em" fill="(#\w+)"', chart.drawn)
    assert used == [charts.SHADES[shade] for shade in shades]


def test_a_label_is_shortened_and_escaped() -> None:
    chart = charts.ranking(title="<空编>", shade="free", rows=[("很" * 30, 3), ("<b>", 1)])
    assert f">{'很' * (charts.LONGEST - 1)}…<" in chart.drawn
    assert "&lt;b&gt;" in chart.drawn and "<b>" not in chart.drawn and "&lt;空编&gt;" in chart.drawn


def test_no_bodies_no_chart(clerk: Client, district: Seeded) -> None:
    assert drawn(reading.opened(clerk, "/register/?q=没有这样的机构", district.second)) == {}
    assert drawn(reading.opened(clerk, "/register/?category=INNER", district.second)) == {}
