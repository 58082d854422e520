"""The geometry of GB/T 9704-2012, measured on printed pages."""

from itertools import pairwise

import pytest

from tests.papers.measuring import drawn_body, lines, pages, printed, red_bands, rules

HAN = "根据机构编制工作条例有关要求结合实际现就有关事项请示如下" * 40
LAST_RULE = 262.0  # mm: lower edge of the type area, 37 + 225


def test_clause_5_2_3_a_full_page_has_22_lines_of_28_characters() -> None:
    page = pages(drawn_body(f'<p class="flush">{HAN}</p>'))[0]
    found = lines(page)
    assert len(found) == 22
    assert {len(line.text) for line in found} == {28}


def test_clause_5_2_1_text_fills_the_type_area_of_156_by_225_mm() -> None:
    page = pages(drawn_body(f'<p class="flush">{HAN}</p>'))[0]
    found = lines(page)
    assert float(page.width) * 25.4 / 72 == pytest.approx(210, abs=0.1)
    assert all(line.left == pytest.approx(28, abs=0.3) for line in found)
    assert all(line.right == pytest.approx(184, abs=0.3) for line in found)
    pitches = {round(b.y - a.y, 1) for a, b in zip(found, found[1:], strict=False)}
    assert pitches == {10.2}
    assert found[0].y > 37 and found[-1].y < LAST_RULE


def test_clause_5_2_3_headings_figures_and_mixed_faces_stay_on_the_grid() -> None:
    text = (
        "截至2026年10月31日，核定186名，空编率为8.06%，其中A类<b class='hei'>12名</b>、<i class='kai'>乙类6名</i>；" * 3
    )
    body = f"<h2>一、基本情况（2026年）</h2><p>{text}</p><h3>（一）核增18名</h3><p>王𬭸珺同志{text}</p>" * 5
    gaps = [b.y - a.y for page in pages(drawn_body(body)) for a, b in pairwise(lines(page))]
    assert len(gaps) > 50
    assert all(gap == pytest.approx(225 / 22, abs=0.06) for gap in gaps)


@pytest.mark.parametrize("slug", ["qingshi", "beian", "tongzhi", "pifu", "jielu"])
def test_clause_5_2_3_a_real_paper_stays_on_the_grid(slug: str) -> None:
    """Between text of one size the distance is a whole number of lines, and nearly always one."""
    found = [b.y - a.y for page in pages(printed(slug).pdf)[1:] for a, b in pairwise(lines(page))]
    assert all(min(gap % (225 / 22), -gap % (225 / 22)) < 0.08 for gap in found), found


def test_mixed_lines_are_spread_to_the_right_edge_as_well() -> None:
    text = "截至2026年10月31日，核定186名，空编率为8.06%，“一人多岗”的问题较为突出；" * 8
    found = lines(pages(drawn_body(f'<p class="flush">{text}</p>'))[0])
    assert all(line.right == pytest.approx(184, abs=0.6) for line in found[:-1])


@pytest.mark.parametrize("offset", range(0, 28, 3))
def test_no_line_begins_or_ends_with_forbidden_punctuation(offset: int) -> None:
    nasty = "会议指出，“三定”规定（试行）——以下简称《规定》——自2026年起施行……经费1,234.5万元；见〔2026〕17号！好？是。"
    text = "测" * offset + nasty * 3
    found = lines(pages(drawn_body(f'<p class="flush">{text}</p>'))[0])
    assert not [line.text for line in found if line.text[0] in "，。、；：？！）》〕”…%"]
    assert not [line.text for line in found[:-1] if line.text[-1] in "（《〔“"]
    assert all(line.right < 185 for line in found)


def test_clause_7_2_the_red_mark_stands_35_mm_below_the_type_area_and_the_rule_is_red() -> None:
    bands = red_bands(printed("qingshi").pdf)
    assert bands[0][0] == pytest.approx(37 + 35, abs=1.5)
    (top, bottom) = bands[-1]
    assert bottom - top < 1
    number = next(line for line in lines(pages(printed("qingshi").pdf)[0]) if "签发人" in line.text)
    assert top - number.y == pytest.approx(4, abs=1.6)  # 7.2.7: 4 mm below the number


def test_clause_7_2_5_upward_paper_has_number_left_and_signer_right() -> None:
    head = next(line for line in lines(pages(printed("qingshi").pdf)[0]) if "签发人" in line.text)
    assert head.text.startswith("海编发〔2026〕3号")
    assert head.left == pytest.approx(28 + 5.64, abs=0.5)
    assert head.right == pytest.approx(184 - 5.64, abs=0.5)


def test_clause_7_2_5_downward_paper_has_its_number_in_the_middle() -> None:
    head = next(line for line in lines(pages(printed("tongzhi").pdf)[0]) if "海编发" in line.text)
    assert (head.left + head.right) / 2 == pytest.approx(28 + 78, abs=0.5)


def test_clause_7_3_3_page_one_shows_body_text() -> None:
    for slug in ("qingshi", "beian", "tongzhi", "pifu", "jiyao", "jielu"):
        assert len(lines(pages(printed(slug).pdf)[0])) >= 4, slug


def test_clause_7_4_the_imprint_stands_at_the_foot_of_the_last_even_page() -> None:
    for slug in ("qingshi", "beian", "tongzhi", "pifu", "jiyao", "jielu"):
        sheets = pages(printed(slug).pdf)
        assert len(sheets) % 2 == 0, slug
        assert any(abs(rule - LAST_RULE) <= 0.3 for rule in rules(sheets[-1])), slug


@pytest.mark.parametrize("letters", [4, 78, 200])
@pytest.mark.parametrize("count", [1, 15, 19, 20, 21, 22, 23, 41, 42, 43, 44])
def test_clause_7_4_the_imprint_never_covers_text(count: int, letters: int) -> None:
    copies = ("区财政局，区人力资源和社会保障局，" * 12)[:letters]
    imprint = (
        f'<div class="imprint-space"><div class="imprint"><div class="copies">抄送：{copies}。</div>'
        '<div>区委编办<span class="printed">2026年11月20日印发</span></div></div></div>'
    )
    body = "".join(f'<p class="flush">第{n}行。</p>' for n in range(count))
    sheets = pages(drawn_body(body + imprint, imprint=True))
    assert len(sheets) % 2 == 0
    assert any(abs(rule - LAST_RULE) <= 0.3 for rule in rules(sheets[-1]))
    block = lines(sheets[-1], size=14)
    first = next(line for line in block if line.text.startswith("抄送"))
    assert all(line.y < first.y - 7 for line in lines(sheets[-1]))
    printed_on = next(line for line in block if "印发" in line.text)
    assert max(line.y for line in block if line.y < printed_on.y) < printed_on.y - 7.5  # the date has a line of its own


def test_clause_7_5_page_numbers_stand_outside_and_7_mm_below() -> None:
    sheets = pages(printed("beian").pdf)
    odd = next(line for line in lines(sheets[0], size=14) if line.text.startswith("—"))
    even = next(line for line in lines(sheets[1], size=14) if line.text.startswith("—"))
    assert odd.text.replace(" ", "") == "—1—" and even.text.replace(" ", "") == "—2—"
    assert odd.right == pytest.approx(184 - 4.94, abs=0.6)
    assert even.left == pytest.approx(28 + 4.94, abs=0.6)
    assert LAST_RULE + 7 < odd.y < LAST_RULE + 12.5


def test_clause_7_3_5_the_date_ends_four_characters_from_the_edge() -> None:
    page = pages(printed("tuihui").pdf)[0]
    date = next(line for line in lines(page) if line.text == "2026年11月20日")
    organ = next(line for line in lines(page) if line.text.startswith("中共乌海市海勃湾区委机构编制委员会办公室"))
    assert organ.right <= 184.4
    assert (date.left + date.right) / 2 == pytest.approx((organ.left + organ.right) / 2, abs=1.0)


def test_clause_10_1_a_letter_has_double_red_rules_170_mm_long_and_no_number_on_page_one() -> None:
    page = pages(printed("fuhan").pdf)[0]
    wide = [shape for shape in page.rects + page.lines if (shape["x1"] - shape["x0"]) * 25.4 / 72 > 165]
    assert len(wide) >= 2
    assert min(shape["x0"] for shape in wide) * 25.4 / 72 == pytest.approx(20, abs=0.5)
    assert max(shape["x1"] for shape in wide) * 25.4 / 72 == pytest.approx(190, abs=0.5)
    assert not [line for line in lines(page, size=14) if "—" in line.text]
    bands = red_bands(printed("fuhan").pdf)
    assert bands[0][0] == pytest.approx(30, abs=1.5)
    assert bands[-1][1] == pytest.approx(277, abs=0.5)
