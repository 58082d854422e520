"""An opening balance names the pool of talent and what bodies have on loan of it."""

from __future__ import annotations

import pytest

from proposals.models import Account
from proposals.opening import faults
from proposals.use_of_posts import pool
from tests import builders
from tests.opening.test_opening import FULL, body, opening
from workflows.audit import ledger

pytestmark = pytest.mark.django_db
QUOTA = {"body": "A1", "unit": FULL, "approved": 20, "actual": 18}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"talent": {FULL: 11}}, "核定数、人才周转池之和31超出总量30"),
        ({"talent": {FULL: 2}, "quotas": [{**QUOTA, "lent": 3}]}, "人才周转池只有2名"),
        ({"talent": {FULL: 30}, "totals": {FULL: 60}, "quotas": [{**QUOTA, "lent": 21}]}, "不应超过核定数"),
        ({"talent": {"PSU_SELF": 2}}, "没有填写总量"),
        ({"talent": {FULL: "二"}}, "请填写不小于0的整数"),
    ],
)
def test_what_does_not_add_up_is_named(wrong: dict, said: str) -> None:
    office = builders.found_office()
    found = faults.faults(facts=opening(bodies=[body("A1")], **wrong), territory=office.district)
    assert said in " ".join(map(str, found))


def test_the_pool_and_its_loans_come_in_with_the_opening() -> None:
    office = builders.found_office()
    office.enter("import_opening", "bianban1", **opening(talent={FULL: 5}, quotas=[{**QUOTA, "lent": 2}]))
    (owed,) = pool.owed(territory_id=office.district.pk).values()
    assert owed == {"TALENT": 2}
    (loan,) = pool.loans(territory=office.district, as_of=office.now.date())
    assert (loan.n, loan.left, loan.purpose, loan.return_on) == (2, 2, "期初登记", None)
    free = Account.objects.get(territory=office.district, holder="TALENT")
    assert free.balance == 3
    free = Account.objects.get(territory=office.district, holder="POOL", unit=FULL)
    assert free.balance == 30 - 5 - (20 - 2)
    accounts = Account.objects.filter(body__code="A1", unit=FULL)
    assert dict(accounts.values_list("compartment", "balance")) == {"VACANT": 2, "OCCUPIED": 18}
    assert list(ledger.balances()) == []
