"""A value that cannot be read is refused in a sentence, with everything that was typed."""

import pytest
from django.http import Http404, QueryDict

from project.web.intake import readers
from tests.web.conftest import Visit, World


def fields(**said: str) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(said)
    return found


@pytest.mark.parametrize("said", ["²", "x", "-1", "0", "301", "9" * 4400, "1.5", "１"])
def test_a_number_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(readers.Unreadable, match="不是1至300之间的整数。"):
        readers.whole(fields(n=said), "n", within=range(1, 301))


@pytest.mark.parametrize("said", ["0001-01-01", "2026-02-30", "2200-01-01", "now", "²026-01-01"])
def test_a_day_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(readers.Unreadable, match="不是有效日期"):
        readers.day(fields(as_of=said), "as_of")


def test_what_is_left_out_has_its_usual_value() -> None:
    nothing = fields()
    assert readers.day(nothing, "as_of") is readers.month(nothing, "month") is readers.identity(nothing, "row") is None
    assert readers.whole(nothing, "n", within=range(9)) is None and readers.rows(nothing) == 0
    assert readers.choice(nothing, "form", ("csv",), usual="csv") == "csv" and readers.page(nothing) == 1


@pytest.mark.parametrize("said", ["x", "{00000000-0000-0000-0000-000000000000}", "urn:uuid:" + "0" * 32])
def test_an_identity_of_nothing_is_not_found(said: str) -> None:
    with pytest.raises(Http404):
        readers.identity(fields(row=said), "row")


@pytest.mark.parametrize(
    "said", ["1" * 4400, "[1.5]", "NaN", "[-Infinity]", "[" * 9000, "1e999", "[[" * 15 + "]]" * 15]
)
def test_json_that_no_column_holds_is_refused(said: str) -> None:
    with pytest.raises(ValueError):
        readers.json_value(said)


def test_json_is_read_like_everything_typed() -> None:
    assert readers.json_value('{"甲\\u0000": ["乙\\uffff", -3, true, null]}') == {"甲": ["乙", -3, True, None]}


def test_a_form_of_too_many_rows_is_refused_before_one_is_made_and_loses_nothing(world: World, visit: Visit) -> None:
    for page in ("lines", "basis"):
        sent = {"form-TOTAL_FORMS": "99999", "form-INITIAL_FORMS": "0", "do": "add", "form-0-remark": "写了很久"}
        answer = visit("bianban1").post(f"/cases/{world.draft.uuid}/{page}/", sent)
        assert answer.status_code == 400 and "写了很久" in answer.content.decode(), page


@pytest.mark.parametrize("do", ["remove-²", "remove-", "remove--1", "remove-99999"])
def test_a_row_that_is_none_cannot_be_removed(world: World, visit: Visit, do: str) -> None:
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "do": do, "form-0-remark": "甲"}
    answer = visit("bianban1").post(f"/cases/{world.draft.uuid}/lines/", sent)
    assert answer.status_code == 200 and 'value="甲"' in answer.content.decode()


def test_a_day_in_an_address_that_is_none_is_a_sentence(world: World, visit: Visit) -> None:
    answer = visit("bianban1").get("/register/?as_of=2026-02-30")
    assert answer.status_code == 400 and "“2026-02-30”不是有效日期" in answer.content.decode()
