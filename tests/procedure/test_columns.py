"""Only what a step changed is written, also inside a list or a mapping, and nobody else's column is written back."""

import pytest

from proposals.models import Proposal
from proposals.procedure.columns import Columns
from tests import builders
from tests.statements import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Proposal:
    office = builders.found_office()
    return builders.draft(office, "SANDING_REVISE", [])


def test_a_value_put_into_a_mapping_is_written_and_nothing_else(case: Proposal) -> None:
    read = Columns.of(case)
    case.numbers["beian"] = "海编〔2026〕1号"
    Proposal.objects.filter(pk=case.pk).update(summary="别人写的")
    with counted() as found:
        read.save_changed(case)
    assert [sql.split(" WHERE ")[0] for sql in found] == ['UPDATE "proposals_proposal" SET "numbers" = %s']
    written = Proposal.objects.get(pk=case.pk)
    assert (written.numbers, written.summary) == ({"beian": "海编〔2026〕1号"}, "别人写的")


def test_a_row_that_says_what_it_said_is_not_written(case: Proposal) -> None:
    with counted() as found:
        Columns.of(case).save_changed(case)
    assert not found
