"""Every use of posts stands on a permit: alone, beside other lines, or from the opening; each can be used up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from proposals.effect import permits
from proposals.law.lawbook import Lawbook
from proposals.ledger import headcount, opening
from proposals.ledger.models import Compartment
from proposals.ledger.opening import OpeningRow
from proposals.ledger.places import at_body
from proposals.models import Account, Permit, Posting, Proposal
from tests.ledger.books import CHIEF, DEPUTY, FULL, Books
from tests.stories.life import Life
from workflows.attempt import Refused
from workflows.audit import permits as audit_permits
from workflows.jobs import due

MIXED = (
    {"op": "QUOTA_ADD", "body": "乙中心", "unit": FULL, "n": 4},
    {"op": "USE", "body": "乙中心", "unit": FULL, "n": 3, "params": {"use_way": "RECRUIT", "post": "教师"}},
    {"op": "USE", "body": "乙中心", "unit": FULL, "n": 2, "params": {"use_way": "TRANSFER", "from_outside": True}},
    {"op": "USE", "body": "甲中心", "unit": DEPUTY, "n": 1},
)


def test_a_founding_paper_that_lets_posts_be_used_is_their_permit(books: Books) -> None:
    case = books.case(*MIXED)
    books.decide(case)
    books.issue(case)
    found = {(one.account.body, one.account.unit): one for one in Permit.objects.select_related("account__body")}
    use = found[books.bodies["乙中心"], FULL]
    assert (use.n, use.account.balance, use.number) == (5, 5, "海编发〔2026〕1号")
    assert (use.ways, use.post, use.from_outside) == ("招录（聘）、调入", "教师", True)
    assert (use.issued_on, use.expires_on) == (books.on, books.on + timedelta(days=180))
    assert found[books.bodies["甲中心"], DEPUTY].n == 1
    headcount.enrol(
        territory_id=books.territory.pk, body=books.bodies["乙中心"], unit=FULL, n=2, entry=books.entry(), permit=use,
        paper="报到证",
    )  # fmt: skip
    permits.hand_back(permit=Permit.objects.get(pk=use.pk), n=1, entry=books.entry(), paper="来函")
    permits.expire(permit=Permit.objects.get(pk=use.pk), entry=books.entry())
    assert books.balance("乙中心", FULL, "COMMITTED") == 0
    assert (books.balance("乙中心", FULL, "OCCUPIED"), books.balance("乙中心", FULL)) == (12, 12)


def test_a_use_that_was_not_granted_makes_no_permit(books: Books) -> None:
    case = books.case(*MIXED)
    books.decide(case, 4, 0, 0, 0)
    books.grant(case, 4, 0, 0, 0)
    books.issue(case)
    assert not Permit.objects.exists()


@pytest.mark.parametrize(("ahead", "lasts"), [(-20, 180), (0, 180), (20, 200)])
def test_posts_may_be_filled_for_half_a_year_from_the_paper_or_from_its_later_effect(
    books: Books, ahead: int, lasts: int
) -> None:
    case = books.case(MIXED[3])
    books.decide(case, happened_on=books.on - timedelta(days=40))
    effective = books.on + timedelta(days=ahead)
    last = permits.last_day(case=case, effective_on=effective, on=books.on)
    assert last == books.on + timedelta(days=lasts)


@pytest.mark.parametrize(("signs", "kept"), [(299, 299), (300, 300), (301, 300)])
def test_a_permit_keeps_three_hundred_signs_of_what_the_posts_are_for(books: Books, signs: int, kept: int) -> None:
    case = books.case({**MIXED[1], "params": {"use_way": "RECRUIT", "post": "师" * signs}})
    assert permits.terms_of(case.change_lines) == ("招录（聘）", "师" * kept, False)


@pytest.mark.parametrize(("signs", "kept"), [(80, 80), (81, 80)])
def test_a_number_that_an_opening_gives_a_permit_is_kept_to_eighty_signs(books: Books, signs: int, kept: int) -> None:
    body = books.body("己中心")
    opened = {"entry": books.entry(), "paper": "期初", "on": date(2019, 1, 1)}
    rows = [OpeningRow(body, FULL, 5, 3, 2)]
    opening.open_balance(territory_id=books.territory.pk, totals={}, rows=rows, **opened)
    place = at_body(body.uuid, FULL, Compartment.COMMITTED)
    said = {place: {"permit": "号" * signs, "permit_until": "2026-12-31"}}
    permits.open_with(territory=books.territory, committed={place: 2}, said=said, **opened)
    permit = Permit.objects.get()
    assert (permit.number, permit.n, permit.expires_on) == ("号" * kept, 2, date(2026, 12, 31))


@pytest.fixture
def life(db) -> Life:
    life = Life()
    posts = {FULL: (12, 7, 3), CHIEF: (2, 1)}
    two = [{"code": f"Z{n}", "name": name, "posts": posts} for n, name in enumerate(("甲中心", "乙中心"), start=1)]
    life.enter_opening(two, {FULL: 40})
    return life


def told(life: Life, name: str = "甲中心") -> tuple[int, int, int]:
    now = life.numbers(name, FULL)
    return now.vacant, now.committed, now.actual


def test_posts_that_the_opening_calls_approved_stand_on_a_permit_with_its_paper(life: Life) -> None:
    permit = Permit.objects.get(account__body=life.named("甲中心"))
    assert (permit.n, permit.case, permit.number) == (3, None, "期初已核未入（期初登记）")
    assert permit.expires_on == life.office.now.date() + timedelta(days=365)
    facts = {"permit": str(permit.uuid), "paper": "来函"}
    with pytest.raises(Refused, match="剩余3名，少于退回的4名"):
        life.office.enter("hand_back_permit", "bianban1", count=4, reason="不再使用", **facts)
    body = {"body": str(life.named("甲中心").uuid), "unit": FULL}
    life.office.enter("enrol", "bianban1", count=1, **body, **facts)
    life.office.enter("hand_back_permit", "bianban1", count=1, reason="不再使用", **facts)
    assert told(life) == (3, 1, 8)
    life.office.tick(days=400)
    assert due.run(at=life.office.now) == (2, 0)
    assert told(life) == (4, 0, 8) and told(life, "乙中心") == (5, 0, 7)
    assert list(audit_permits.committed()) == []


def test_how_long_that_lasts_is_a_dated_row(life: Life) -> None:
    assert Lawbook.standing(territory=life.office.district, on=date(2026, 3, 1)).switch("opening_permit_days") == 365


def test_a_permit_that_a_correction_filled_again_lapses_again(life: Life) -> None:
    life.office.tick(days=400)
    due.run(at=life.office.now)
    lapsed = Posting.objects.filter(kind="EXPIRE").first()
    life.office.enter("correct_posting", "zhuren", posting=str(lapsed.uuid), paper="更正单", reason="登记有误")
    assert Account.objects.get(key=lapsed.movements.get().source.key).balance == 3
    life.office.tick(days=1)
    assert due.run(at=life.office.now) == (1, 0)


def test_the_audit_names_posts_without_a_permit_and_permits_without_posts(books: Books) -> None:
    case = books.case(*MIXED)
    books.decide(case)
    books.issue(case)
    assert list(audit_permits.committed()) == []
    permit = Permit.objects.get(n=1)
    Permit.objects.filter(n=5).update(n=4)
    Permit.objects.filter(pk=permit.pk).delete()
    said = "\n".join(audit_permits.committed())
    assert "没有相应的用编核准单" in said and "核准4名，台账核入5名" in said


def test_the_audit_names_posts_that_are_held_for_nobody(books: Books) -> None:
    case = books.case(*MIXED)
    books.decide(case)
    Proposal.objects.filter(pk=case.pk).update(state="MINUTES_SIGNED", head_seq=1, head_hash="0" * 64)
    assert list(audit_permits.held()) == []
    Proposal.objects.filter(pk=case.pk).update(state="REJECTED")
    assert len(list(audit_permits.held())) == Account.objects.filter(compartment=Compartment.HELD).count()
    Proposal.objects.filter(pk=case.pk).delete()
    assert "没有相应的事项" in "\n".join(audit_permits.held())
