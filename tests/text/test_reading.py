"""Texts are read in one way: what nobody sees goes and is counted, what only a person can mend is named."""

from __future__ import annotations

import unicodedata

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from docs_templates.printing.text_guard import text_complaints
from proposals.text import alike
from proposals.text.reading import BROKEN, UNSEEN, Read, read


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("关于调剂\u200b编制的动议", Read("关于调剂编制的动议", removed=1)),
        ("\ufeff甲\u200d乙\u202e丙\u2066", Read("甲乙丙", removed=4)),
        ("甲\x00乙\uffff丙\ufdd0\U0001ffff", Read("甲乙丙", removed=4)),
        ("甲\ud800乙", Read("甲乙", removed=1)),
        ("葛\U000e0100城", Read("葛城", removed=1)),
        ("⼈⼝", Read("人口", replaced=2)),
        ("\uf900山", Read("豈山", replaced=1)),
        ("第一行\r\n第二行\r第三行\u2028第四行\x0b第五行", Read("第一行\n第二行\n第三行\n第四行\n第五行")),
        ("\u3000\u3000首行\n\u3000\u3000次行\u00a0\t ", Read("首行\n\u3000\u3000次行")),
        ("甲\u00a0乙\u2003丙\t丁", Read("甲 乙 丙 丁")),
        ("（全角，）(半角,)ＡＢ１２", Read("（全角，）(半角,)ＡＢ１２")),
        ("plain", Read("plain")),
    ],
)
def test_a_text_is_written_in_one_way_and_what_was_done_is_counted(typed: str, kept: Read) -> None:
    assert read(typed) == kept


@pytest.mark.parametrize("sign", ["\ue000", "\U000f0001", BROKEN, "\u0378"])
def test_what_only_a_person_can_mend_stays_and_is_named_with_its_place(sign: str) -> None:
    text = f"甲乙{sign}"
    assert read(text).text == text
    (found,) = text_complaints(text=text, where="标题", fonts_root=settings.FONTS_ROOT)
    assert "第3个字符" in found and f"U+{ord(sign):04X}" in found


@given(st.text())
def test_reading_twice_changes_nothing_and_leaves_nothing_unseen(text: str) -> None:
    once = read(text).text
    assert read(once) == Read(once)
    assert unicodedata.is_normalized("NFC", once) and once == once.strip()
    assert not UNSEEN.search(once) and all(unicodedata.category(one) != "Cc" for one in once if one != "\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲中心\u200b", "甲中心"),
        ("甲 中\u3000心", "甲中心"),
        ("图书馆(少儿部)", "图书馆（少儿部）"),
        ("第１中心Ａ", "第1中心a"),
        ("甲·乙中心", "甲•乙中心"),
        ("甲—乙", "甲－乙"),
        ("〔甲〕【乙】", "(甲)[乙]"),
        ("⼀中心", "一中心"),
    ],
)
def test_names_that_read_alike_are_one_name(one: str, other: str) -> None:
    assert alike.same(one, other)


@pytest.mark.parametrize(("one", "other"), [("甲中心", "乙中心"), ("甲一", "甲二"), ("第1科", "第11科")])
def test_names_that_read_otherwise_are_two(one: str, other: str) -> None:
    assert not alike.same(one, other)


@given(st.text(), st.sampled_from("\u200b\ufeff \u3000\u00ad"))
def test_no_unseen_sign_makes_another_name(name: str, sign: str) -> None:
    assert alike.key(sign.join(name)) == alike.key(name)
