"""A document number is one number however it is typed."""

import pytest

from proposals.text import document_numbers

ONE = "海编发〔2026〕1号"


@pytest.mark.parametrize(
    "typed",
    [
        "海编发〔2026〕1号", "海编发[2026]1号", "海编发【2026】１号", "海编发（2026）第1号", " 海编发 〔2026〕 1 号 ", "海编发〔2026年〕01号",
        "海编发\u200b〔2026〕1\ufeff号", "海编发〔２０２６〕１号", "海编发〔2026〕1", "海编发〔2026〕 第 001 号",
    ],
)  # fmt: skip
def test_widths_brackets_blanks_and_unseen_signs_make_no_other_number(typed: str) -> None:
    assert document_numbers.normal(typed) == ONE
    assert document_numbers.key(typed) == document_numbers.key(ONE)
    assert document_numbers.parse(typed) == ("海编发", 2026, 1)


@pytest.mark.parametrize("other", ["海编发〔2026〕10号", "海编办发〔2026〕1号", "海编发〔2025〕1号", "2026-1", ""])
def test_another_number_stays_another(other: str) -> None:
    assert document_numbers.key(other) != document_numbers.key(ONE)
    assert document_numbers.parse("2026-1") is None and document_numbers.parse("〔2026〕1号") is None
