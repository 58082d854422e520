"""A counted problem is settled in parts, by cases and by what was found; the rest stays open under its number."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from docs_templates import archive
from proposals.models import ProblemItem, ProblemPart
from tests.ledger.books import DEPUTY, Books
from tests.stories.life import Life
from workflows.attempt import Refused
from workflows.audit import permits, side_registers

CHECKED = {"number": "2026-1-01", "batch": "第一批", "topic": "OVER_POSTS", "problem": "超配3名", "unit": DEPUTY}


@pytest.fixture
def counted(books: Books) -> Books:
    books.beside()
    ProblemItem.objects.filter(uuid=books.rows["problem"]).update(excess=3)
    return books


def part(n: int) -> dict:
    return {"op": "RECTIFY", "params": {"row": "problem", "way": "GRANTED", "measure": "市级核增", "part": n}}


WHOLE = {"op": "RECTIFY", "params": {"row": "problem", "way": "MOVED", "measure": "转任"}}


def done(books: Books, *lines: dict) -> None:
    case = books.case(*lines)
    books.decide(case)
    books.issue(case)


def said(books: Books, *lines: dict) -> str:
    return " ".join(short.message for short in books.plan(books.case(*lines)).shortfalls)


def test_a_part_is_settled_and_the_rest_stays_open_under_its_number(counted: Books) -> None:
    (change,) = counted.plan(counted.case(part(2))).lines[0].rows
    assert (change.before, change.after) == ("未销号3名", "销号2名（增编（增核职数）），尚余1名")
    done(counted, part(2))
    problem = ProblemItem.objects.get(uuid=counted.rows["problem"])
    assert (problem.closed_on, problem.settled, problem.left(on=counted.on)) == (None, 2, 1)
    assert problem.left(on=counted.on - timedelta(days=1)) == 3
    settled = ProblemPart.objects.get()
    assert (settled.n, settled.way, settled.paper) == (2, "GRANTED", "海编发〔2026〕1号")
    assert "本次全部销号的，不填本次销号数" in said(counted, part(1))
    done(counted, WHOLE)
    problem.refresh_from_db()
    assert problem.closed_on == counted.on


@pytest.mark.parametrize(
    ("lines", "told"),
    [([part(4)], "还有3名未销号，本次填写4名"), ([part(2), part(2)], "还有1名未销号，本次填写2名"),
     ([WHOLE, part(1)], "现为「未销号」，不能办理本项")],
)  # fmt: skip
def test_no_more_is_settled_than_is_open(counted: Books, lines: list, told: str) -> None:
    assert told in said(counted, *lines)


def test_the_database_keeps_a_rest_of_what_is_settled_in_parts(counted: Books) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemItem.objects.filter(uuid=counted.rows["problem"]).update(settled=3)


def test_the_audit_counts_the_parts(counted: Books) -> None:
    done(counted, part(2))
    assert list(permits.parts()) == []
    ProblemPart.objects.all().delete()
    assert "记已分次销号2名，各次合计0名" in "\n".join(permits.parts())


@pytest.fixture
def life(db) -> Life:
    life = Life()
    bodies = [{"code": "Z1", "name": "甲中心", "posts": {DEPUTY: (2, 5)}}]
    problem = {**CHECKED, "body": "Z1", "excess": 3}
    life.enter_opening(bodies, {DEPUTY: 4}, [problem])
    return life


def close(life: Life, **facts: object) -> None:
    proof = archive.store_bytes(data=uuid.uuid4().bytes, media_type="application/pdf", at=life.office.now).sha256
    row = str(ProblemItem.objects.get().uuid)
    life.office.enter("close_problem", "zhuren", row=row, way="MOVED", measure="转任", evidence=(proof,), **facts)


def test_what_settles_by_itself_is_entered_in_parts_as_far_as_the_ledger_agrees(life: Life) -> None:
    body = str(life.named("甲中心").uuid)
    with pytest.raises(Refused, match="仍超3名，其余未销号问题只说明2名"):
        close(life, count=1)
    life.office.enter("leave", "bianban1", body=body, unit=DEPUTY, count=1, cause="MOVED", paper="任免通知")
    close(life, count=1)
    with pytest.raises(Refused, match="还有2名未销号，少于本次销号的3名"):
        close(life, count=3)
    life.office.enter("leave", "bianban1", body=body, unit=DEPUTY, count=2, cause="MOVED", paper="任免通知")
    close(life, count=2)
    problem = ProblemItem.objects.get()
    assert (problem.settled, problem.closed_on) == (1, life.office.now.date())
    assert list(side_registers.side_rows()) == list(permits.parts()) == []
    ProblemPart.objects.update(n=2)
    assert "销号数现为2，记录为1" in "\n".join(side_registers.side_rows())
    assert date(2026, 3, 10) <= problem.closed_on
