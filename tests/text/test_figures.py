"""What is a whole number, and what only looks like one."""

import pytest

from proposals.text.figures import COUNTS, whole


@pytest.mark.parametrize(
    "text", ["²", "½", "١٢", "１２", "1_0", " 1", "1 ", "+1", "-1", "1.0", "1e3", "", "1" * 4400, None, 1]
)
def test_what_only_looks_like_a_number_is_none(text: object) -> None:
    assert whole(text, within=COUNTS) is None


def test_a_number_lies_within_its_bounds() -> None:
    assert [whole(text, within=range(1, 10)) for text in ("0", "1", "9", "10", "007")] == [None, 1, 9, None, 7]
