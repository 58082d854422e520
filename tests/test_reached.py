"""The counter of reached assertions can go red."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reached import Reached

SELDOM, OFTEN = Reached(least=0.5), Reached(least=0.5)


@given(st.integers(0, 999))
def seldom(n: int) -> None:
    SELDOM.example()
    if n == 1:
        SELDOM.here()


@OFTEN.often_enough
@given(st.integers(0, 999))
def test_what_is_reached_often_is_green(n: int) -> None:
    OFTEN.example()
    OFTEN.here()


def test_what_is_reached_seldom_or_never_tried_is_red() -> None:
    with pytest.raises(AssertionError, match="of .* examples"):
        SELDOM.often_enough(seldom)()
    with pytest.raises(AssertionError, match="0 of 0 examples"):
        SELDOM.often_enough(lambda: None)()


@pytest.mark.parametrize(
    ("tried", "reached", "green"), [(25, 5, True), (25, 4, False), (2000, 933, True), (2000, 932, False)]
)
def test_few_examples_may_miss_the_share_by_chance_and_many_may_not(tried: int, reached: int, green: bool) -> None:
    counter = Reached(least=0.5)

    def counted() -> None:
        for n in range(tried):
            counter.example()
            if n < reached:
                counter.here()

    if green:
        counter.often_enough(counted)()
    else:
        with pytest.raises(AssertionError, match=f"{reached} of {tried} examples"):
            counter.often_enough(counted)()
