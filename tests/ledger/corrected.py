"""The only place that tells the corrections of founding papers, scene by scene; CHILD tells all in one process."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from proposals.effect import carrying_out, founding_papers, reservations
from proposals.ledger import headcount
from proposals.models import Body, BodyVersion, Posting, Proposal, Register
from proposals.procedure.act import Actor
from proposals.register import body_view
from proposals.register import tree as register_view
from tests.ledger.books import FULL, Books, found
from workflows.attempt import Ref, Refused
from workflows.perform import perform

CHILD = "import django; django.setup(); from tests.ledger import corrected; corrected.main()"


def opened() -> Books:
    """Open a register whose director may correct what stands in it."""
    with transaction.atomic():
        books = found()
        Register.objects.create(territory=books.territory)
        books.person.appointments.create(duty="OFFICE_DIRECTOR", path=books.territory.path, since=date(2020, 1, 1))
    return books


def issued(
    books: Books, *lines: Mapping[str, Any], paper: str = "海编发〔2026〕1号", days: int = 1, ahead: int = 0
) -> Proposal:
    """Decide a case and issue its founding paper some days later, with effect so many days ahead."""
    with transaction.atomic():
        case = books.case(*lines)
        books.decide(case)
        books.on += timedelta(days=days)
        entry = books.entry(case.uuid)
        entry.subject_kind, entry.step, entry.seq, entry.key = "case", "issue_downward", 1, uuid.uuid4()
        entry.actor, entry.body, entry.prev_hash, entry.request_digest = books.person, "{}", "0" * 64, ""
        entry.hash = uuid.uuid4().hex * 2
        entry.save(force_insert=True)
        carrying_out.apply(case=case, entry=entry, paper=paper, effective_on=books.on + timedelta(days=ahead))
    return case


def correct(books: Books, case: Proposal, *, days: int = 1) -> date:
    """Correct what the founding paper of a case made, some days later; return the day."""
    posting = Posting.objects.filter(subject=case.uuid, kind="POST").first()
    books.on += timedelta(days=days)
    perform(
        subject=Ref("register", Register.objects.get(territory=books.territory).uuid),
        step="correct_posting",
        actor=Actor.of(books.person),
        at=books.entry().at,
        key=uuid.uuid4(),
        seen=None,
        facts={
            "paper": "海编发〔2026〕更1号",
            "posting": str(posting.uuid if posting else case.uuid),
            "reason": "文件有误",
        },
    )
    return books.on


def refused(books: Books, case: Proposal) -> str:
    """Try to correct and return why it was refused."""
    try:
        correct(books, case)
    except Refused as refusal:
        return str(refusal)
    raise AssertionError("the correction went through")


def tree(books: Books, on: date) -> list[str]:
    """Return the tree of a day: every body below its superior."""
    rows = register_view.tree(territory=books.territory, as_of=on)
    return [f"{row.parent}/{row.version.name}" if row.parent else row.version.name for row in rows]


def named(name: str) -> Body:
    """Return the body that bears a name today."""
    return BodyVersion.objects.filter(name=name).latest("valid_from", "id").body


BEFORE = ["甲中心", "乙中心", "丙街道", "丁局", "丁局/丁局办公室"]
RENAME = {"op": "RENAME", "body": "甲中心", "params": {"name": "甲服务中心", "short_name": "甲服"}}
CREATE = {"op": "CREATE", "counterpart": "丁局", "params": {"name": "新局", "category": "GOVERNMENT_ORGAN"}}


def a_name_returns_from_the_day_of_the_correction(books: Books) -> None:
    case = issued(books, RENAME, {"op": "QUOTA_ADD", "body": "甲中心", "unit": FULL, "n": 2})
    issued_on = books.on
    on = correct(books, case, days=10)
    assert tree(books, issued_on - timedelta(days=1)) == BEFORE
    assert tree(books, on - timedelta(days=1)) == ["甲服务中心", *BEFORE[1:]], "what stood is not rewritten"
    assert tree(books, on) == BEFORE
    first, made, again = books.bodies["甲中心"].versions.all()
    assert (first.valid_to, made.valid_from, made.valid_to, again.valid_from) == (issued_on, issued_on, on, on)
    assert (again.name, again.short_name, again.paper) == ("甲中心", "", "海编发〔2026〕更1号")
    assert again.entry_hash == Posting.objects.get(kind="REVERSAL", territory=books.territory).entry_hash
    assert books.balance("甲中心", FULL) == 2


def a_name_alone_is_corrected_by_its_case_and_once(books: Books) -> None:
    case = issued(books, RENAME)
    assert not Posting.objects.filter(subject=case.uuid, kind="POST").exists()
    (paper,) = founding_papers.offered(territory=books.territory)
    assert (paper.case, paper.paper, paper.on) == (case.uuid, "海编发〔2026〕1号", books.on)
    on = correct(books, case)
    assert tree(books, on - timedelta(days=1))[0] == "甲服务中心" and tree(books, on) == BEFORE
    assert founding_papers.offered(territory=books.territory) == []
    assert "《海编发〔2026〕1号》对甲服务中心的变动已经更正过。" in refused(books, case)
    again = issued(books, RENAME, paper="海编发〔2026〕2号")
    issued(books, {"op": "RERANK", "body": "甲中心", "rank": 20}, paper="海编发〔2026〕3号")
    assert [one.paper for one in founding_papers.offered(territory=books.territory)] == [
        "海编发〔2026〕3号",
        "海编发〔2026〕2号",
    ]
    assert "已经更正过" in refused(books, case), "a later name of the same words is another paper's"
    assert "《海编发〔2026〕3号》" in refused(books, again)


def a_body_that_was_opened_closes(books: Books) -> None:
    case = issued(books, CREATE)
    body = named("新局")
    on = correct(books, case, days=5)
    assert "丁局/新局" in tree(books, on - timedelta(days=1)) and tree(books, on) == BEFORE
    body.refresh_from_db()
    assert body.closed_on == on and body.version(on=on) is None
    assert not body.accounts.exclude(balance=0).exists()


def a_body_that_was_abolished_stands_again_as_the_same(books: Books) -> None:
    body = books.bodies["甲中心"]
    case = issued(books, {"op": "ABOLISH", "body": "甲中心", "counterpart": "乙中心"})
    abolished = books.on
    on = correct(books, case, days=7)
    assert tree(books, abolished - timedelta(days=1)) == BEFORE
    assert "甲中心" not in tree(books, abolished) and "甲中心" not in tree(books, on - timedelta(days=1))
    assert tree(books, on) == BEFORE
    body.refresh_from_db()
    assert body.closed_on is None and body.version(on=on).change == "REOPENED"
    assert (books.balance("甲中心", FULL), books.balance("甲中心", FULL, "OCCUPIED")) == (2, 28)
    (kin,) = body_view.kin(body=body, as_of=on)
    assert (kin.row.how, kin.name, kin.corrected_by) == ("REPLACED", "乙中心", "海编发〔2026〕更1号")
    (kin,) = body_view.kin(body=body, as_of=on - timedelta(days=1))
    assert kin.corrected_by == ""


def a_merger_is_taken_back_with_what_belonged_to_the_body(books: Books) -> None:
    case = issued(books, {"op": "MERGE", "body": "丁局", "counterpart": "甲中心"})
    assert tree(books, books.on) == ["甲中心", "甲中心/丁局办公室", "乙中心", "丙街道"]
    assert books.bodies["甲中心"].version(on=books.on).duties == ["甲中心职责", "丁局职责"]
    on = correct(books, case, days=3)
    assert tree(books, on - timedelta(days=1)) == ["甲中心", "甲中心/丁局办公室", "乙中心", "丙街道"]
    assert tree(books, on) == BEFORE
    assert books.bodies["甲中心"].version(on=on).duties == ["甲中心职责"]
    assert [kin.corrected_by for kin in body_view.kin(body=books.bodies["甲中心"], as_of=on)] == ["海编发〔2026〕更1号"]


def a_split_is_taken_back(books: Books) -> None:
    case = issued(books, {"op": "SPLIT", "body": "甲中心", "params": {"name": "甲二中心"}})
    on = correct(books, case)
    assert "甲二中心" in tree(books, on - timedelta(days=1)) and tree(books, on) == BEFORE
    (kin,) = body_view.kin(body=books.bodies["甲中心"], as_of=on)
    assert (kin.way, kin.name, kin.corrected_by) == ("去向", "甲二中心", "海编发〔2026〕更1号")


def what_changed_since_is_corrected_first(books: Books) -> None:
    case = issued(books, RENAME)
    later = issued(books, {"op": "RERANK", "body": "甲中心", "rank": 20}, paper="海编发〔2026〕9号")
    told = f"甲服务中心在{books.on}又由《海编发〔2026〕9号》变动，请先更正该文件，再更正《海编发〔2026〕1号》"
    assert told in refused(books, case)
    correct(books, later)
    assert books.bodies["甲中心"].version(on=books.on).name == "甲服务中心"
    on = correct(books, case)
    assert tree(books, on) == BEFORE
    assert books.bodies["甲中心"].version(on=on).rank == 30


def what_was_closed_since_is_corrected_first(books: Books) -> None:
    case = issued(books, RENAME)
    closing = issued(books, {"op": "ABOLISH", "body": "甲中心", "counterpart": "乙中心"}, paper="海编发〔2026〕8号")
    assert f"甲服务中心已于{books.on}撤销（依据：海编发〔2026〕8号），请先更正该文件" in refused(books, case)
    correct(books, closing)
    assert tree(books, correct(books, case)) == BEFORE


def nothing_newer_is_left_without_its_body(books: Books) -> None:
    case = issued(books, CREATE)
    below = {"op": "CREATE_INNER", "body": named("新局"), "rank": 10, "params": {"name": "新局综合股"}}
    inner = issued(books, below, paper="海编发〔2026〕7号")
    assert "新局所属机构新局综合股尚未撤销或调整隶属关系，请先办理，再办理更正。" in refused(books, case)
    correct(books, inner)
    given = issued(books, {"op": "QUOTA_ADD", "body": named("新局"), "unit": FULL, "n": 1}, paper="海编发〔2026〕6号")
    assert "新局现有《海编发〔2026〕1号》以外形成的编制、人员或占用" in refused(books, case)
    correct(books, given)
    assert tree(books, correct(books, case)) == BEFORE


def what_the_ledger_refuses_takes_nothing_back_by_half(books: Books) -> None:
    posts = {"op": "QUOTA_ADD", "params": {}, "unit": FULL, "n": 3}
    with transaction.atomic():
        body = books.body("戊中心")
    case = issued(books, {**posts, "body": body}, RENAME)
    with transaction.atomic():
        use = books.case({"op": "USE", "body": body, "unit": FULL, "n": 2})
        books.decide(use)
        (permit,) = reservations.approve_use(
            case=use, entry=books.entry(use.uuid), expires_on=books.on + timedelta(days=90)
        )
        headcount.enrol(
            territory_id=books.territory.pk, body=body, unit=FULL, n=2, entry=books.entry(), permit=permit, paper="入编"
        )
    assert "可用数额不足" in refused(books, case)
    assert books.bodies["甲中心"].version(on=books.on).name == "甲服务中心", "nothing is taken back by half"


def people_who_came_to_a_new_body_keep_it_open(books: Books) -> None:
    body = uuid.uuid4()
    posts = {"op": "QUOTA_ADD", "unit": FULL, "n": 3, "params": {"new_body": str(body)}}
    case = issued(books, {"uuid": body, **CREATE}, posts)
    with transaction.atomic():
        use = books.case({"op": "USE", "body": named("新局"), "unit": FULL, "n": 2})
        books.decide(use)
        reservations.approve_use(case=use, entry=books.entry(use.uuid), expires_on=books.on + timedelta(days=90))
    assert "新局现有《海编发〔2026〕1号》以外形成的编制、人员或占用，请先调出、减员或释放" in refused(books, case)
    correct(books, use)
    assert tree(books, correct(books, case)) == BEFORE
    assert not Body.objects.get(uuid=body).accounts.exclude(balance=0).exists()


def what_is_corrected_on_its_own_day_stood_for_no_day(books: Books) -> None:
    case = issued(books, RENAME, {"op": "ABOLISH_INNER", "body": "丁局办公室"})
    assert correct(books, case, days=0) == books.on
    assert tree(books, books.on - timedelta(days=1)) == tree(books, books.on) == BEFORE


def what_is_to_take_effect_later_is_corrected_from_that_day(books: Books) -> None:
    name = issued(books, RENAME)
    rank = issued(books, {"op": "RERANK", "body": "甲中心", "rank": 20}, paper="海编发〔2026〕3号", ahead=30)
    from_day = books.on + timedelta(days=30)
    correct(books, rank)
    body = books.bodies["甲中心"]
    assert [body.version(on=on).rank for on in (books.on, from_day)] == [30, 30]
    assert f"甲服务中心自{from_day}起已有变动登记，请在该日以后办理更正。" in refused(books, name)
    assert tree(books, correct(books, name, days=60)) == BEFORE


def a_name_that_somebody_else_bears_by_now_is_not_given_twice(books: Books) -> None:
    case = issued(books, RENAME)
    issued(books, {"op": "RENAME", "body": "乙中心", "params": {"name": "甲中心"}}, paper="海编发〔2026〕5号")
    assert "名称「甲中心」现由另一机构使用，请先办理该机构更名，再办理更正。" in refused(books, case)


def a_superior_that_is_gone_takes_nobody_back(books: Books) -> None:
    case = issued(books, {"op": "REAFFILIATE", "body": "丁局办公室", "counterpart": "丙街道"})
    issued(books, {"op": "MERGE", "body": "丁局", "counterpart": "甲中心"}, paper="海编发〔2026〕4号")
    assert "丁局办公室原来的隶属机构已经撤销，请先更正撤销该机构的文件" in refused(books, case)


SCENES: tuple[Callable[[Books], None], ...] = (
    a_name_returns_from_the_day_of_the_correction,
    a_name_alone_is_corrected_by_its_case_and_once,
    a_body_that_was_opened_closes,
    a_body_that_was_abolished_stands_again_as_the_same,
    a_merger_is_taken_back_with_what_belonged_to_the_body,
    a_split_is_taken_back,
    what_changed_since_is_corrected_first,
    what_was_closed_since_is_corrected_first,
    nothing_newer_is_left_without_its_body,
    what_the_ledger_refuses_takes_nothing_back_by_half,
    people_who_came_to_a_new_body_keep_it_open,
    what_is_corrected_on_its_own_day_stood_for_no_day,
    what_is_to_take_effect_later_is_corrected_from_that_day,
    a_name_that_somebody_else_bears_by_now_is_not_given_twice,
    a_superior_that_is_gone_takes_nobody_back,
)


def main() -> None:
    """Tell every scene on the database of the environment, each in a district of its own."""
    for scene in SCENES:
        scene(opened())
    print(f"{len(SCENES)} scenes")
